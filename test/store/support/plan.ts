import type { Kysely } from 'kysely';
import { CompiledQuery } from 'kysely';
import type { Store } from '../../../src/store/open.ts';
import type { Tables } from '../../../src/store/schema.ts';

/** How SQLite runs the one query that the work sends. */
export async function planOf(store: Store, work: (store: Store) => Promise<unknown>): Promise<string> {
  const sent: CompiledQuery[] = [];
  const db: Kysely<Tables> = store.db.withPlugin({
    transformQuery: ({ node, queryId }) => {
      const compiled = store.db.getExecutor().compileQuery(node, queryId);
      sent.push(compiled);
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  });
  await work({ ...store, db });
  const [query, ...more] = sent;
  if (query === undefined || more.length > 0) throw new Error('Exactly one query was expected');
  const explain = CompiledQuery.raw(`explain query plan ${query.sql}`, [...query.parameters]);
  const { rows } = await store.db.executeQuery<{ detail: string }>(explain);
  return rows.map(({ detail }) => detail).join('; ');
}
