import type { JWTPayload } from 'jose';
import { z } from 'zod';
import { LONGEST_CHAIN } from '../store/principals.ts';
import type { Caller } from './gateway.ts';

/** A claim that cannot stand on record. The message says which and why, after "the token". */
export class UnusableClaim extends Error {
  override readonly name = 'UnusableClaim';
}

/** An agent as its token describes it. */
export type ClaimedAgent = Caller & Required<Pick<Caller, 'owner' | 'team' | 'environment' | 'tags' | 'chain'>>;

/** Names of agents, as those of the holders of keys. */
const NAME = /^[A-Za-z0-9][\w.@+-]{0,99}$/;
const MOST_TAGS = 50;

const name = z.string().regex(NAME);
const factsSchema = z.object({
  team: name.nullish(),
  owner: name.nullish(),
  environment: name.nullish(),
  tags: z.array(name).max(MOST_TAGS).nullish(),
});

/**
 * The agent that a token is for, with what the token says of it.
 *
 * With a claim `act` (RFC 8693) the agent is the one that acts, and the chain is who it acts for: the token's subject, and those
 * who acted before.
 * @throws {UnusableClaim}
 */
export function agentOf(payload: JWTPayload, nameClaim: string): ClaimedAgent {
  const subject = nameIn(payload[nameClaim], nameClaim);
  // The first acts now, and the others have acted before, the latest first (RFC 8693, 4.1).
  const [principal = subject, ...before] = actorsIn(payload['act']);
  const chain = [...new Set([...before, subject])].filter((each) => each !== principal);
  const facts = factsSchema.safeParse(payload);
  if (!facts.success) {
    throw new UnusableClaim(
      `has a claim ${String(facts.error.issues[0]?.path[0])} that is no name, or no list of names`,
    );
  }
  const { team = null, owner = null, environment = null, tags } = facts.data;
  // INVARIANT: I5 an agent cannot approve.
  return { principal, role: 'agent', via: 'jwt', team, owner, environment, tags: tags ?? [], chain, groups: [] };
}

/** Who acts, then who acted before. */
function actorsIn(act: unknown): string[] {
  const actors: string[] = [];
  let actor = act;
  while (actor !== undefined && actor !== null) {
    if (typeof actor !== 'object') throw new UnusableClaim('has a claim act that is no object');
    if (actors.length > LONGEST_CHAIN) throw new UnusableClaim('has a claim act that is too deep');
    const { sub, act: before } = actor as { sub?: unknown; act?: unknown };
    actors.push(nameIn(sub, 'act.sub'));
    actor = before;
  }
  return actors;
}

function nameIn(value: unknown, claim: string): string {
  if (typeof value === 'string' && NAME.test(value)) return value;
  throw new UnusableClaim(
    `has a claim ${claim} that is no name: up to 100 letters, digits and . _ @ + -, a letter or digit first`,
  );
}
