import { sql, type Kysely } from 'kysely';

/**
 * The two changes that an entry of the record may see: it is sealed once, and its data may be erased with its salt. The
 * database refuses every other. That stops mistakes; whoever owns the tables can take the triggers away, and is found by
 * the chain instead.
 */
const SAME = ['seq', 'action_id', 'key', 'kind', 'actor', 'at'].map((column) => `new.${column} = old.${column}`);
const SAME_SEAL = ['place', 'data_digest', 'hash'].map((column) => `new.${column} = old.${column}`);
const IS_SEALING = [...SAME, 'old.place is null', 'new.data_json = old.data_json'].join(' and ');
const IS_ERASING = [...SAME, ...SAME_SEAL, 'old.salt is not null', 'new.salt is null'].join(' and ');
const REFUSAL = 'Entries of the record are never changed and sealed ones never removed: see docs/audit.md';

/** Names of the triggers, for whoever has to look for them. */
export const KEEPERS = ['events_unchanged', 'events_kept'] as const;

/** Has SQLite refuse what would change the record. */
export async function keepSqliteRecord(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `create trigger events_unchanged before update on events
       when not ((${IS_SEALING}) or coalesce(${IS_ERASING}, 0))
       begin select raise(abort, '${REFUSAL}'); end`,
    )
    .execute(db);
  await sql
    .raw(
      `create trigger events_kept before delete on events when old.place is not null
       begin select raise(abort, '${REFUSAL}'); end`,
    )
    .execute(db);
}

/** The same for PostgreSQL, which refuses to truncate the table as well. */
export async function keepPostgresRecord(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `create function refuse_change_of_record() returns trigger language plpgsql as
       $$ begin raise exception '${REFUSAL}' using errcode = 'restrict_violation'; end $$`,
    )
    .execute(db);
  await sql
    .raw(
      `create trigger events_unchanged before update on events for each row
       when (not ((${IS_SEALING}) or coalesce(${IS_ERASING}, false))) execute function refuse_change_of_record()`,
    )
    .execute(db);
  await sql
    .raw(
      `create trigger events_kept before delete on events for each row
       when (old.place is not null) execute function refuse_change_of_record()`,
    )
    .execute(db);
  await sql
    .raw(
      `create trigger events_not_truncated before truncate on events
       for each statement execute function refuse_change_of_record()`,
    )
    .execute(db);
}
