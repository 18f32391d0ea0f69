import { randomUUID } from 'node:crypto';
import type { GuardAnswer, ParsedGuardRequest } from '@gatehouse/sdk/contract';
import { checkArguments, manifest } from '../../activities/executors/index.ts';
import { actionIdFor } from '../../client/action-id.ts';
import { toProblem } from '../../client/failures.ts';
import { startAction, startedAction, type Started } from '../../client/start.ts';
import { toGuardAnswer } from '../../decide/answer.ts';
import { claimPermit } from '../../decide/claim.ts';
import { decide, type DecideInput } from '../../decide/decide.ts';
import { approvalIdOf } from '../../decide/open-approval.ts';
import { GateProblem, keyReused } from '../../decide/problem.ts';
import { toActionRequest } from '../../decide/request.ts';
import { toAsker } from '../../policy/asker.ts';
import { currentTraceparent, inSpan } from '../../observability/spans.ts';
import { readAction, type ActionRow } from '../../store/actions.ts';
import { readApprovalAlone } from '../../store/lists.ts';
import type { ActionRequest, ExecutorManifest } from '../../workflows/messages.ts';
import type { Caller } from '../gateway.ts';
import { permit, permitAction } from '../permit.ts';
import type { GatewayDeps } from './deps.ts';
import { refuseOneTooMany } from './pending-limit.ts';
import { tellClaimed } from './tell-claimed.ts';

/**
 * Decides an action for a caller that waits.
 *
 * INVARIANT: I4 no answer before the start of the workflow and the record of the decision are both durable. The start is
 * one commit in Temporal, the decision one in the store; in whatever order processes die, the workflow's own `decide`
 * meets the same record, and a repeat of the call gets the same answer.
 */
export async function guard(
  deps: GatewayDeps,
  caller: Caller,
  parsed: ParsedGuardRequest,
  idempotencyKey?: string,
  trace?: string,
): Promise<{ answer: GuardAnswer; replayed: boolean }> {
  permit(caller, 'action.ask');
  permitAction(caller, parsed.action);
  const request = await requestOf(deps, caller, parsed, { idempotencyKey, trace: currentTraceparent() ?? trace });
  await refuseOneTooMany(deps, request);
  // A caller that gives no claim id still holds the permit it is told of; `false` asks for the decision alone.
  const claimId = parsed.claim === false || parsed.mode === 'executor' ? null : (parsed.claim ?? randomUUID());
  const attributes = { 'gatehouse.action.id': request.actionId, 'gatehouse.action.type': request.type };
  const starting = inSpan('start workflow', { kind: 'client', attributes }, () => start(deps, request));
  const decided = await inSpan('decide', { attributes }, async (span) => {
    const row = await decideOnRecord(deps, { request, by: 'gateway', ...onceStarted(starting, claimId) });
    span.set({ 'gatehouse.outcome': row.outcome, 'gatehouse.risk': row.risk_score });
    return row;
  });
  const started = await starting;
  const action = started === 'exists' ? await reattach(deps, decided, claimId) : decided;
  const expiresAt = await laterExpiry(deps, action);
  const answer = toGuardAnswer(action, {
    requestId: request.requestId,
    claimId,
    ...(expiresAt === undefined ? {} : { expiresAt }),
  });
  return { answer, replayed: started === 'exists' };
}

async function start(deps: GatewayDeps, request: ActionRequest): Promise<Started | 'exists'> {
  const { client, taskQueue } = deps.temporal;
  try {
    const started = await startAction(client, request, taskQueue);
    if (started === 'exists' && (await readAction(deps.store, request.actionId)) === undefined) {
      // Another call started it and has not decided yet. Only if that call was for the same action may this one decide.
      const { digest, isRunning } = await startedAction(client, request.actionId);
      if (digest !== request.digest) throw keyReused(request.actionId);
      // A store that was lost or exchanged must not make an action that is over run once more.
      if (!isRunning && (await readAction(deps.store, request.actionId)) === undefined)
        throw recordLost(request.actionId);
    }
    return started;
  } catch (error) {
    throw toProblem(error, 'starting the action');
  }
}

/** Who starts the action may hold its permit. The action is judged while the start is under way, and written after it. */
function onceStarted(
  starting: Promise<Started | 'exists'>,
  claimId: string | null,
): Pick<DecideInput, 'claimId' | 'runId'> {
  const claim = starting.then((started) => (started === 'exists' ? null : claimId));
  const runId = starting.then((started) => (started === 'exists' ? undefined : started.runId));
  // They may fail while the action is still being judged, before anybody waits for them.
  claim.catch(() => undefined);
  runId.catch(() => undefined);
  return { claimId: claim, runId };
}

async function decideOnRecord(deps: GatewayDeps, input: DecideInput): Promise<ActionRow> {
  try {
    return await decide(deps, input);
  } catch (error) {
    if (error instanceof GateProblem) throw error;
    const detail = 'The record could not be written, so nothing was allowed. Try again with the same idempotency key.';
    throw new GateProblem('unavailable', detail, {}, [], { cause: error });
  }
}

/** A repeat finds the action as it stands, and takes the permit if nobody has it. */
async function reattach(deps: GatewayDeps, action: ActionRow, claimId: string | null): Promise<ActionRow> {
  if (claimId === null || action.status !== 'permitted') return action;
  const claim = await claimPermit(deps, action.id, claimId);
  if (claim === null) return action;
  tellClaimed(deps, action, claim);
  if (!claim.granted && claim.why === 'policy_changed') {
    await deps.temporal.reconsider(action.id);
    throw new GateProblem('policy_changed', claim.says, { actionId: action.id });
  }
  return claim.action;
}

/** When the question expires that is asked now. The first one's time follows from the decision; only later ones are looked up. */
async function laterExpiry(deps: GatewayDeps, action: ActionRow): Promise<number | undefined> {
  const { approval_id: approvalId } = action;
  if (approvalId === null || approvalId === approvalIdOf(action.id, 1)) return undefined;
  return (await readApprovalAlone(deps.store, approvalId))?.expires_at;
}

async function requestOf(
  deps: GatewayDeps,
  caller: Caller,
  { action, mode, leaseSeconds, purpose, requestId, session, tags }: ParsedGuardRequest,
  { idempotencyKey, trace }: { idempotencyKey: string | undefined; trace: string | undefined },
): Promise<ActionRequest> {
  return toActionRequest({
    ...action,
    ...(trace === undefined ? {} : { trace }),
    actionId: actionIdFor(caller.principal, idempotencyKey),
    agent: caller.principal,
    asker: toAsker({ ...caller, roles: [caller.role] }),
    session,
    tags,
    purpose,
    requestId,
    requestedAt: deps.now(),
    mode,
    permitSeconds: deps.permitSeconds,
    leaseSeconds: leaseSeconds ?? deps.leaseSeconds,
    executor: mode === 'executor' ? await executorFor(deps, action) : null,
  });
}

async function executorFor(deps: GatewayDeps, action: ParsedGuardRequest['action']): Promise<ExecutorManifest> {
  const executor = deps.executors.find(action.type, action.target);
  if (executor === undefined) {
    throw new GateProblem(
      'no_executor',
      `No executor runs ${action.type} on ${action.target}. Register one, or guard a callback.`,
      {},
      [
        {
          field: '/action/type',
          problem: 'no executor is registered for it',
          fix: 'use mode "permit", or register an executor',
        },
      ],
    );
  }
  const errors = await checkArguments(executor, action.context);
  if (errors.length > 0) {
    const detail = `The arguments do not fit the executor ${executor.name}; see errors.`;
    const placed = errors.map((error) => ({ ...error, field: `/action/context${error.field}` }));
    throw new GateProblem('invalid_arguments', detail, { executor: executor.name }, placed);
  }
  return manifest(executor);
}

function recordLost(actionId: string): GateProblem {
  const detail = 'The action is over, and its record is not in this store. Use a new key for a new action.';
  return new GateProblem('already_settled', detail, { actionId });
}
