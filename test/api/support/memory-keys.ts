import type { Caller } from '../../../src/api/gateway.ts';
import type { KeysGateway } from '../../../src/api/keys-gateway.ts';
import { EXAMPLES } from '../../../src/api/openapi/examples.ts';
import { permit } from '../../../src/api/permit.ts';
import { GateProblem } from '../../../src/decide/problem.ts';

const NOW = '2026-02-03T12:00:00.000Z';

/** One key in memory. It stands in for the real ones only here. */
export function createMemoryKeys(): KeysGateway {
  const { KeyView: key, MadeKey: made } = EXAMPLES;
  const known = (caller: Caller, id: string): void => {
    permit(caller, 'key.manage');
    if (id !== key.keyId) throw new GateProblem('not_found', `There is no key ${id}: see GET /api/v1/keys.`);
  };
  return {
    async list(caller) {
      permit(caller, 'key.read');
      return EXAMPLES.KeyList;
    },
    async make(caller, { role, name }) {
      permit(caller, role === 'admin' || role === 'owner' ? 'key.manage.admin' : 'key.manage');
      return { ...made, role, name };
    },
    async rotate(caller, id) {
      known(caller, id);
      return { ...made, keyId: '0c3d5e7f9a1b2c4d' };
    },
    async revoke(caller, id) {
      known(caller, id);
      return { ...key, revokedAt: NOW, live: false };
    },
    async principals(caller) {
      permit(caller, 'key.read');
      return EXAMPLES.PrincipalList;
    },
  };
}
