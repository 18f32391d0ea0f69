import { EXAMPLES } from '../../../src/api/openapi/examples.ts';
import type { Caller } from '../../../src/api/gateway.ts';
import type { PolicyToolsGateway } from '../../../src/api/policy-tools-gateway.ts';
import { GateProblem } from '../../../src/decide/problem.ts';

/** The policy tools of the examples. */
export function createMemoryPolicyTools(): PolicyToolsGateway {
  const { Explanation: explanation, SimulationReport: report, Suggestions: suggestions } = EXAMPLES;
  const forReaders = <T>(caller: Caller, answer: T): Promise<T> =>
    caller.role === 'agent'
      ? Promise.reject(new GateProblem('forbidden', 'An agent key cannot try policies out.'))
      : Promise.resolve(answer);
  return {
    explain: (caller, { agent }) =>
      caller.role === 'agent' && agent !== undefined
        ? Promise.reject(new GateProblem('forbidden', 'An agent key explains what it asks itself.'))
        : Promise.resolve(explanation),
    explanation: (_caller, actionId) => {
      const { actionId: known, decision: outcome, reason, policyDigest, decidedAt } = EXAMPLES.ActionView;
      if (actionId !== known) return Promise.reject(new GateProblem('not_found', `There is no action ${actionId}.`));
      return Promise.resolve({ ...explanation, recorded: { outcome, reason, policyDigest, decidedAt } });
    },
    simulate: (caller) => forReaders(caller, report),
    suggestions: (caller, { days }) => forReaders(caller, { ...suggestions, days }),
  };
}
