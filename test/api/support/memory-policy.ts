import { EXAMPLES } from '../../../src/api/openapi/examples.ts';
import type { PolicyGateway } from '../../../src/api/policy-gateway.ts';
import { GateProblem } from '../../../src/decide/problem.ts';

/** The policy of the examples; whatever loosens it must say so. */
export function createMemoryPolicy(): PolicyGateway {
  const { PolicyState: state, PolicyVersionList: list, PolicyVersionView: version } = EXAMPLES;
  return {
    state: (caller) => {
      if (caller.role !== 'agent') return Promise.resolve(state);
      return Promise.reject(new GateProblem('forbidden', 'An agent key cannot read the policy.'));
    },
    versions: (_caller, { limit }) => Promise.resolve({ ...list, versions: list.versions.slice(0, limit) }),
    version: (_caller, digest) => {
      if (version.digest.startsWith(digest)) return Promise.resolve(version);
      return Promise.reject(new GateProblem('not_found', `No policy of the digest ${digest} was ever in force here.`));
    },
    activate: (caller, { reason }) => {
      if (caller.role !== 'admin') {
        return Promise.reject(new GateProblem('forbidden', 'Only an admin key can change the policy in force.'));
      }
      const activation = {
        seq: 3,
        digest: version.digest,
        previous: state.digest,
        pinned: true,
        by: `admin:${caller.principal}`,
        reason,
        at: '2026-02-03T10:00:00.000Z',
        loosened: [],
      };
      return Promise.resolve({ ...state, digest: version.digest, pinned: true, activation });
    },
  };
}
