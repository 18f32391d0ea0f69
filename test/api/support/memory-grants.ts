import type { GrantView } from '@gatehouse/sdk/contract';
import type { Caller } from '../../../src/api/gateway.ts';
import type { GrantsGateway } from '../../../src/api/grants-gateway.ts';
import { EXAMPLES } from '../../../src/api/openapi/examples.ts';
import { GateProblem } from '../../../src/decide/problem.ts';

/** One standing permission in memory. It stands in for the real ones only here. */
export function createMemoryGrants(): GrantsGateway {
  let grant: GrantView = EXAMPLES.GrantView;
  const peopleOnly = ({ role }: Caller): void => {
    if (role === 'agent') throw new GateProblem('forbidden', 'Standing permissions are for reviewers and admins.');
  };
  const known = (id: string): void => {
    if (id !== grant.grantId) throw new GateProblem('not_found', `There is no standing permission ${id}.`);
  };
  return {
    async list(caller) {
      peopleOnly(caller);
      return { grants: [grant], nextCursor: null };
    },
    async show(caller, id) {
      peopleOnly(caller);
      known(id);
      return grant;
    },
    async revoke(caller, id) {
      peopleOnly(caller);
      known(id);
      grant = { ...grant, revokedBy: caller.principal, revokedAt: '2026-02-03T12:00:00.000Z', live: false };
      return grant;
    },
  };
}
