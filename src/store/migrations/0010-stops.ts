import type { Migration } from 'kysely';

/** To be filled by its owner. */
export function stops(): Migration {
  return { up: () => Promise.resolve() };
}
