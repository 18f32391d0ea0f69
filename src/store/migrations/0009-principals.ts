import { sql, type Kysely, type Migration } from 'kysely';

/** Who holds the keys, and keys that end, are narrowed and follow one another. */
export function principals(): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable('principals')
        .addColumn('name', 'text', (c) => c.primaryKey())
        .addColumn('kind', 'text', (c) => c.notNull())
        .addColumn('owner', 'text')
        .addColumn('team', 'text')
        .addColumn('tags_json', 'text')
        .addColumn('environment', 'text')
        .addColumn('parent', 'text')
        .addColumn('created_at', 'bigint', (c) => c.notNull())
        .addColumn('disabled_at', 'bigint')
        .execute();
      await db.schema.createIndex('principals_by_parent').on('principals').columns(['parent']).execute();
      for (const name of ['expires_at', 'last_used_at'] as const) {
        await db.schema.alterTable('keys').addColumn(name, 'bigint').execute();
      }
      for (const name of ['scopes_json', 'made_by', 'replaced_by'] as const) {
        await db.schema.alterTable('keys').addColumn(name, 'text').execute();
      }
      // A name that held keys of both kinds is an agent's: whoever is one must not pass for a person.
      await sql`
        insert into principals (name, kind, created_at)
        select principal, case when min(case when role = 'agent' then 0 else 1 end) = 0 then 'agent' else 'person' end,
               min(created_at)
        from keys group by principal
      `.execute(db);
    },
  };
}
