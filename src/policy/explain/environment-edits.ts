import type { Edit, Place } from './asked.ts';
import { editAction, editArgument, partOf } from './asked.ts';

const ENVIRONMENTS = ['staging', 'development', 'production'] as const;
/** The words by which names say where they are. */
const WORDS = /production|prod|prd|live|staging|stage|development|dev|test|sandbox/i;
const KEYS: ReadonlySet<string> = new Set(['env', 'environment', 'stage', 'tier']);

/** The same target in each of the other environments: its word for one exchanged, or one put before it. */
export function targetEdits(target: string): Edit[] {
  return ENVIRONMENTS.flatMap((environment) => {
    const other = WORDS.test(target) ? target.replace(WORDS, environment) : `${environment}_${target}`;
    return other === target ? [] : [editAction('target', { target: other }, `target ${other}`, other)];
  });
}

/** An argument that names an environment, with each of the others. */
export function environmentEdits(place: Place, value: string): Edit[] {
  if (!KEYS.has(String(place.at(-1)).toLowerCase())) return [];
  return ENVIRONMENTS.filter((each) => each !== value.toLowerCase()).map((each) =>
    editArgument(place, each, `${partOf(place)} ${each}`),
  );
}
