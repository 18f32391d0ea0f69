import type { Past, Policy } from '../policy/index.ts';
import { readSpent } from '../store/budgets.ts';
import type { Store } from '../store/open.ts';
import { lookForEarlier, type Subject } from './earlier.ts';
import type { Situation } from './judge.ts';
import { needsOf, pastOf, queriesOf } from './needs.ts';
import { ENGINE } from './trial.ts';

/** What the rules of a policy find of the past of an action, without writing anything; undefined where none asks. */
export async function lookBack(
  store: Store,
  subject: Subject,
  policy: Policy,
  situation: Situation,
): Promise<Past | undefined> {
  if (!policy.looksBack) return undefined;
  const { lookedBack } = ENGINE.weigh(subject.action, policy, situation);
  const followed = await lookForEarlier(store, subject, lookedBack);
  const needs = needsOf(lookedBack, subject.action, followed);
  const queries = queriesOf(needs, subject.now);
  const spent = await store.db.transaction().execute((tx) => readSpent(tx, queries, subject.actionId));
  return pastOf(needs, spent, followed);
}
