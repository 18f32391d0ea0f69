import type { Earlier, Rule, Traits } from '../policy/index.ts';
import { followed, MOST_EARLIER } from '../policy/index.ts';
import type { Store } from '../store/open.ts';
import type { EarlierRow } from '../store/session.ts';
import { readEarlier } from '../store/session.ts';
import type { JudgedAction } from './judge.ts';

/** Clocks of two gateways may be so far apart; what was asked for after an action by more than this is not earlier. */
const CLOCKS_APART_MS = 2_000;

/** The action that is asked about. Without `asked` everything on record came before it. */
export interface Subject {
  actionId: string;
  action: JudgedAction;
  now: number;
  /** When it was asked for, where that is over. */
  asked?: number;
}

/** Whether what the rules speak of came before the action, by the id of the rule. Reads nothing where none asks. */
export async function lookForEarlier(
  store: Store,
  { actionId, action, now, asked }: Subject,
  rules: readonly Rule[],
): Promise<Map<string, boolean>> {
  const found = new Map<string, boolean>();
  const from = asked ?? now;
  for (const per of ['session', 'agent'] as const) {
    const asking = rules.filter(({ after }) => after?.per === per);
    if (asking.length === 0) continue;
    const longest = Math.max(...asking.map(({ after }) => after?.withinSeconds ?? 0));
    const rows = await readEarlier(store, {
      agent: action.agent,
      session: per === 'session' ? action.session : undefined,
      butNot: actionId,
      since: from - longest * 1000,
      until: asked === undefined ? undefined : asked + CLOCKS_APART_MS,
      most: MOST_EARLIER + 1,
    });
    const earlier = rows.map(toEarlier);
    for (const { id, after } of asking) if (after !== null) found.set(id, followed(after, earlier, from));
  }
  return found;
}

function toEarlier({ type, target, status, traits_json: traits, requested_at: at }: EarlierRow): Earlier {
  return { type, target, status, traits: traits === null ? null : (JSON.parse(traits) as Traits), at };
}
