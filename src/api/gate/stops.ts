import { randomBytes } from 'node:crypto';
import type { FieldError, LiftStopRequest, StopView, ThrowStopRequest } from '@gatehouse/sdk/contract';
import type { Permission } from '../../access/permissions.ts';
import { GateProblem } from '../../decide/problem.ts';
import { recordEvents } from '../../store/actions.ts';
import type { StopRow } from '../../store/stops-in-force.ts';
import { readStop } from '../../store/stops.ts';
import { sweep } from '../../store/sweep.ts';
import {
  liftStop as liftInStore,
  settleWrites,
  STOPS_RECORD,
  throwStop as throwInStore,
} from '../../store/switchboard.ts';
import type { Caller } from '../gateway.ts';
import { isPermitted, permit } from '../permit.ts';
import { requireRecentSignIn } from '../step-up.ts';
import { invalid } from '../validate.ts';
import type { GatewayDeps } from './deps.ts';
import { knownStop, viewOf } from './stops-reads.ts';

/**
 * Throws a stop and ends what it covers, here and now: that needs the store alone, also where Temporal is down. The workflows
 * of what was ended are told afterwards, by a workflow of the stop's own, which also finishes what this process does not.
 */
export async function throwStop(deps: GatewayDeps, caller: Caller, given: ThrowStopRequest): Promise<StopView> {
  await permitOrRecord(deps, caller, 'stop.throw', 'throw');
  assertScoped(given);
  const stop = await onSwitchboard(deps, caller, given);
  let left: number;
  try {
    left = await sweep(deps.store, stop, deps.now());
  } catch (error) {
    throw notProven(stop, error);
  } finally {
    // Not awaited: the answer does not depend on Temporal, and what does not start now is started by whoever looks next.
    void deps.temporal.carryOut(stop.id).catch(() => undefined);
  }
  return viewOf(deps, stop, left);
}

/** Lifts a stop, for those who may and have proved lately who they are. What it ended stays ended. */
export async function liftStop(
  deps: GatewayDeps,
  caller: Caller,
  stopId: string,
  { reason }: LiftStopRequest,
): Promise<StopView> {
  await permitOrRecord(deps, caller, 'stop.lift', `lift:${stopId}`);
  requireRecentSignIn(caller, deps, 'lift an emergency stop');
  const found = await knownStop(deps, stopId);
  const by = caller.principal;
  const lifted = await liftInStore(deps.store, found, { by, actor: actorOf(caller), reason, at: deps.now() });
  const now = await knownStop(deps, stopId);
  if (lifted) await deps.store.stops.reload();
  if (lifted || now.lifted_by === by) return viewOf(deps, now, null);
  const at = now.lifted_at === null ? null : new Date(now.lifted_at).toISOString();
  const detail = `The stop was lifted by ${now.lifted_by ?? 'nobody'} before, at ${at ?? 'an unknown time'}.`;
  throw new GateProblem('already_resolved', detail, { stopId, resolvedBy: now.lifted_by, resolvedAt: at });
}

/** Who tries to stop or start what is not theirs is worth knowing. */
async function permitOrRecord(deps: GatewayDeps, caller: Caller, permission: Permission, what: string): Promise<void> {
  if (!isPermitted(caller, permission)) {
    const at = deps.now();
    const key = `refused:${what}:${caller.principal}:${String(at)}`;
    const data = { what, code: 'forbidden', permission };
    await recordEvents(deps.store, STOPS_RECORD, [{ kind: 'refused_attempt', key, actor: actorOf(caller), at, data }]);
  }
  permit(caller, permission);
}

function assertScoped({ scope, value }: ThrowStopRequest): void {
  const error = scopeError(scope, value);
  if (error !== null) throw invalid([error], 'body');
}

function scopeError(scope: ThrowStopRequest['scope'], value: string | undefined): FieldError | null {
  if (scope === 'everything' && value !== undefined) {
    return { field: '/value', problem: 'has no meaning here', fix: 'leave it out, or name the scope that you mean' };
  }
  if (scope !== 'everything' && value === undefined) {
    return { field: '/value', problem: 'is missing', fix: `send the ${scope} to stop` };
  }
  return null;
}

/** The stop that the caller has in force already, or a new one. */
async function onSwitchboard(
  deps: GatewayDeps,
  caller: Caller,
  { scope, value, reason }: ThrowStopRequest,
): Promise<StopRow> {
  const by = caller.principal;
  const wanted = value ?? null;
  const { stops } = await deps.store.stops.reload();
  const own = stops.find((stop) => stop.scope === scope && stop.value === wanted && stop.thrown_by === by);
  if (own !== undefined) {
    // The first call may have ended before it knew that nothing is under way.
    await settleWrites(deps.store);
    return own;
  }
  const id = `stp_${randomBytes(12).toString('base64url')}`;
  try {
    const at = deps.now();
    await throwInStore(deps.store, { id, scope, value: wanted, reason, by, actor: actorOf(caller), at });
  } catch (error) {
    const row = await readStop(deps.store, id).catch(() => undefined);
    if (row !== undefined) throw notProven(row, error);
    throw error;
  }
  await deps.store.stops.reload();
  return knownStop(deps, id);
}

/** The stop holds, but whoever threw it must not be told that nothing is left before that was counted. */
function notProven({ id }: StopRow, cause: unknown): GateProblem {
  const detail = `The stop ${id} is in force, and is being carried out. How far it has come is not known now: see GET /api/v1/stops/${id}.`;
  return new GateProblem('unavailable', detail, { stopId: id }, [], { cause });
}

function actorOf({ role, principal }: Caller): string {
  return `${role}:${principal}`;
}
