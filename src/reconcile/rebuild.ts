import { isFinal, type ActionStatus } from '@gatehouse/sdk/contract';
import type { NewEvent } from '../audit/events.ts';
import { executorOf } from '../decide/executor-claim.ts';
import { eventsOf, rowOf, type DecideInput } from '../decide/decide.ts';
import { editedColumns } from '../decide/edited.ts';
import type { ActionRow, ApprovalRow } from '../store/actions.ts';
import type { Store } from '../store/open.ts';
import type { OutcomeInput, ReviewInput, Standing } from '../workflows/messages.ts';
import { claimIn, type ClaimSeen } from './claims.ts';
import type { HistoryFacts } from './history.ts';
import { approvalsIn } from './rebuild-approvals.ts';
import { judgementIn } from './rebuild-judgement.ts';
import { standingsIn } from './standings.ts';

/** What the record would say of an action, had it been kept: as far as the history knows, and no further. */
export interface Rebuilt {
  row: ActionRow;
  approvals: ApprovalRow[];
  events: NewEvent[];
  /** Where each part was taken from: the ids of events in the history, by name. */
  sources: Record<string, string | number>;
}

/** Makes out of a history what the record would say. Null where the action was not even decided: nothing is lost then. */
export async function rebuild(store: Store, facts: HistoryFacts): Promise<Rebuilt | null> {
  const standings = standingsIn(facts);
  const decided = standings.find(({ step }) => step === 'decide');
  if (decided === undefined) return null;
  const { judgement, from } = await judgementIn(store, facts, decided.standing);
  const input: DecideInput = { request: facts.request, by: 'workflow', claimId: null };
  const decidedRow = rowOf(input, judgement, decided.at, null);
  const asked = await approvalsIn(store, facts, decidedRow, judgement);
  const claim = claimIn(facts);
  const row: ActionRow = {
    ...decidedRow,
    ...edited(facts, judgement),
    ...permitted(facts),
    ...(claim === null ? {} : { claim_id: claim.claimId, claimed_at: claim.at }),
    ...ended(facts, claim),
    approval_id: asked.approvals.at(-1)?.id ?? null,
  };
  const asks = { row: decidedRow, approval: asked.approvals.at(0), at: decided.at, kept: store.arguments };
  const first = eventsOf(input, judgement, asks).filter(({ key }) => key !== 'end');
  const events = [...first, ...asked.events, ...claimed(facts, claim), ...end(row, claim, asked.approvals.at(-1))];
  return {
    row,
    approvals: asked.approvals,
    events: events.toSorted((one, other) => one.at - other.at),
    sources: {
      request: facts.started.eventId,
      decision: decided.eventId,
      judgement: from,
      ...(claim === null ? {} : { claim: claim.eventId }),
      standing: facts.end?.eventId ?? standings.at(-1)?.eventId ?? 0,
      events: facts.events,
    },
  };
}

type Ending = Pick<ActionRow, 'status' | 'settled_at' | 'settle_reason' | 'result_json' | 'error'>;

function ended(facts: HistoryFacts, claim: ClaimSeen | null): Ending {
  const last = standingsIn(facts).at(-1);
  const { end: over } = facts;
  const open = { settled_at: null, settle_reason: null, result_json: null, error: null };
  if (over?.how === 'broken_off' && !isFinal(last?.standing.status ?? 'held')) {
    const { word, by, reason, at } = over;
    // A permit may have been claimed, which the record alone knew: then nobody can say that nothing ran.
    const mayHaveRun = claim !== null || last?.standing.status === 'permitted' || last?.standing.status === 'claimed';
    const says = `Its workflow was ${word}${by === '' ? '' : ` by ${by}`}${reason === '' ? '' : `: ${reason}`}`;
    return { ...open, status: mayHaveRun ? 'unknown' : 'cancelled', settled_at: at, settle_reason: says };
  }
  const standing: Standing | undefined = over?.how === 'completed' ? (over.standing ?? undefined) : last?.standing;
  const status: ActionStatus = standing?.status ?? 'held';
  if (!isFinal(status)) return { ...open, status };
  const error = errorIn(facts, status, standing);
  return {
    status,
    settled_at: last?.at ?? over?.at ?? facts.started.at,
    settle_reason: status === 'succeeded' ? null : (standing?.reason ?? null),
    result_json: standing?.result ?? null,
    error,
  };
}

function errorIn({ messages, executions }: HistoryFacts, status: ActionStatus, standing?: Standing): string | null {
  if (status === 'failed') return standing?.reason ?? null;
  if (status === 'unknown' && executions.length > 0) return standing?.reason ?? null;
  const report = messages.findLast(({ name }) => name === 'outcome')?.input as OutcomeInput | undefined;
  return status === 'succeeded' ? (report?.error ?? null) : null;
}

function permitted(facts: HistoryFacts): Partial<ActionRow> {
  const given = standingsIn(facts).findLast(({ standing }) => standing.status === 'permitted');
  const scheduled = standingsIn(facts).findLast(({ standing }) => standing.status === 'scheduled');
  const after = (since: { at: number; standing: Standing }): number =>
    Math.round(since.at + (since.standing.waitSeconds ?? 0) * 1000);
  return {
    ...(given === undefined ? {} : { permit_until: after(given), permit_policy: given.standing.policyDigest }),
    ...(scheduled === undefined ? {} : { opens_at: after(scheduled) }),
  };
}

function edited(
  facts: HistoryFacts,
  judgement: Parameters<typeof editedColumns>[1],
): Partial<ReturnType<typeof editedColumns>> {
  const what = standingsIn(facts).findLast(({ standing }) => standing.edited != null)?.standing.edited;
  if (what == null) return {};
  const review = facts.messages
    .filter(({ name }) => name === 'review')
    .map(({ input }) => input as ReviewInput)
    .find(({ detail }) => detail?.kind === 'edit' && detail.digest === what.digest);
  return editedColumns({ by: review?.reviewer ?? 'unknown', at: review?.at ?? 0, ...what }, judgement);
}

function claimed({ request }: HistoryFacts, claim: ClaimSeen | null): NewEvent[] {
  if (claim === null) return [];
  const { claimId, at } = claim;
  const actor = request.executor === null ? `agent:${request.agent}` : executorOf(claimId);
  return [{ kind: 'claimed', key: 'claimed', actor, at, data: { claimId } }];
}

function end(row: ActionRow, claim: ClaimSeen | null, lastAsked: ApprovalRow | undefined): NewEvent[] {
  const { status, settled_at: at, settle_reason: reason } = row;
  if (at === null || !isEnd(status)) return [];
  const isReport = status === 'succeeded' || status === 'failed';
  const data = isReport ? { claimId: row.claim_id, error: row.error, hasResult: row.result_json !== null } : { reason };
  return [{ kind: status, key: 'end', actor: enderOf(row, claim, lastAsked), at, data }];
}

function enderOf({ status, mode, agent }: ActionRow, claim: ClaimSeen | null, lastAsked?: ApprovalRow): string {
  if (status === 'succeeded' || status === 'failed')
    return mode === 'executor' && claim !== null ? executorOf(claim.claimId) : `agent:${agent}`;
  const by = lastAsked?.resolved_by ?? null;
  if (status === 'rejected' && by !== null) return `reviewer:${by}`;
  return status === 'cancelled' && by !== null ? by : 'workflow';
}

function isEnd(status: ActionStatus): status is Exclude<ActionStatus, 'held' | 'scheduled' | 'permitted' | 'claimed'> {
  return isFinal(status);
}
