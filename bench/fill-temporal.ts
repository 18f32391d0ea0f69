import { Client } from '@temporalio/client';
import type { Store } from '../src/store/open.ts';
import type { TemporalLink } from '../src/temporal/connect.ts';

/** So many starts are under way at once. */
const AT_ONCE = 24;

/**
 * Starts a bare workflow for each open action on record, on a queue that nobody works on: what Temporal still has of a
 * record whose settled actions are older than its retention. Returns how many.
 */
export async function startOpenActions(store: Store, link: TemporalLink, taskQueue: string): Promise<number> {
  const client = new Client({ connection: link.connection, namespace: link.namespace });
  const open = await store.db.selectFrom('actions').select(['id', 'digest']).where('settled_at', 'is', null).execute();
  let next = 0;
  const starter = async (): Promise<void> => {
    for (let row = open[next++]; row !== undefined; row = open[next++]) {
      const { id: workflowId, digest } = row;
      await client.workflow.start('guardedAction', { workflowId, taskQueue, args: [], memo: { digest } });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, starter));
  return open.length;
}
