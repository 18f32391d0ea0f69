import { judge } from '../../decide/judge.ts';
import { GateProblem } from '../../decide/problem.ts';
import { readyFor } from '../../classify/index.ts';
import { readAction } from '../../store/actions.ts';
import { countPending } from '../../store/pending.ts';
import type { ActionRequest } from '../../workflows/messages.ts';
import type { GatewayDeps } from './deps.ts';

/**
 * F19: refuses a question of an agent that has as many open ones as it may have. Nothing is started for it, and nobody is
 * asked. What may run, or may not, by the policy alone is decided as ever, and a repeat finds its action as ever.
 *
 * @throws {GateProblem} `too_many_pending`
 */
export async function refuseOneTooMany(deps: GatewayDeps, request: ActionRequest): Promise<void> {
  const { store, policies, now, maxPendingPerAgent: most = 0 } = deps;
  const { agent, actionId } = request;
  if (most === 0 || (await countPending(store, agent, most)) < most) return;
  await readyFor(request);
  if (judge(request, policies.current(), { now: now() }).outcome !== 'REQUIRE_APPROVAL') return;
  if ((await readAction(store, actionId)) !== undefined) return;
  const detail =
    `Nothing was started: ${String(most)} questions of ${agent} wait for people already. ` +
    'Wait until some are answered, or withdraw those that do not matter any more.';
  throw new GateProblem('too_many_pending', detail, { pending: most, retryAfterSeconds: RETRY_SECONDS });
}

/** People answer in minutes, not in seconds. */
const RETRY_SECONDS = 30;
