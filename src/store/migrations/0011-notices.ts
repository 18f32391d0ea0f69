import type { Migration } from 'kysely';

/** To be filled by its owner. */
export function notices(): Migration {
  return { up: () => Promise.resolve() };
}
