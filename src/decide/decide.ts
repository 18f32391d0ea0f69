import type { Judgement } from '@gatehouse/sdk/contract';
import type { ArgumentsOnRecord } from '../audit/arguments/on-record.ts';
import type { NewEvent } from '../audit/events.ts';
import { FORGED_DIGEST_REASON } from '../audit/forged-digest.ts';
import { digestsOf, digestsOfJson } from '../audit/judgement-digests.ts';
import { readyFor } from '../classify/index.ts';
import { traitsOf, type Past } from '../policy/index.ts';
import { insertAction, readAction, type ActionRow, type ApprovalRow } from '../store/actions.ts';
import { capabilityOfAction } from '../store/capability-id.ts';
import { withoutArguments } from '../store/forget-arguments.ts';
import type { StopsNow } from '../store/stops-in-force.ts';
import type { ActionRequest } from '../workflows/messages.ts';
import { behind } from './behind.ts';
import type { DecideDeps } from './deps.ts';
import { answeredByGrant, type Answered } from './by-grant.ts';
import { digestAction } from './digest.ts';
import { judge, weigh, type Situation } from './judge.ts';
import { approvalIdOf, openApproval } from './open-approval.ts';
import { GateProblem, keyReused } from './problem.ts';
import { sparePeople } from './refused-before.ts';
import { recordInHindsight, type Recorded } from './reserve.ts';
import { stoppedBy, stopOver, underStops } from './stopped.ts';
import { toolStatus } from './tool-status.ts';

export interface DecideInput {
  request: ActionRequest;
  by: 'gateway' | 'workflow';
  /**
   * The claim of the caller that waits for the answer; null when nobody is to run the action yet. A promise while it is
   * still being found out: the action is judged meanwhile, and nothing is written before it resolves.
   */
  claimId: string | null | Promise<string | null>;
  /** The run of the action's workflow, where whoever decides has just started it; it resolves along with the claim. */
  runId?: Promise<string | undefined> | undefined;
}

/**
 * Decides an action and puts it on record, in one transaction, once.
 *
 * INVARIANT: one stored decision. The gateway that waits for the answer and the action's own workflow both run this
 * step; the first to commit decides, and both return what is stored, whatever policy or clock the other has.
 * INVARIANT: I4 every action is on record before it has an effect. Nobody is told ALLOW before this has committed.
 * INVARIANT: after a stop is thrown nothing new starts that it covers. The record is written under the stops of this very
 * moment, or what was judged under others is judged again.
 *
 * @throws GateProblem `key_reused` when the id is on record for a different action; and whatever `claimId` rejects with.
 */
export async function decide(deps: DecideDeps, input: DecideInput): Promise<ActionRow> {
  const { request } = input;
  // The workflow comes second nearly always: a look is cheaper than a judgement and a write that changes nothing.
  const earlier = input.by === 'workflow' ? await readAction(deps.store, request.actionId) : undefined;
  const forged = input.by === 'workflow' && isForged(request);
  if (earlier !== undefined) return sameAction(earlier, request, forged);
  await readyFor(request);
  const written = await underStops(deps.store, (stops) => judgeAndWrite(deps, input, forged, stops));
  if (written !== null) return written;

  const stored = await readAction(deps.store, request.actionId);
  if (stored === undefined) throw new GateProblem('unavailable', 'The record of the action could not be read back');
  return sameAction(stored, request, forged);
}

/** Null where the action is on record already. */
async function judgeAndWrite(
  deps: DecideDeps,
  input: DecideInput,
  forged: boolean,
  stops: StopsNow,
): Promise<ActionRow | null> {
  const { request } = input;
  const inForce = deps.policies.current();
  const at = deps.now();
  const tool = request.tool === undefined ? null : await toolStatus(deps.store, request);
  const situation: Situation = { now: at, tool };
  const weighed = weigh(request, inForce, situation);
  const stop = stopOver(stops, request);
  const judgement = stop === undefined ? weighed.judgement : stoppedBy(stop, weighed.judgement);
  // What is stopped is stopped whatever the past says, and takes nothing from any budget.
  const lookedBack = stop === undefined ? weighed.lookedBack : [];
  const claimId = await input.claimId;
  const runId = await input.runId;
  const mayAsk = !forged && (judgement.outcome === 'REQUIRE_APPROVAL' || lookedBack.length > 0);
  const spare = mayAsk ? await sparePeople(deps, request.digest, at) : (ruled: Judgement): Judgement => ruled;
  const { version: judgedUnder } = stops;
  return answeredByGrant(deps, request, { at, mayAsk }, async (answer) => {
    const start = { claimId, runId };
    const record = (ruled: Judgement): Recorded => recordOf(deps, input, answer(ruled), { at, start, judgedUnder });
    if (forged || lookedBack.length === 0) {
      const recorded = record(forged ? { ...judgement, ...FORGED } : spare(judgement));
      return (await insertAction(deps.store, recorded)) ? recorded.row : null;
    }
    const subject = { actionId: request.actionId, action: request, now: at };
    const judgeWith = (past: Past): Judgement => spare(judge(request, inForce, { ...situation, past }));
    return recordInHindsight(deps, subject, lookedBack, judgeWith, record);
  });
}

interface Moment {
  at: number;
  start: { claimId: string | null; runId: string | undefined };
  judgedUnder: number;
}

function recordOf(
  { store }: DecideDeps,
  input: DecideInput,
  { judgement, use }: Answered,
  { at, start, judgedUnder }: Moment,
): Recorded {
  const decided = rowOf(input, judgement, at, start.claimId);
  const approval = decided.approval_id === null ? undefined : openApproval(decided, judgement, 1, at);
  const events = eventsOf(input, judgement, { row: decided, approval, at, kept: store.arguments });
  const { runId } = start;
  const inRun = runId === undefined ? events : events.map((one) => ({ ...one, data: { runId, ...one.data } }));
  return { ...withoutArguments(store.arguments, { row: decided, events: inRun }), judgedUnder, approval, use };
}

/** A workflow that was started by hand can claim any digest, and so slip other arguments under a decision. */
function isForged({ type, target, context, agent, digest }: ActionRequest): boolean {
  return digestAction({ type, target, arguments: context, agent }) !== digest;
}

const FORGED = {
  outcome: 'BLOCK',
  reason: FORGED_DIGEST_REASON,
  matchedRule: null,
  matchedRules: [],
  approval: null,
} satisfies Partial<Judgement>;

/** I2: an idempotency key names one action; with other arguments it is not a repeat but a mistake. */
function sameAction(stored: ActionRow, request: ActionRequest, forged: boolean): ActionRow {
  const matches = stored.digest === request.digest && stored.mode === request.mode;
  if (matches && (!forged || stored.outcome === 'BLOCK')) return stored;
  throw keyReused(stored.id);
}

/** The row of a newly decided action. */
export function rowOf(
  { request, by }: DecideInput,
  judgement: Judgement,
  at: number,
  claimId: string | null,
): ActionRow {
  const allowed = judgement.outcome === 'ALLOW';
  const claimed = allowed && request.mode === 'permit' && claimId !== null;
  const blocked = judgement.outcome === 'BLOCK';
  return {
    id: request.actionId,
    agent: request.agent,
    type: request.type,
    target: request.target,
    context_json: JSON.stringify(request.context),
    digest: request.digest,
    purpose: request.purpose,
    mode: request.mode,
    request_id: request.requestId,
    lease_seconds: request.leaseSeconds,
    requested_at: request.requestedAt,
    outcome: judgement.outcome,
    judgement_json: JSON.stringify(judgement),
    risk_score: judgement.riskScore,
    severity: judgement.severity,
    policy_digest: judgement.policyDigest,
    decided_at: at,
    decided_by: by,
    status: blocked ? 'blocked' : allowed ? (claimed ? 'claimed' : 'permitted') : 'held',
    version: 1,
    approval_id: judgement.outcome === 'REQUIRE_APPROVAL' ? approvalIdOf(request.actionId, 1) : null,
    claim_id: claimed ? claimId : null,
    claimed_at: claimed ? at : null,
    permit_until: allowed ? at + Math.round(request.permitSeconds * 1000) : null,
    permit_policy: allowed ? judgement.policyDigest : null,
    settled_at: blocked ? at : null,
    settle_reason: blocked ? judgement.reason : null,
    result_json: null,
    error: null,
    tool_json: request.tool === undefined ? null : JSON.stringify(request.tool),
    session: request.session ?? null,
    tags_json: request.tags === undefined ? null : JSON.stringify(request.tags),
    asker_json: request.asker === undefined ? null : JSON.stringify(request.asker),
    traits_json: JSON.stringify(traitsOf(judgement.classification)),
    reserved: 0,
    capability: capabilityOfAction(request),
    run_context_json: null,
    run_digest: null,
    edit_json: null,
    opens_at: null,
  };
}

/** The entries that a decision leaves. */
export function eventsOf(
  { request, by }: DecideInput,
  judgement: Judgement,
  {
    row,
    approval,
    at,
    kept,
  }: { row: ActionRow; approval: ApprovalRow | undefined; at: number; kept: ArgumentsOnRecord },
): NewEvent[] {
  const agent = `agent:${request.agent}`;
  const { outcome, reason, matchedRule, riskScore, severity, policyDigest } = judgement;
  const events: NewEvent[] = [
    {
      kind: 'requested',
      key: 'requested',
      actor: agent,
      at: request.requestedAt,
      data: {
        ...{ digest: request.digest, mode: request.mode, requestId: request.requestId, purpose: request.purpose },
        ...behind(request.asker),
        ...kept.inEntry(request.context),
      },
    },
    {
      kind: 'decided',
      key: 'decided',
      actor: by,
      at,
      data: {
        ...{ outcome, reason, matchedRule, riskScore, severity, policyDigest, ...grantOf(judgement) },
        ...digestsOf(judgement),
      },
    },
  ];
  if (row.status === 'held') {
    const data = {
      approvalId: row.approval_id,
      round: 1,
      ...(approval === undefined ? {} : digestsOfJson(approval.judgement_json)),
    };
    events.push({ kind: 'held', key: 'held:1', actor: by, at, data });
  }
  if (row.status === 'blocked') events.push({ kind: 'blocked', key: 'end', actor: by, at, data: { reason } });
  if (row.claim_id !== null) {
    events.push({ kind: 'claimed', key: 'claimed', actor: agent, at, data: { claimId: row.claim_id } });
  }
  return events;
}

/** The standing permission that answered in place of people, where one did. */
function grantOf({ grant }: Judgement): { grant?: string } {
  return grant === null ? {} : { grant: grant.id };
}
