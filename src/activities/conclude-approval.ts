import type { Judgement } from '@gatehouse/sdk/contract';
import type { NewEvent } from '../audit/events.ts';
import { proofInEntry } from '../audit/verdict-proof.ts';
import { judgeAgain } from '../decide/again.ts';
import type { DecideDeps } from '../decide/deps.ts';
import { argumentsThatRun } from '../decide/edited.ts';
import { grantFrom, grantIdOf } from '../decide/give-grant.ts';
import { resolvedColumns } from '../decide/open-approval.ts';
import { GateProblem } from '../decide/problem.ts';
import { readStanding } from '../decide/standing.ts';
import { endIfStopped, underStops } from '../decide/stopped.ts';
import { readJudgement } from '../decide/stored-judgement.ts';
import type { Meters } from '../observability/meters.ts';
import { moveAction, recordEvents, type ActionRow, type ApprovalRow, type Move } from '../store/actions.ts';
import { readApproval } from '../store/lists.ts';
import type { StopsNow } from '../store/stops-in-force.ts';
import type { Person } from '../workflows/eligibility.ts';
import type { ActionRequest, Standing, VerdictProof } from '../workflows/messages.ts';
import type { ApprovalRound } from '../workflows/round.ts';
import { askAgain, blocked, permit, type Approved, type Next } from './after-approval.ts';
import { approvedWithEdit } from './approved-with-edit.ts';

/** Whoever counts how questions end, and after how many seconds. */
export interface Watched {
  meters?: Pick<Meters, 'approvalEnded'>;
}

export interface ConcludeInput {
  request: ActionRequest;
  round: ApprovalRound;
  /** The verdict that resolved the round, and who gave it; null when it expired or was cancelled. */
  verdictId: string | null;
  proof: VerdictProof | null;
  reviewer: Person | null;
}

/** What the end of a round means for the action. */
const AFTER = { denied: 'rejected', expired: 'expired', cancelled: 'cancelled' } as const;

/**
 * Puts the end of a round on record and says where the action stands then. An approved action is judged again by the
 * policy in force: it gets its permit, is blocked, or goes back to people with another question.
 */
export async function concludeApproval(deps: DecideDeps & Watched, input: ConcludeInput): Promise<Standing> {
  return underStops(deps.store, (stops) => concludeUnder(deps, stops, input));
}

async function concludeUnder(deps: DecideDeps & Watched, stops: StopsNow, input: ConcludeInput): Promise<Standing> {
  const { request, round } = input;
  const held = await readApproval(deps.store, round.approvalId);
  if (held === undefined) throw new GateProblem('not_found', `There is no approval ${round.approvalId} on record`);
  // The workflow's time throughout, so that the entries of one verdict stand in order.
  const at = round.resolvedAt ?? deps.now();
  if (round.status === 'approved' && (await endIfStopped(deps.store, stops, held.action, at))) {
    // Somebody did approve it, and that is on record, but a stop goes before every approval.
    await recordEvents(deps.store, request.actionId, verdictEvents(deps, input, at));
    return readStanding(deps.store, request.actionId, at);
  }
  const resolved = resolvedColumns(round, at);
  const next =
    round.status === 'approved'
      ? await approved(deps, input, { ...held, approval: { ...held.approval, ...resolved }, request, at })
      : refused(input, at);
  const moved = await moveAction(deps.store, {
    actionId: request.actionId,
    from: ['held'],
    approvalId: round.approvalId,
    set: next.set,
    judgedUnder: stops.version,
    resolves: { approvalId: round.approvalId, set: resolved },
    ...(next.opens === undefined ? {} : { opens: next.opens }),
    ...given(input, held),
    events: [...verdictEvents(deps, input, at), ...next.events],
  });
  // Only the first of several runs of this step moves it, so that each end is counted once.
  if (moved) deps.meters?.approvalEnded(resolved.status, (at - held.approval.requested_at) / 1_000);
  return readStanding(deps.store, request.actionId, at);
}

function refused({ round }: ConcludeInput, at: number): Next {
  const status = AFTER[round.status as keyof typeof AFTER];
  const reason =
    status === 'expired'
      ? 'Nobody answered in time, which is a refusal'
      : (round.comment ?? `${status} by ${round.resolvedBy ?? 'nobody'}`);
  return {
    set: { status, settled_at: at, settle_reason: reason },
    events: [{ kind: status, key: 'end', actor: actorOf(round), at, data: { reason, approvalId: round.approvalId } }],
  };
}

async function approved(
  deps: DecideDeps,
  { round, reviewer }: ConcludeInput,
  held: Omit<Approved, 'judgement'>,
): Promise<Next> {
  if (round.edit !== null) return approvedWithEdit(deps, held, round, reviewer);
  const { says, judgement } = await judgeAgain(deps, held.action, readJudgement(held.approval.judgement_json));
  const seen = { ...held, judgement };
  const { reason, policyDigest } = judgement;
  const next =
    says === 'blocked' ? blocked(reason, held.at, { policyDigest }) : says === 'ask' ? askAgain(seen) : permit(seen);
  return { ...next, events: [rechecked(says, judgement, held), ...next.events] };
}

function rechecked(says: string, judgement: Judgement, { approval, at }: Pick<Approved, 'approval' | 'at'>): NewEvent {
  const { outcome, reason, policyDigest } = judgement;
  const data = { says, outcome, reason, policyDigest };
  return { kind: 'rechecked', key: `rechecked:${approval.id}`, actor: 'workflow', at, data };
}

/** The standing permission that came with the approval. */
function given(
  { round }: ConcludeInput,
  { action, approval }: { action: ActionRow; approval: ApprovalRow },
): Pick<Move, 'gives'> {
  if (round.grant === null || round.status !== 'approved') return {};
  const { agent, type, target } = action;
  const what = { agent, type, target, arguments: argumentsThatRun(action) };
  const asked = readJudgement(approval.judgement_json);
  const by = round.resolvedBy ?? '';
  const at = round.resolvedAt ?? 0;
  return { gives: grantFrom(round.grant, what, { approvalId: round.approvalId, asked, by, at }) };
}

function verdictEvents({ store }: DecideDeps, { round, verdictId, proof }: ConcludeInput, at: number): NewEvent[] {
  if (verdictId === null) return [];
  const { approvalId, actionDigest, comment, unsigned, edit, grant, breakGlass } = round;
  const actor = actorOf(round);
  const data = {
    ...{ approvalId, verdict: round.status, actionDigest, comment, unsigned },
    ...(edit === null ? {} : { edited: edit.digest, ...store.arguments.inEntry(edit.arguments) }),
    ...(grant === null ? {} : { grant: grantIdOf(approvalId) }),
    ...proofInEntry(proof),
  };
  const verdict: NewEvent = { kind: 'verdict', key: `verdict:${verdictId}`, actor, at, data };
  if (!breakGlass) return [verdict];
  const loud = { approvalId, comment, says: 'An admin approved it alone, whatever the terms; a second look is due' };
  return [verdict, { kind: 'overridden', key: `overridden:${approvalId}`, actor, at, data: loud }];
}

function actorOf(round: ApprovalRound): string {
  if (round.resolvedBy === null) return 'workflow';
  if (round.status === 'cancelled') return round.resolvedBy;
  return `reviewer:${round.resolvedBy}`;
}
