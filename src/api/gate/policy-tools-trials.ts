import type { FieldError } from '@gatehouse/sdk/contract';
import { readyFor } from '../../classify/index.ts';
import type { DecideDeps } from '../../decide/deps.ts';
import { forEachOnRecord } from '../../decide/record-stream.ts';
import { GateProblem } from '../../decide/problem.ts';
import { ENGINE } from '../../decide/trial.ts';
import { knownCalls } from '../../inventory/known-calls.ts';
import type { Policy } from '../../policy/index.ts';
import { formatProblem, parsePolicy, policyFromText } from '../../policy/index.ts';
import type { SimulationReport } from '../../policy/simulate/report.ts';
import type { ParsedSimulateRequest } from '../../policy/simulate/request.ts';
import { Simulation } from '../../policy/simulate/simulation.ts';
import { History } from '../../policy/suggest/history.ts';
import { suggest } from '../../policy/suggest/suggest.ts';
import type { Suggestions } from '../../policy/suggest/suggestion.ts';
import { isTruncated } from '../../store/recorded.ts';
import type { Caller } from '../gateway.ts';
import { permit } from '../permit.ts';
import type { SuggestionsOptions } from '../policy-tools-gateway.ts';
import { currentPolicy } from './policy-tools-explain.ts';

const DAY_MS = 86_400_000;
const MOST_ACTIONS = 100_000;

/** Stores in which somebody looks back just now: one at a time, so that decisions always find room. */
const busy = new WeakSet<DecideDeps['store']>();

/** What a candidate policy would have made of the actions on record. Changes nothing. Reviewers and admins only. */
export async function simulate(
  deps: DecideDeps,
  caller: Caller,
  request: ParsedSimulateRequest,
  signal: AbortSignal,
): Promise<SimulationReport> {
  permit(caller, 'policy.read.any');
  const candidate = candidateOf(request);
  const inForce = deps.policies.current();
  const { days, actions: most, limit, agent } = request;
  const window = { since: deps.now() - days * DAY_MS, most, agent };
  const simulation = new Simulation({ candidate, current: inForce.ok ? inForce.policy : null, engine: ENGINE, limit });
  return alone(deps, async () => {
    const { unreadable } = await forEachOnRecord(
      deps.store,
      window,
      ({ row, action }) => {
        const recorded = { outcome: row.outcome, status: row.status };
        simulation.take({ actionId: row.id, action, at: row.decided_at, recorded });
      },
      signal,
    );
    return simulation.report({ truncated: await isTruncated(deps.store, window), unreadable });
  });
}

/** What history and the inventory suggest for the policy in force. Changes nothing. Reviewers and admins only. */
export async function suggestions(
  deps: DecideDeps,
  caller: Caller,
  { days, least }: SuggestionsOptions,
  signal: AbortSignal,
): Promise<Suggestions> {
  permit(caller, 'policy.read.any');
  const policy = currentPolicy(deps);
  const window = { since: deps.now() - days * DAY_MS, most: MOST_ACTIONS };
  const history = new History();
  return alone(deps, async () => {
    await forEachOnRecord(
      deps.store,
      window,
      ({ row, action, judgement }) => history.take({ action, judgement, status: row.status }),
      signal,
    );
    for (const call of await knownCalls(deps.store)) {
      await readyFor(call);
      history.offer(call, ENGINE.weigh(call, policy, { now: deps.now() }).judgement);
    }
    return suggest(history, policy, { days, least, truncated: await isTruncated(deps.store, window) });
  });
}

async function alone<T>({ store }: DecideDeps, work: () => Promise<T>): Promise<T> {
  if (busy.has(store)) {
    throw new GateProblem('overloaded', 'Somebody looks through the record just now. Try again in a moment.');
  }
  busy.add(store);
  try {
    return await work();
  } finally {
    busy.delete(store);
  }
}

function candidateOf({ files, text }: ParsedSimulateRequest): Policy {
  const parsed = text === undefined ? parsePolicy(files ?? []) : policyFromText(text);
  if (parsed.ok) return parsed.policy;
  const errors: FieldError[] = parsed.problems.map((problem) => ({
    field: text === undefined ? '/files' : '/text',
    problem: formatProblem(problem),
    fix: problem.fix,
  }));
  throw new GateProblem('invalid_request', 'The candidate is no sound policy; see errors.', {}, errors);
}
