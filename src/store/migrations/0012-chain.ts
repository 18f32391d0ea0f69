import type { Migration } from 'kysely';

/** To be filled by its owner. */
export function chain(): Migration {
  return { up: () => Promise.resolve() };
}
