import type { StopList, StoppedActionList, StopView } from '@gatehouse/sdk/contract';
import { GateProblem } from '../../decide/problem.ts';
import { readEntries } from '../../store/events.ts';
import { countStopped, listStopped } from '../../store/stopped-actions.ts';
import type { StopRow } from '../../store/stops-in-force.ts';
import { listStops, readStop } from '../../store/stops.ts';
import { countLeft } from '../../store/sweep.ts';
import { STOPS_RECORD } from '../../store/switchboard.ts';
import type { Caller } from '../gateway.ts';
import type { StopListOptions, StopNotice, StoppedListOptions } from '../stops-gateway.ts';
import type { GatewayDeps } from './deps.ts';
import { fromCursor, pageOf } from './page.ts';
import { permit } from '../permit.ts';

/** The stops, the newest first. */
export async function stops(deps: GatewayDeps, caller: Caller, options: StopListOptions): Promise<StopList> {
  permit(caller, 'stop.read');
  const { inForce, limit, cursor } = options;
  const after = cursor === undefined ? undefined : fromCursor(cursor);
  const rows = await listStops(deps.store, { inForce, limit: limit + 1, after });
  const { page, nextCursor } = pageOf(rows, limit, ({ id, thrown_at: at }) => ({ id, requested_at: at }));
  const counts = await countStopped(
    deps.store,
    page.map(({ id }) => id),
  );
  return { stops: page.map((row) => toView(row, counts.get(row.id), null)), nextCursor };
}

/** One stop, with who threw and lifted it, and what is left of what it covers. */
export async function stop(deps: GatewayDeps, caller: Caller, stopId: string): Promise<StopView> {
  permit(caller, 'stop.read');
  const row = await knownStop(deps, stopId);
  return viewOf(deps, row, row.lifted_at === null ? await countLeft(deps.store, row) : null);
}

/** What a stop has met. */
export async function stoppedActions(
  deps: GatewayDeps,
  caller: Caller,
  stopId: string,
  { running, limit, cursor }: StoppedListOptions,
): Promise<StoppedActionList> {
  permit(caller, 'stop.read');
  await knownStop(deps, stopId);
  const after = cursor === undefined ? undefined : fromCursor(cursor).id;
  const rows = await listStopped(deps.store, { stopId, running, limit: limit + 1, after });
  const { page, nextCursor } = pageOf(rows, limit, ({ actionId, at }) => ({ id: actionId, requested_at: at }));
  return { actions: page.map((row) => ({ ...row, at: new Date(row.at).toISOString() })), nextCursor };
}

/** What is in force, as this process knows. */
export function stopsInForce({ store }: GatewayDeps): StopNotice[] {
  return store.stops.current().stops.map((row) => ({
    stopId: row.id,
    scope: row.scope,
    value: row.value,
    reason: row.reason,
    thrownBy: row.thrown_by,
    thrownAt: new Date(row.thrown_at).toISOString(),
  }));
}

/** The stop of that id. Throws `GateProblem` `not_found`. */
export async function knownStop(deps: GatewayDeps, stopId: string): Promise<StopRow> {
  const row = await readStop(deps.store, stopId);
  if (row !== undefined) return row;
  throw new GateProblem('not_found', `There is no stop ${stopId}: see GET /api/v1/stops.`, { stopId });
}

/** A stop as the API shows it alone. */
export async function viewOf(deps: GatewayDeps, row: StopRow, left: number | null): Promise<StopView> {
  const counts = await countStopped(deps.store, [row.id]);
  const timeline = await readEntries(deps.store.db, STOPS_RECORD, [`thrown:${row.id}`, `lifted:${row.id}`]);
  return { ...toView(row, counts.get(row.id), left), timeline };
}

function toView(row: StopRow, { stopped, running } = { stopped: 0, running: 0 }, left: number | null): StopView {
  return {
    stopId: row.id,
    scope: row.scope,
    value: row.value,
    reason: row.reason,
    thrownBy: row.thrown_by,
    thrownAt: new Date(row.thrown_at).toISOString(),
    liftedBy: row.lifted_by,
    liftedAt: row.lifted_at === null ? null : new Date(row.lifted_at).toISOString(),
    liftReason: row.lift_reason,
    inForce: row.lifted_at === null,
    stopped,
    running,
    left,
    carriedOut: row.carried_out_at !== null,
  };
}
