import type { GrantRequest, JsonObject, Judgement } from '@gatehouse/sdk/contract';
import type { GrantRow } from '../store/grants.ts';
import { askingRules } from './grant-fits.ts';

/** What was approved, as it will run. */
export interface Approved {
  agent: string;
  type: string;
  target: string;
  arguments: JsonObject;
}

/** The id of the permission that came with an approval. */
export function grantIdOf(approvalId: string): string {
  return `grt_${approvalId.slice('apr_'.length)}`;
}

/**
 * The standing permission that an approver gives along with an approval: the same agent may do the same again. It is
 * for the rules that asked this time and for no others.
 *
 * @param asked the judgement that people were asked about
 * @param at when it was given, in milliseconds since the epoch
 */
export function grantFrom(
  given: GrantRequest,
  approved: Approved,
  { approvalId, asked, by, at }: { approvalId: string; asked: Judgement; by: string; at: number },
): GrantRow {
  const names = given.sameArguments;
  // An argument that is not there cannot be held fast: then all of them are, which is the stricter reading.
  const exact = names === undefined || names.some((name) => !Object.hasOwn(approved.arguments, name));
  const kept = exact
    ? approved.arguments
    : Object.fromEntries(names.map((name) => [name, approved.arguments[name] ?? null]));
  return {
    id: grantIdOf(approvalId),
    name: given.name,
    agent: approved.agent,
    type: approved.type,
    target: approved.target,
    arguments_json: JSON.stringify(kept),
    exact: exact ? 1 : 0,
    rules_json: JSON.stringify(askingRules(asked)),
    uses: given.uses,
    used: 0,
    approval_id: approvalId,
    given_by: by,
    given_at: at,
    expires_at: at + Math.round(given.withinSeconds * 1000),
    revoked_by: null,
    revoked_at: null,
  };
}
