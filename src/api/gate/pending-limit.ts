import { foresee } from '../../decide/foresee.ts';
import { GateProblem } from '../../decide/problem.ts';
import { readAction } from '../../store/actions.ts';
import { countPending } from '../../store/pending.ts';
import type { ActionRequest } from '../../workflows/messages.ts';
import type { GatewayDeps } from './deps.ts';

/**
 * F19: refuses a question of an agent that has as many open ones as it may have. Nothing is started for it, and nobody is
 * asked. What may run, or may not, without anybody being asked is decided as ever, be it by the policy, by what came
 * before or by a standing permission, and a repeat finds its action as ever. An agent with fewer open questions pays for
 * the count alone.
 *
 * @throws {GateProblem} `too_many_pending`
 */
export async function refuseOneTooMany(deps: GatewayDeps, request: ActionRequest): Promise<void> {
  const { store, maxPendingPerAgent: most = 0 } = deps;
  const { agent, actionId } = request;
  if (most === 0 || (await countPending(store, agent, most)) < most) return;
  if ((await readAction(store, actionId)) !== undefined) return;
  if ((await foresee(deps, request)).outcome !== 'REQUIRE_APPROVAL') return;
  const detail =
    `Nothing was started: ${String(most)} questions of ${agent} wait for people already. ` +
    'Wait until some are answered, or withdraw those that do not matter any more.';
  throw new GateProblem('too_many_pending', detail, { pending: most, retryAfterSeconds: RETRY_SECONDS });
}

/** People answer in minutes, not in seconds. */
const RETRY_SECONDS = 30;
