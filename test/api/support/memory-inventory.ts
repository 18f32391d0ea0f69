import type { Caller } from '../../../src/api/gateway.ts';
import type { InventoryGateway } from '../../../src/api/inventory-gateway.ts';
import { EXAMPLES } from '../../../src/api/openapi/examples.ts';
import { GateProblem } from '../../../src/decide/problem.ts';

/** An inventory of one capability, with the rules of the real one about who may do what. */
export function createMemoryInventory(): InventoryGateway {
  const only = ({ role }: Caller, ...roles: readonly Caller['role'][]): void => {
    if (!roles.includes(role)) throw new GateProblem('forbidden', `This needs a key of: ${roles.join(', ')}.`);
  };
  const { id } = EXAMPLES.CapabilityDetail;
  return {
    async import(caller) {
      only(caller, 'admin');
      return EXAMPLES.ImportAnswer;
    },
    async accept(caller, { capabilities }) {
      only(caller, 'admin');
      const other = capabilities.find((one) => one.digest !== EXAMPLES.CapabilityDetail.digest);
      if (other !== undefined) throw new GateProblem('digest_mismatch', `${other.id} has changed: look at it again.`);
      return EXAMPLES.AcceptAnswer;
    },
    async list(caller) {
      only(caller, 'reviewer', 'admin');
      return EXAMPLES.CapabilityList;
    },
    async diff(caller) {
      only(caller, 'reviewer', 'admin');
      return EXAMPLES.InventoryDiff;
    },
    async show(caller, wanted) {
      only(caller, 'reviewer', 'admin');
      if (wanted !== id) throw new GateProblem('not_found', 'There is no capability of that id: check the id.');
      return EXAMPLES.CapabilityDetail;
    },
  };
}
