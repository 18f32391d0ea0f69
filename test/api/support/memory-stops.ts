import type { StopView } from '@gatehouse/sdk/contract';
import { EXAMPLES } from '../../../src/api/openapi/examples.ts';
import type { StopsGateway } from '../../../src/api/stops-gateway.ts';
import { GateProblem } from '../../../src/decide/problem.ts';

/** One emergency stop in memory. It stands in for the real ones only here. */
export function createMemoryStops(): StopsGateway {
  let stop: StopView = EXAMPLES.StopView;
  const peopleOnly = (role: string): void => {
    if (role === 'agent') throw new GateProblem('forbidden', 'Emergency stops are for people.');
  };
  const known = (id: string): void => {
    if (id !== stop.stopId) throw new GateProblem('not_found', `There is no stop ${id}.`);
  };
  return {
    async throw({ role, principal }, { scope, value = null, reason }) {
      peopleOnly(role);
      stop = { ...stop, scope, value, reason, thrownBy: principal };
      return stop;
    },
    async list({ role }) {
      peopleOnly(role);
      return { stops: [stop], nextCursor: null };
    },
    async show({ role }, id) {
      peopleOnly(role);
      known(id);
      return stop;
    },
    async actions({ role }, id) {
      peopleOnly(role);
      known(id);
      return EXAMPLES.StoppedActionList;
    },
    async lift({ role, principal }, id, { reason }) {
      peopleOnly(role);
      known(id);
      stop = { ...stop, inForce: false, liftedBy: principal, liftReason: reason, left: null };
      return stop;
    },
    inForce: () => [],
  };
}
