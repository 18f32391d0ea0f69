import { REMEMBERED_MS } from '../access/revocation.ts';
import type { Store } from '../store/open.ts';
import { disabledAmong, findPrincipal, knowPrincipal, LONGEST_CHAIN } from '../store/principals.ts';
import type { Standing } from '../store/principals.ts';
import { UnusableClaim, type ClaimedAgent } from './agent-claims.ts';
import type { Caller } from './gateway.ts';

const MOST_REMEMBERED = 1_000;

interface Known {
  standing: Standing | null;
  isChainDisabled: boolean;
  until: number;
}

/**
 * Puts what a token says of an agent together with what is on record of it, where the operator's word stands over the issuer's.
 * An agent that comes for the first time is known from then on. What is on record is remembered for less than a second.
 */
export function createAgentsOnRecord(store: Store): (claimed: ClaimedAgent) => Promise<Caller> {
  const remembered = new Map<string, Known>();

  const look = async ({ principal, chain }: ClaimedAgent): Promise<Known> => {
    const named = JSON.stringify([principal, chain]);
    const known = remembered.get(named);
    const asked = performance.now();
    if (known !== undefined && asked < known.until) return known;
    await knowPrincipal(store.db, { name: principal, kind: 'agent', at: Date.now() });
    const standing = await findPrincipal(store, principal);
    const isChainDisabled = standing?.isChainDisabled === true || (await disabledAmong(store, chain));
    const found = { standing, isChainDisabled, until: asked + REMEMBERED_MS };
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    remembered.set(named, found);
    return found;
  };

  return async (claimed) => {
    const { standing, isChainDisabled } = await look(claimed);
    // Names are one space: whoever has one of a person or a service is no agent, whatever the issuer says.
    if (standing?.kind !== 'agent') throw new UnusableClaim('names as the agent who is none here');
    if (standing.disabledAt !== null) throw new UnusableClaim('is for an agent that is disabled here');
    if (isChainDisabled) throw new UnusableClaim('is for an agent that acts for somebody who is disabled here');
    const chain = [...new Set([...claimed.chain, ...standing.chain])].filter((name) => name !== claimed.principal);
    if (chain.length > LONGEST_CHAIN) {
      throw new UnusableClaim(`has more than ${String(LONGEST_CHAIN)} behind the agent`);
    }
    return {
      ...claimed,
      owner: standing.owner ?? claimed.owner,
      team: standing.team ?? claimed.team,
      environment: standing.environment ?? claimed.environment,
      tags: [...new Set([...claimed.tags, ...standing.tags])],
      chain,
    };
  };
}
