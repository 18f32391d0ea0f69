import type { Migration } from 'kysely';

/** To be filled by its owner. */
export function principals(): Migration {
  return { up: () => Promise.resolve() };
}
