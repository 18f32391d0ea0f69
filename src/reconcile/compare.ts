import { isFinal } from '@gatehouse/sdk/contract';
import type { ActionRow } from '../store/actions.ts';
import type { Store } from '../store/open.ts';
import type { DifferenceKind } from './difference.ts';
import type { WorkflowSeen } from './workflows.ts';

/** What of an action on record is compared. */
export type RecordSeen = Pick<
  ActionRow,
  'id' | 'status' | 'digest' | 'mode' | 'requested_at' | 'settled_at' | 'claim_id'
>;

const COMPARED = ['id', 'status', 'digest', 'mode', 'requested_at', 'settled_at', 'claim_id'] as const;

/** What the record has of these actions, by id. */
export async function seeRecord(store: Store, ids: readonly string[]): Promise<Map<string, RecordSeen>> {
  if (ids.length === 0) return new Map();
  const rows = await store.db.selectFrom('actions').select(COMPARED).where('id', 'in', ids).execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** In which way the two sides of one action differ, as far as they can be seen from outside, or null. */
export function compare(workflow: WorkflowSeen, row: RecordSeen | undefined): DifferenceKind | null {
  if (row === undefined) return 'not_recorded';
  if (workflow.digest !== null && workflow.digest !== row.digest) return 'other_digest';
  const settled = isFinal(row.status);
  if (workflow.state === 'open') return settled ? 'not_told' : null;
  if (!settled) return workflow.state === 'completed' ? 'behind' : 'broken_off';
  if (workflow.state === 'completed' && workflow.status !== row.status) return 'contradiction';
  return null;
}

/** When something of the action moved last, as far as either side tells, in milliseconds since the epoch. */
export function lastMoved(workflow: WorkflowSeen | null, row: RecordSeen | undefined): number {
  const moments = [workflow?.startedAt, workflow?.closedAt, row?.requested_at, row?.settled_at];
  return Math.max(...moments.map((moment) => moment ?? 0));
}
