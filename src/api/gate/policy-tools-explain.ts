import type { Judgement } from '@gatehouse/sdk/contract';
import { readyFor } from '../../classify/index.ts';
import type { DecideDeps } from '../../decide/deps.ts';
import type { JudgedAction, Situation } from '../../decide/judge.ts';
import { lookBack } from '../../decide/look-back.ts';
import { GateProblem } from '../../decide/problem.ts';
import { judgedAction } from '../../decide/recorded.ts';
import { toolStatus } from '../../decide/tool-status.ts';
import { ENGINE } from '../../decide/trial.ts';
import { toAsker } from '../../policy/asker.ts';
import { explain } from '../../policy/explain/explain.ts';
import type { Explanation } from '../../policy/explain/explanation.ts';
import type { ParsedExplainRequest } from '../../policy/explain/request.ts';
import type { Policy } from '../../policy/index.ts';
import { policyFromText } from '../../policy/index.ts';
import { readPolicyVersion } from '../../store/policy-versions.ts';
import type { Caller } from '../gateway.ts';
import { isPermitted } from '../permit.ts';
import { visibleAction } from './actions.ts';
import type { GatewayDeps } from './deps.ts';

/** Why an action would get its outcome now. An agent asks for itself alone. Nothing is put on record. */
export async function explainRequest(
  deps: GatewayDeps,
  caller: Caller,
  { action, agent, at, session, tags }: ParsedExplainRequest,
): Promise<Explanation> {
  const who = agent?.name ?? caller.principal;
  if (!isPermitted(caller, 'policy.read.any') && (agent !== undefined || at !== undefined)) {
    throw new GateProblem('forbidden', 'An agent key explains what it asks itself, now: leave out agent and at.');
  }
  const asker = toAsker(agent ?? { ...caller, roles: [caller.role] });
  const judged: JudgedAction = { ...action, agent: who, asker, session, tags };
  const now = at === undefined ? deps.now() : new Date(at).getTime();
  return explainAction(deps, caller, 'none', judged, currentPolicy(deps), now);
}

/** Why an action on record got its outcome: under the policy that decided it, with what was known at the time. */
export async function explainRecorded(deps: GatewayDeps, caller: Caller, actionId: string): Promise<Explanation> {
  const row = await visibleAction(deps, caller, actionId);
  const then = await policyOf(deps, row.policy_digest);
  const policy = then ?? currentPolicy(deps);
  const explanation = await explainAction(deps, caller, row.id, judgedAction(row), policy, row.decided_at);
  const { outcome, reason, policyDigest } = JSON.parse(row.judgement_json) as Judgement;
  const recorded = { outcome, reason, policyDigest, decidedAt: new Date(row.decided_at).toISOString() };
  const notes = [...explanation.notes];
  if (then === undefined)
    notes.push('The policy that decided is not in the store: this is by the policy in force now.');
  if (outcome !== explanation.judgement.outcome) {
    notes.push('The decision on record is another: a budget, an earlier action or the inventory stood otherwise then.');
  }
  return { ...explanation, recorded, notes };
}

async function explainAction(
  deps: GatewayDeps,
  caller: Caller,
  actionId: string,
  action: JudgedAction,
  policy: Policy,
  now: number,
): Promise<Explanation> {
  await readyFor(action);
  const known: Situation = { now, tool: await toolStatus(deps.store, action) };
  const past = await lookBack(deps.store, { actionId, action, now }, policy, known);
  const isAgent = !isPermitted(caller, 'policy.read.any');
  const explanation = explain({ action, situation: { ...known, past } }, policy, ENGINE, { asker: !isAgent });
  return isAgent ? forAgent(explanation) : explanation;
}

/** A policy tells where its limits are: an agent sees the rules that its answer names anyway, without their conditions. */
function forAgent(explanation: Explanation): Explanation {
  const matched = explanation.rules.filter((rule) => rule.matched && rule.mode === 'enforce');
  const rules = matched.map((rule) => ({ ...rule, parts: [], condition: null }));
  return { ...explanation, rules, rulesLeftOut: 0, notes: [] };
}

/** The policy in force. Throws `GateProblem` `unavailable` where there is none: everything is refused then. */
export function currentPolicy(deps: DecideDeps): Policy {
  const inForce = deps.policies.current();
  if (inForce.ok) return inForce.policy;
  throw new GateProblem('unavailable', inForce.reason);
}

async function policyOf(deps: GatewayDeps, digest: string): Promise<Policy | undefined> {
  const inForce = deps.policies.current();
  if (inForce.ok && inForce.policy.digest === digest) return inForce.policy;
  const version = await readPolicyVersion(deps.store, digest);
  const parsed = version === undefined ? undefined : policyFromText(version.text);
  return parsed?.ok ? parsed.policy : undefined;
}
