import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { loadExecutors } from '../../../src/activities/executors/load.ts';

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-load-'));
const source = resolve('src/activities/executors/index.ts');

function moduleOf(name: string, text: string): string {
  const path = join(folder, `${name}.cjs`);
  writeFileSync(path, text);
  return path;
}
const fake = (name: string) =>
  `{ [Symbol.for('gatehouse.executor')]: true, name: '${name}', actions: ['a'], targets: ['*'] }`;

describe('loading executors from a module', () => {
  test('the default export is the list', async () => {
    const path = join(folder, 'good.ts');
    writeFileSync(
      path,
      `import { z } from '${resolve('node_modules/zod')}'; import { defineExecutor } from '${source}';
       export default [defineExecutor({ name: 'one', actions: 'a', input: z.any(), timeoutSeconds: 1, run: async () => null })];`,
    );
    expect((await loadExecutors(path)).map(({ name }) => name)).toEqual(['one']);
  });

  test.each([
    ['a missing file', join(folder, 'nowhere.mjs'), 'there is no such file'],
    ['a folder', folder, 'there is no such file'],
    ['a module that throws', moduleOf('throws', 'throw new Error("boom")'), 'the module does not load: boom'],
    [
      'another export',
      moduleOf('other', 'module.exports = { a: 1 }'),
      'the default export must be an array of executors',
    ],
    [
      'a stranger in the list',
      moduleOf('stranger', 'module.exports = [{ name: "x" }]'),
      '[0]: make it with defineExecutor',
    ],
    [
      'an ambiguity',
      moduleOf('twice', `module.exports = [${fake('a')}, ${fake('b')}]`),
      '"a" and "b" would both run a',
    ],
  ])('%s is refused with the path', async (_, path, says) => {
    const failure: unknown = await loadExecutors(path).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'ExecutorDefinitionError' });
    expect((failure as Error).message).toContain(says);
    expect((failure as Error).message).toContain(path);
  });
});
