import type { Judgement } from '@gatehouse/sdk/contract';
import { readyFor } from '../classify/index.ts';
import type { ActionRequest } from '../workflows/messages.ts';
import { answeredByGrant } from './by-grant.ts';
import type { DecideDeps } from './deps.ts';
import { judge, type Situation } from './judge.ts';
import { lookBack } from './look-back.ts';
import { sparePeople } from './refused-before.ts';
import { stoppedBy, stopOver } from './stopped.ts';
import { toolStatus } from './tool-status.ts';

/**
 * What `decide` would say of an action now: with the stops in force, the past that rules ask of, what people refused
 * before and the standing permissions. Nothing is written and nothing is taken from a budget or a permission, so that
 * others can come first until it is decided in earnest. Rejects when the store does not answer.
 */
export async function foresee(deps: DecideDeps, request: ActionRequest): Promise<Judgement> {
  await readyFor(request);
  const { store } = deps;
  const inForce = deps.policies.current();
  const at = deps.now();
  const known: Situation = { now: at, tool: await toolStatus(store, request) };
  const subject = { actionId: request.actionId, action: request, now: at };
  const past = inForce.ok ? await lookBack(store, subject, inForce.policy, known) : undefined;
  const judgement = judge(request, inForce, { ...known, ...(past === undefined ? {} : { past }) });
  const stop = stopOver(store.stops.current(), request);
  if (stop !== undefined) return stoppedBy(stop, judgement);
  if (judgement.outcome !== 'REQUIRE_APPROVAL') return judgement;
  const spared = (await sparePeople(deps, request.digest, at))(judgement);
  return answeredByGrant(deps, request, { at, mayAsk: true }, (answer) => Promise.resolve(answer(spared).judgement));
}
