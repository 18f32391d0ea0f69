import type { GrantList, GrantView, JsonObject } from '@gatehouse/sdk/contract';
import { GateProblem } from '../../decide/problem.ts';
import { recordEvents } from '../../store/actions.ts';
import { readTimeline } from '../../store/events.ts';
import { listGrants, readGrant, revokeGrant, type GrantRow } from '../../store/grants.ts';
import type { Caller } from '../gateway.ts';
import type { GrantListOptions } from '../grants-gateway.ts';
import { isPermitted, notPermitted, permit } from '../permit.ts';
import type { GatewayDeps } from './deps.ts';
import { fromCursor, pageOf } from './page.ts';

/** The standing permissions, the newest first. */
export async function grants(deps: GatewayDeps, caller: Caller, options: GrantListOptions): Promise<GrantList> {
  permit(caller, 'action.read.any');
  const { agent, live, limit, cursor } = options;
  const now = deps.now();
  const rows = await listGrants(deps.store, {
    agent,
    live: live === undefined ? undefined : { is: live, at: now },
    limit: limit + 1,
    after: cursor === undefined ? undefined : fromCursor(cursor),
  });
  const { page, nextCursor } = pageOf(rows, limit, ({ id, given_at: at }) => ({ id, requested_at: at }));
  return { grants: page.map((row) => toGrantView(row, now)), nextCursor };
}

/** One permission, with what happened to it. */
export async function grant(deps: GatewayDeps, caller: Caller, grantId: string): Promise<GrantView> {
  permit(caller, 'action.read.any');
  const row = await knownGrant(deps, grantId);
  return { ...toGrantView(row, deps.now()), timeline: await readTimeline(deps.store.db, grantId) };
}

/** Takes a permission back, for any reviewer or admin: whoever sees that it goes wrong must not look for who gave it. */
export async function revoke(deps: GatewayDeps, caller: Caller, grantId: string, reason: string): Promise<GrantView> {
  const at = deps.now();
  const actor = `${caller.role}:${caller.principal}`;
  if (!isPermitted(caller, 'grant.revoke')) {
    if ((await readGrant(deps.store, grantId)) === undefined) throw notPermitted(caller, 'grant.revoke', { grantId });
    const data = { what: 'revoke', code: 'forbidden' };
    const key = `revoke:${caller.principal}:${String(at)}`;
    await recordEvents(deps.store, grantId, [{ kind: 'refused_attempt', key, actor, at, data }]);
    throw notPermitted(caller, 'grant.revoke', { grantId });
  }
  const found = await knownGrant(deps, grantId);
  const revoked = await revokeGrant(deps.store, grantId, { actor, by: caller.principal, reason, at });
  const row = await knownGrant(deps, grantId);
  if (revoked || row.revoked_by === caller.principal) return grant(deps, caller, found.id);
  const when = row.revoked_at === null ? 'an unknown time' : new Date(row.revoked_at).toISOString();
  throw new GateProblem(
    'already_resolved',
    `The permission was taken back by ${row.revoked_by ?? 'nobody'}, at ${when}.`,
    { grantId, resolvedBy: row.revoked_by, resolvedAt: when },
  );
}

/** A permission as the API shows it. */
function toGrantView(row: GrantRow, now: number): GrantView {
  return {
    grantId: row.id,
    name: row.name,
    agent: row.agent,
    type: row.type,
    target: row.target,
    arguments: JSON.parse(row.arguments_json) as JsonObject,
    exact: row.exact === 1,
    rules: JSON.parse(row.rules_json) as string[],
    uses: row.uses,
    used: row.used,
    givenBy: row.given_by,
    givenAt: new Date(row.given_at).toISOString(),
    approvalId: row.approval_id,
    expiresAt: new Date(row.expires_at).toISOString(),
    revokedBy: row.revoked_by,
    revokedAt: row.revoked_at === null ? null : new Date(row.revoked_at).toISOString(),
    live: row.revoked_at === null && row.used < row.uses && now < row.expires_at,
  };
}

async function knownGrant(deps: GatewayDeps, grantId: string): Promise<GrantRow> {
  const row = await readGrant(deps.store, grantId);
  if (row !== undefined) return row;
  throw new GateProblem('not_found', `There is no standing permission ${grantId}: see GET /api/v1/grants.`, {
    grantId,
  });
}
