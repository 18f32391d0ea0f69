import type { Explanation } from '../../policy/explain/explanation.ts';
import type { RuleTrace } from '../../policy/explain/rule-trace.ts';
import { formatTrace } from '../../policy/testing/format.ts';
import type { CardStyle } from '../card.ts';
import { Card } from '../card.ts';
import { escapeText } from '../../foreign/escape.ts';
import { columns } from '../layout.ts';
import { shadowRows } from '../shadow-rows.ts';

/** So many rules that nearly matched are shown unless all are wanted. */
const MOST_NEAR = 3;

/** An explanation for a person at a terminal: the decision, the rules, and what would alter it. */
export function explanationLines(explanation: Explanation, style: CardStyle, all: boolean): string[] {
  const { bold } = style.colors;
  const { rules, rulesLeftOut, notes } = explanation;
  const matched = rules.filter((rule) => rule.matched);
  const near = rules.filter((rule) => !rule.matched);
  const shown = all ? near : near.slice(0, MOST_NEAR);
  const others = rulesLeftOut + near.length - shown.length;
  return [
    ...decisionCard(explanation, style),
    ...section(bold('Rules that match'), traces(matched, true)),
    ...section(bold('Rules that nearly match'), traces(shown, all)),
    ...(others > 0 ? [`${String(others)} other ${others === 1 ? 'rule does' : 'rules do'} not match.`] : []),
    ...section(bold('What would change it'), changes(explanation)),
    ...notes.map((note) => escapeText(`Note: ${note}`)),
  ];
}

function decisionCard({ action, judgement, recorded }: Explanation, style: CardStyle): string[] {
  const card = new Card(style);
  const { outcome, reason, advice, matchedRule, matchedRules, riskScore, severity, riskFactors } = judgement;
  card.heading(outcome, reason);
  card.row('agent', action.agent);
  card.row('wants', action.type);
  card.row('on', action.target);
  if (recorded !== null) card.row('on record', `${recorded.outcome} at ${recorded.decidedAt}: ${recorded.reason}`);
  if (advice !== null) card.row('advice', advice);
  card.row('rule', matchedRule ?? 'none: what no rule matches gets the default');
  for (const { id, effect } of matchedRules) if (id !== matchedRule) card.row('', `${id} (${effect}) matches as well`);
  shadowRows(card, judgement);
  card.row('risk', `${String(riskScore)} of 100, ${severity}`);
  for (const { name, points, says } of riskFactors) {
    card.row('', `${points < 0 ? '' : '+'}${String(points)} ${name}: ${says}`);
  }
  const { operation, targetKind, environment, evidence } = judgement.classification;
  card.row('kind', `${operation}, ${targetKind}, environment ${environment}`);
  for (const { part, says } of evidence) card.row('', `${part}: ${says}`);
  card.row('policy', judgement.policyDigest);
  return card.finish();
}

function traces(rules: readonly RuleTrace[], all: boolean): string[] {
  return rules.flatMap((rule) => formatTrace(rule, '  ', all).map((line) => escapeText(line)));
}

function changes({ changes: found, complete }: Explanation): string[] {
  const rows = found.map(({ outcome, says, matchedRule }) => [
    outcome,
    escapeText(says),
    escapeText(matchedRule === null ? '(no rule)' : `(${matchedRule})`),
  ]);
  const bound = complete ? [] : ['  The search ended at its bound: there may be smaller ones.'];
  return [...(rows.length === 0 ? ['  Nothing that was tried.'] : columns(rows, '  ')), ...bound];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines];
}
