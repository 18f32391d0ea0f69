import type { Meters } from '../observability/meters.ts';
import type { Gateway } from './gateway.ts';

/** The same gateway, with what passes through it counted. */
export function measuredGateway(gateway: Gateway, meters: Meters): Gateway {
  return {
    ...gateway,
    guard: async (...args) => {
      const from = performance.now();
      const result = await gateway.guard(...args);
      // A repeat tells what was decided before.
      if (!result.replayed) meters.decided(result.answer.decision, (performance.now() - from) / 1_000);
      return result;
    },
    verdict: async (caller, approvalId, given) => {
      const view = await gateway.verdict(caller, approvalId, given);
      meters.verdict(given.verdict);
      return view;
    },
  };
}
