import type { Kysely } from 'kysely';
import { CompiledQuery } from 'kysely';
import type { Store } from '../../../src/store/open.ts';
import type { Tables } from '../../../src/store/schema.ts';

/** How SQLite runs the one query that the work sends. */
export async function planOf(store: Store, work: (store: Store) => Promise<unknown>): Promise<string> {
  const compiled = new Map<object, CompiledQuery>();
  const sent: CompiledQuery[] = [];
  const db: Kysely<Tables> = store.db.withPlugin({
    transformQuery: ({ node, queryId }) => {
      compiled.set(queryId, store.db.getExecutor().compileQuery(node, queryId));
      return node;
    },
    // A query within another is compiled too, and is not sent.
    transformResult: ({ result, queryId }) => {
      const query = compiled.get(queryId);
      if (query !== undefined) sent.push(query);
      return Promise.resolve(result);
    },
  });
  await work({ ...store, db });
  const [query, ...more] = sent;
  if (query === undefined || more.length > 0) throw new Error('Exactly one query was expected');
  const explain = CompiledQuery.raw(`explain query plan ${query.sql}`, [...query.parameters]);
  const { rows } = await store.db.executeQuery<{ detail: string }>(explain);
  return rows.map(({ detail }) => detail).join('; ');
}
