import type { Migration } from 'kysely';

/** To be filled by its owner. */
export function operations(): Migration {
  return { up: () => Promise.resolve() };
}
