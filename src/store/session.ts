import type { Selectable } from 'kysely';
import type { Store } from './open.ts';
import type { ActionsTable } from './schema.ts';

/** What is read of an earlier action. */
export type EarlierRow = Pick<
  Selectable<ActionsTable>,
  'type' | 'target' | 'status' | 'session' | 'traits_json' | 'requested_at'
>;

export interface EarlierQuery {
  agent: string;
  /** Only what belongs to this session or to none; undefined for all that the agent did. */
  session?: string | undefined;
  /** The action that is asked about. */
  butNot: string;
  /** From and until when it was asked for, in milliseconds since the epoch. */
  since: number;
  until?: number | undefined;
  /** How many are read at most. */
  most: number;
}

/** What the agent asked for before, the newest first, and at most so many. */
export async function readEarlier(store: Store, query: EarlierQuery): Promise<EarlierRow[]> {
  const { session, most } = query;
  const all = await select(store, query).execute();
  if (session === undefined) return all;
  if (all.length < most) return all.filter((row) => row.session === session || row.session === null);
  // A busy agent: its other sessions must not push this one out of sight.
  const [ofSession, ofNone] = await Promise.all([
    select(store, query).where('session', '=', session).execute(),
    select(store, query).where('session', 'is', null).execute(),
  ]);
  return [...ofSession, ...ofNone].sort((a, b) => b.requested_at - a.requested_at).slice(0, most);
}

function select(store: Store, { agent, butNot, since, until, most }: EarlierQuery) {
  const found = store.db
    .selectFrom('actions')
    .select(['type', 'target', 'status', 'session', 'traits_json', 'requested_at'])
    .where('agent', '=', agent)
    .where('requested_at', '>=', since)
    .where('id', '!=', butNot)
    .orderBy('requested_at', 'desc')
    .limit(most);
  return until === undefined ? found : found.where('requested_at', '<=', until);
}
