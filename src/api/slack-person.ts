import { findKeyById, listKeys } from '../store/keys.ts';
import type { Store } from '../store/open.ts';
import type { Caller } from './gateway.ts';

/** Slack does not say when somebody signed in there last, so nothing counts as recent. */
export type SlackCaller = Caller & { authenticatedAt: 0 };

/**
 * Who a person is to the gate, by their name: with the role and the groups of their newest key that still holds. Null for
 * somebody who has none, and for an agent.
 */
export async function personBehind(store: Store, principal: string): Promise<SlackCaller | null> {
  const keys = await listKeys(store);
  const theirs = keys.filter((key) => key.principal === principal && key.role !== 'agent').reverse();
  for (const { id } of theirs) {
    const key = await findKeyById(store, id);
    if (key !== null) return { ...key, authenticatedAt: 0 };
  }
  return null;
}
