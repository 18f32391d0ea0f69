import type { ApprovalBackground, JsonObject } from '@gatehouse/sdk/contract';
import canonicalize from 'canonicalize';
import { mayLack } from '../../audit/arguments/on-record.ts';
import { readAnswered, readSession } from '../../store/background.ts';
import type { Caller } from '../gateway.ts';
import { permit } from '../permit.ts';
import { visibleApproval } from './approvals.ts';
import type { GatewayDeps } from './deps.ts';

/** What the same session did before, and what people said to questions like this one. Both are bounded. */
export async function background(deps: GatewayDeps, caller: Caller, approvalId: string): Promise<ApprovalBackground> {
  permit(caller, 'action.read.any', { approvalId });
  const { action } = await visibleApproval(deps, caller, approvalId);
  const [session, answered] = await Promise.all([readSession(deps.store, action), readAnswered(deps.store, action)]);
  const own = mayLack(action.context_json) ? null : canonical(action.context_json);
  return {
    session: session.map(({ id, requested_at: at, ...row }) => ({
      actionId: id,
      at: new Date(at).toISOString(),
      ...row,
    })),
    similar: answered.map((row) => ({
      approvalId: row.id,
      at: new Date(row.at).toISOString(),
      agent: row.agent,
      target: row.target,
      status: row.status,
      resolvedBy: row.resolved_by,
      comment: row.comment,
      actionStatus: row.actionStatus,
      sameArguments:
        row.digest === action.digest || (row.target === action.target && canonical(row.context_json) === own),
    })),
  };
}

function canonical(json: string): string | undefined {
  return canonicalize(JSON.parse(json) as JsonObject);
}
