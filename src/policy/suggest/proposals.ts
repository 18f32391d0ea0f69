import type { Effect } from '@gatehouse/sdk/contract';
import { stringify } from 'yaml';
import { toSnake } from '../../classify/index.ts';
import type { Policy } from '../policy.ts';
import type { TriedAction } from '../trial.ts';
import type { Group } from './history.ts';

/** A rule that history proposes, with an action for which it was seen to matter. */
export interface Proposal {
  rule: { id: string; reason: string; match: Record<string, unknown>; when?: string; effect: Effect };
  example: TriedAction;
  outcome: string;
}

/** A rule for what no rule covers: people look, except at reads. */
export function proposeCover({ type, observed, last, count }: Group, taken: Set<string>): Proposal {
  const effect = last.judgement.classification.operation === 'read' ? 'allow' : 'require_approval';
  const { targets } = observed;
  const how = count === 0 ? 'the inventory knows it' : `it came ${times(count)}`;
  return {
    rule: {
      id: idFor(effect === 'allow' ? 'allow' : 'ask', type, taken),
      reason: `No rule covered this, and ${how}. Say why it is ${effect === 'allow' ? 'allowed' : 'held'}.`,
      match: { action: type, ...(targets === null ? {} : { target: oneOrAll(targets) }) },
      effect,
    },
    example: last.action,
    outcome: last.judgement.outcome,
  };
}

/** A rule that allows what was always granted, within the bounds that were seen; null where they cannot be told. */
export function proposeGrant({ type, observed, last, granted }: Group, taken: Set<string>): Proposal | null {
  const { targets, agents } = observed;
  const { operation } = last.judgement.classification;
  // What runs code or changes rights is never the same twice, however alike its arguments are.
  const alike = operation === 'read' || operation === 'write' || operation === 'delete';
  const when = observed.condition();
  if (!alike || targets === null || agents === null || when === null) return null;
  return {
    rule: {
      id: idFor('allow-usual', type, taken),
      reason: `People granted this ${times(granted)} and never refused it. Say why it is allowed within these bounds.`,
      match: { action: type, target: oneOrAll(targets), agent: oneOrAll(agents) },
      when,
      effect: 'allow',
    },
    example: last.action,
    outcome: last.judgement.outcome,
  };
}

/** A rule that blocks what people mostly refuse. */
export function proposeBlock({ type, observed, last, rejected, count }: Group, taken: Set<string>): Proposal {
  const { targets } = observed;
  return {
    rule: {
      id: idFor('never', type, taken),
      reason: `People refused this ${String(rejected)} of ${times(count)}. Say why, and what to do instead.`,
      match: { action: type, ...(targets === null ? {} : { target: oneOrAll(targets) }) },
      effect: 'block',
    },
    example: last.action,
    outcome: last.judgement.outcome,
  };
}

/** A rule as it stands in a file, in shadow. */
export function ruleText({ rule }: Proposal): string {
  return stringify({ ...rule, mode: 'shadow' }, { lineWidth: 100 });
}

/** A policy file with all proposals in shadow: as it is, it changes no decision. */
export function proposedFile(proposals: readonly Proposal[], policy: Policy): string {
  const head =
    '# Proposed from what happened. Everything here is in shadow: it is evaluated and recorded, and enforces nothing.\n' +
    '# Read each rule, write its reason, and take the line `mode: shadow` out once you want it enforced.\n' +
    `# Made for the policy ${policy.digest}\n`;
  const rules = proposals.map(({ rule }) => ({ ...rule, mode: 'shadow' }));
  return `${head}${stringify({ version: 1, name: 'proposed', rules }, { lineWidth: 100 })}`;
}

/** Cases for the proposed file: an action of each that was seen, what is decided today, and the rule that speaks up. */
export function proposedTests(proposals: readonly Proposal[]): string {
  const cases = proposals.map(({ rule, example, outcome }) => ({
    name: `${rule.id} speaks up, and ${outcome} stands while it is in shadow`,
    action: { type: example.type, target: example.target, context: example.context },
    agent: { name: example.agent },
    expect: { outcome, rules: [rule.id] },
  }));
  return stringify({ cases }, { lineWidth: 100 });
}

function oneOrAll(values: readonly string[]): string | readonly string[] {
  return values.length === 1 ? (values[0] ?? '') : values;
}

function times(count: number): string {
  return count === 1 ? 'once' : `${String(count)} times`;
}

function idFor(verb: string, type: string, taken: Set<string>): string {
  const words = toSnake(type.slice(0, 60))
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  const base = `${verb}-${words === '' ? 'action' : words}`;
  let id = base;
  for (let number = 2; taken.has(id); number += 1) id = `${base}-${String(number)}`;
  taken.add(id);
  return id;
}
