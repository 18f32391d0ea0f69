import { pathToFileURL } from 'node:url';
import { join } from 'node:path';

/** What the tests of a parser export: hostile texts, the same at every run of one seed. */
export type Hostile = (seed: number) => Iterable<string>;

/** The generator that the tests of a parser of code export, e.g. `hostileSql` of `test/classify/sql/hostile.ts`. */
export async function loadHostile(folder: string, name: string): Promise<Hostile> {
  const path = join(import.meta.dirname, '../../test/classify', folder, 'hostile.ts');
  const exported = ((await import(pathToFileURL(path).href)) as Record<string, unknown>)[name];
  if (typeof exported !== 'function') throw new Error(`${path} exports no function ${name}`);
  return exported as Hostile;
}
