import { randomUUID } from 'node:crypto';
import type { JsonObject } from '@gatehouse/sdk/contract';
import type { Core } from '../../src/cli/serve/core.ts';
import { decide } from '../../src/decide/decide.ts';
import { toActionRequest } from '../../src/decide/request.ts';
import type { ActionRow } from '../../src/store/actions.ts';

/** One of many actions that an agent asks for. */
export interface Flooding {
  agent: string;
  type: string;
  target: string;
  context?: JsonObject;
}

/**
 * Has so many actions decided and put on record as the gateway does it, one after the other. No workflow waits for the
 * answers, so that hundreds take a moment.
 */
export async function flood(
  { store, policies }: Pick<Core, 'store' | 'policies'>,
  count: number,
  asking: (n: number) => Flooding,
): Promise<ActionRow[]> {
  const rows: ActionRow[] = [];
  const begin = Date.now();
  for (let n = 0; n < count; n += 1) {
    const { agent, type, target, context = { n } } = asking(n);
    const request = toActionRequest({
      ...{ actionId: `act_${randomUUID()}`, agent, type, target, context, requestedAt: begin },
      ...{ mode: 'permit', permitSeconds: 60, leaseSeconds: 60, executor: null },
    });
    rows.push(await decide({ store, policies, now: () => begin + n }, { request, by: 'gateway', claimId: null }));
  }
  return rows;
}
