import { severityOf } from '../../risk/index.ts';
import { isEmptyWindow } from '../during.ts';
import { asList } from '../match.ts';
import type { MatchSource } from '../match-schema.ts';
import type { FinalRule } from '../overrides.ts';
import type { Path } from '../source-map.ts';
import type { Finding } from './finding.ts';

interface Impossible {
  path: Path;
  why: string;
}

/** Rules that can never match, and parts of rules that say nothing. */
export function findNever(rules: readonly FinalRule[]): Finding[] {
  return rules.flatMap((rule) => {
    const { match, effect } = rule.source;
    const never = [...impossible(match), ...neverAllows(match, effect)].map(({ path, why }) => ({
      rule,
      path,
      message: `the rule ${rule.id} can never match: ${why}`,
      fix: 'change it, or remove the rule',
    }));
    return [...never, ...findEmptyWindow(rule), ...findConstant(rule)];
  });
}

function impossible(match: MatchSource): Impossible[] {
  const found: Impossible[] = [];
  const operations = match.operation === undefined ? null : asList(match.operation);
  const only = (operation: string): boolean => operations?.every((one) => one === operation) === true;
  if (only('read') && match.destructive === true) {
    found.push({ path: ['match', 'destructive'], why: 'what only reads is not destructive' });
  }
  if (match.destructive === true && match.reversible === true) {
    found.push({ path: ['match', 'reversible'], why: 'what is destructive is not reversible' });
  }
  if (only('unknown') && match.reversible === true) {
    found.push({ path: ['match', 'reversible'], why: 'what an unknown operation does is not known to be reversible' });
  }
  if (match.risk !== undefined && !hasScore(match)) {
    const why = match.severity === undefined ? 'no score is below 0' : 'no score of that risk has this severity';
    found.push({ path: ['match', 'risk'], why });
  }
  return found;
}

/** Whether there is a score from 0 to 100 of that risk and that severity. */
function hasScore({ risk = {}, severity }: MatchSource): boolean {
  const { atLeast = 0, below = Infinity } = risk;
  const severities = severity === undefined ? null : asList(severity);
  return [atLeast, ...Array.from({ length: 101 }, (_, score) => score)].some(
    (score) => score >= atLeast && score < below && severities?.includes(severityOf(score)) !== false,
  );
}

function neverAllows(match: MatchSource, effect: string): Impossible[] {
  const unknownOnly = match.operation !== undefined && asList(match.operation).every((one) => one === 'unknown');
  const names = asList(match.action ?? []).some((pattern) => !pattern.includes('*'));
  if (effect !== 'allow' || !unknownOnly || names) return [];
  const why = 'an unknown operation is allowed only by a rule that writes the type of the action in full';
  return [{ path: ['match'], why }];
}

function findEmptyWindow(rule: FinalRule): Finding[] {
  const { during } = rule.source.match;
  if (during === undefined || !isEmptyWindow(during)) return [];
  const then = during.outside === true ? 'is always closed, so `during` says nothing' : 'is never open';
  const message = `the window of the rule ${rule.id} opens and closes at the same time: it ${then}`;
  return [{ rule, path: ['match', 'during'], message, fix: 'give from and to different times' }];
}

function findConstant(rule: FinalRule): Finding[] {
  const { constant } = rule;
  if (constant === undefined || constant === null) return [];
  const message = constant
    ? `the condition of the rule ${rule.id} is always true`
    : `the rule ${rule.id} can never match: its condition is always false`;
  return [
    { rule, path: ['when'], message, fix: constant ? 'remove when' : 'change the condition, or remove the rule' },
  ];
}
