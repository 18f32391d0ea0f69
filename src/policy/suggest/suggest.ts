import type { Policy } from '../policy.ts';
import type { Group, History } from './history.ts';
import type { Proposal } from './proposals.ts';
import { proposeBlock, proposeCover, proposedFile, proposedTests, proposeGrant, ruleText } from './proposals.ts';
import type { Suggestion, Suggestions } from './suggestion.ts';

export interface SuggestOptions {
  /** How many days the history covers. */
  days: number;
  truncated: boolean;
  /** So often people must have answered before their answers say anything. */
  least: number;
}

const MOST_SUGGESTIONS = 100;
/** From this share of refusals on people mostly say no. */
const MOSTLY = 0.8;

/** What a history suggests for a policy. Pure; nothing of it changes a decision by itself. */
export function suggest(history: History, policy: Policy, options: SuggestOptions): Suggestions {
  const taken = new Set(policy.rules.map((rule) => rule.id));
  const proposals: Proposal[] = [];
  const propose = (proposal: Proposal | null): string | null => {
    if (proposal === null) return null;
    proposals.push(proposal);
    return ruleText(proposal);
  };
  const ids = new Set(policy.rules.map((rule) => rule.id));
  const suggestions = history
    .groups()
    .flatMap((group): Suggestion[] => {
      if (group.rule === null) return [uncovered(group, propose(proposeCover(group, taken)))];
      const answered = group.granted + group.rejected;
      if (answered < options.least || !ids.has(group.rule)) return [];
      if (group.rejected === 0) return [granted(group, group.rule, propose(proposeGrant(group, taken)))];
      if (group.rejected / answered < MOSTLY) return [];
      return [rejected(group, group.rule, propose(proposeBlock(group, taken)))];
    })
    .slice(0, MOST_SUGGESTIONS);
  const kept = proposals.slice(0, MOST_SUGGESTIONS);
  return {
    policyDigest: policy.digest,
    days: options.days,
    actions: history.actions,
    truncated: options.truncated,
    suggestions: [...suggestions, ...unused(history, policy, options.days)],
    file: kept.length === 0 ? null : proposedFile(kept, policy),
    tests: kept.length === 0 ? null : proposedTests(kept),
  };
}

function uncovered({ type, observed, last, count }: Group, proposal: string | null): Suggestion {
  const { outcome, classification } = last.judgement;
  const says =
    count === 0
      ? `No rule covers ${type}, which the inventory knows: the default alone would decide (${outcome}).`
      : `No rule covers ${type}: the default alone decided ${times(count)} (${outcome}).`;
  const targets = observed.targets ?? [];
  return { kind: 'uncovered', type, targets, operation: classification.operation, outcome, count, says, proposal };
}

function granted({ type, observed, granted: count }: Group, rule: string, proposal: string | null): Suggestion {
  const says = `People granted ${type} ${times(count)} when ${rule} asked, and never refused it.`;
  const open = observed.open.slice(0, 5);
  const why = open.length === 0 ? 'what it does or whom it reaches differs' : `${open.join(', ')} differ too much`;
  const condition = observed.condition();
  return {
    kind: 'always-granted',
    rule,
    type,
    count,
    says: proposal === null ? `${says} No bounds can be proposed: ${why}.` : says,
    exception:
      proposal === null || condition === null
        ? null
        : `${rule} still asks, for the strictest rule wins. To leave this out, add to its condition: ` +
          `!(action.type == ${JSON.stringify(type)} && ${condition})`,
    proposal,
  };
}

function rejected(group: Group, rule: string, proposal: string | null): Suggestion {
  const { type, granted: yes, rejected: no } = group;
  const count = yes + no;
  const says = `People refused ${type} ${String(no)} of ${times(count)} when ${rule} asked: block it, and say what to do instead.`;
  return { kind: 'often-rejected', rule, type, count, rejected: no, says, proposal };
}

function unused(history: History, policy: Policy, days: number): Suggestion[] {
  if (history.actions === 0) return [];
  return policy.rules
    .filter(({ id }) => history.hits(id) === 0)
    .slice(0, MOST_SUGGESTIONS)
    .map(({ id, effect }) => {
      const keep = effect === 'block' ? ' A rule that blocks may be there for the day when it is needed.' : '';
      return { kind: 'unused', rule: id, says: `${id} matched nothing in ${String(days)} days.${keep}` };
    });
}

function times(count: number): string {
  return count === 1 ? '1 time' : `${String(count)} times`;
}
