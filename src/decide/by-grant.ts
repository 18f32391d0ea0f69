import type { JsonObject, Judgement } from '@gatehouse/sdk/contract';
import { GrantSpentError, readGrant, readLiveGrants, type GrantRow, type GrantUse } from '../store/grants.ts';
import type { DecideDeps } from './deps.ts';
import { grantFits } from './grant-fits.ts';

/** What a standing permission is looked for. */
interface Asked {
  agent: string;
  type: string;
  target: string;
  context: JsonObject;
}

/** A judgement after standing permissions had their say, with the use of the one that answered. */
export interface Answered {
  judgement: Judgement;
  use: GrantUse | undefined;
}

/**
 * Has an action written with the answer of a standing permission where one answers. `write` is run again when somebody
 * else had the last use of that one meanwhile; without any it is told what was judged, unchanged.
 *
 * @param mayAsk false where people are not asked whatever happens: then nothing is looked for
 */
export async function answeredByGrant<T>(
  deps: DecideDeps,
  asked: Asked,
  { at, mayAsk }: { at: number; mayAsk: boolean },
  write: (answer: (judgement: Judgement) => Answered) => Promise<T>,
): Promise<T> {
  let grants = mayAsk ? await readLiveGrants(deps.store, asked, at) : [];
  for (;;) {
    try {
      return await write((judgement) => answerOf(grants, judgement, asked.context, at));
    } catch (error) {
      if (!(error instanceof GrantSpentError)) throw error;
      grants = grants.filter(({ id }) => id !== error.grantId);
    }
  }
}

function answerOf(grants: readonly GrantRow[], judgement: Judgement, context: JsonObject, at: number): Answered {
  const limits = judgement.approval?.grants ?? null;
  const grant = grants.find((each) => grantFits(each, judgement, context, at));
  if (grant === undefined || limits === null) return { judgement, use: undefined };
  return { judgement: permittedBy(grant, judgement), use: { grantId: grant.id, most: limits.uses, at } };
}

function permittedBy({ id, name, given_by: givenBy }: GrantRow, judgement: Judgement): Judgement {
  return {
    ...judgement,
    outcome: 'ALLOW',
    reason: `${givenBy} has given a standing permission for this (${name}). It would be asked for: ${judgement.reason}`,
    approval: null,
    advice: null,
    grant: { id, name, givenBy },
  };
}

/**
 * Whether the permission that answered an action answers another policy's judgement of it too, while the action has not
 * run yet. Its use is counted already.
 */
export async function stillGranted(
  deps: DecideDeps,
  base: Judgement,
  now: Judgement,
  context: JsonObject,
): Promise<boolean> {
  const granted = base.outcome === 'ALLOW' ? base.grant : null;
  if (!granted) return false;
  const grant = await readGrant(deps.store, granted.id);
  return grant?.revoked_at === null && grantFits(grant, now, context, deps.now());
}
