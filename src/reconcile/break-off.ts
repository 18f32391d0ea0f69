import { isFinal } from '@gatehouse/sdk/contract';
import { moveAction, readAction } from '../store/actions.ts';
import type { Store } from '../store/open.ts';
import { claimIn } from './claims.ts';
import type { HistoryFacts } from './history.ts';
import type { Repair } from './write-rebuilt.ts';

const OPEN = ['held', 'scheduled', 'permitted', 'claimed'] as const;

/**
 * Ends an action on record whose workflow was ended from outside: nobody settles it any more. Where neither side knows of
 * a claim nothing ran, and it is cancelled; else whether the effect happened is not known. Returns what it is then, or
 * null where it was settled meanwhile or is not on record.
 */
export async function settleBrokenOff(
  store: Store,
  facts: HistoryFacts,
  { kind, runId, actor, at }: Repair,
): Promise<'cancelled' | 'unknown' | null> {
  const { end, request } = facts;
  const row = await readAction(store, request.actionId);
  if (end?.how !== 'broken_off' || row === undefined || isFinal(row.status)) return null;
  const status = row.status === 'claimed' || claimIn(facts) !== null ? 'unknown' : 'cancelled';
  const by = end.by === '' ? '' : ` by ${end.by}`;
  const reason = `Its workflow was ${end.word}${by}${end.reason === '' ? '' : `: ${end.reason}`}`;
  const moved = await moveAction(store, {
    actionId: row.id,
    from: OPEN,
    set: { status, settled_at: end.at, settle_reason: reason },
    ...(row.approval_id === null
      ? {}
      : {
          resolves: {
            approvalId: row.approval_id,
            set: { status: 'cancelled', resolved_at: end.at, comment: reason, answerers: '' },
          },
        }),
    events: [
      { kind: status, key: 'end', actor: 'workflow', at: end.at, data: { reason } },
      {
        kind: 'repaired',
        key: `repaired:${kind}`,
        actor,
        at,
        data: {
          what: kind,
          from: 'the history in Temporal',
          runId,
          before: row.status,
          after: status,
          event: end.eventId,
        },
      },
    ],
  });
  return moved ? status : null;
}
