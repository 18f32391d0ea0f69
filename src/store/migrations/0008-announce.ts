import { sql, type Kysely, type Migration } from 'kysely';
import type { SerialType } from './index.ts';

/**
 * PostgreSQL tells every process that listens of a change to an action, as part of the change's own commit. SQLite has
 * nothing of the kind: its processes share a machine, and look.
 */
export function announce(serial: SerialType): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      if (serial !== 'bigserial') return;
      await sql`
        create function announce_action() returns trigger language plpgsql as
        $$ begin perform pg_notify('gatehouse_actions', new.id); return null; end $$
      `.execute(db);
      await sql`
        create trigger actions_announce after update of version on actions
        for each row execute function announce_action()
      `.execute(db);
    },
  };
}
