import type { Kysely, Migration } from 'kysely';

/** Who signs in by a provider, sign-ins that are under way, sessions that know how they began, and verdict keys that end. */
export function people(): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable('people')
        .addColumn('name', 'text', (c) => c.primaryKey())
        .addColumn('issuer', 'text', (c) => c.notNull())
        .addColumn('subject', 'text', (c) => c.notNull())
        .addColumn('created_at', 'bigint', (c) => c.notNull())
        .addUniqueConstraint('people_by_subject', ['issuer', 'subject'])
        .execute();

      await db.schema
        .createTable('sign_ins')
        .addColumn('id', 'text', (c) => c.primaryKey())
        .addColumn('data_json', 'text', (c) => c.notNull())
        .addColumn('expires_at', 'bigint', (c) => c.notNull())
        .execute();
      await db.schema.createIndex('sign_ins_by_expiry').on('sign_ins').column('expires_at').execute();

      // Not every session is of a key any more. Whoever is signed in meanwhile signs in once more.
      await db.schema.dropTable('sessions').execute();
      await db.schema
        .createTable('sessions')
        .addColumn('id', 'text', (c) => c.primaryKey())
        .addColumn('kind', 'text', (c) => c.notNull())
        .addColumn('via', 'text', (c) => c.notNull())
        .addColumn('key_id', 'text', (c) => c.references('keys.id'))
        .addColumn('person', 'text')
        .addColumn('groups_json', 'text')
        .addColumn('id_token', 'text')
        .addColumn('draft_json', 'text')
        .addColumn('authenticated_at', 'bigint', (c) => c.notNull())
        .addColumn('created_at', 'bigint', (c) => c.notNull())
        .addColumn('seen_at', 'bigint', (c) => c.notNull())
        .addColumn('expires_at', 'bigint', (c) => c.notNull())
        .addColumn('ended_at', 'bigint')
        .execute();
      await db.schema.createIndex('sessions_by_expiry').on('sessions').column('expires_at').execute();

      await db.schema.alterTable('verdict_keys').addColumn('revoked_at', 'bigint').execute();
    },
  };
}
