import { readApproval } from '../../store/lists.ts';
import type { Caller } from '../gateway.ts';
import { refused } from './actions.ts';
import type { GatewayDeps } from './deps.ts';

/** Puts a verdict on record that was refused before it reached the workflow, also of a caller who may not see the question. */
export async function refusedVerdict(
  deps: GatewayDeps,
  caller: Caller,
  approvalId: string,
  data: Record<string, string>,
): Promise<void> {
  const about = await readApproval(deps.store, approvalId);
  if (about !== undefined) await refused(deps, caller, about.action.id, { what: 'verdict', approvalId, ...data });
}

/**
 * F05, F11: puts on record that the body of a verdict said by itself whose it is or what it is for, or brought a signature along.
 * @param fields the names of those fields
 */
export function refuseNamed(
  deps: GatewayDeps,
  caller: Caller,
  approvalId: string,
  fields: readonly string[],
): Promise<void> {
  return refusedVerdict(deps, caller, approvalId, { code: 'invalid_request', fields: fields.join(', ') });
}
