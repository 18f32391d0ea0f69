import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '@gatehouse/sdk/contract';
import { judgementSchema, plainTerms } from '@gatehouse/sdk/contract';
import { parse } from 'yaml';
import { action, baseline, judge, rules } from './baseline.ts';

type Row = [type: string, target: string, context: JsonObject, outcome: string, rule?: string | null];
const cases = parse(readFileSync(join(__dirname, 'judge-cases.yaml'), 'utf8')) as Record<string, Row[]>;

describe.each(Object.entries(cases))('the baseline on %s', (_group, rows) => {
  const policy = baseline();
  test.each(rows)('%s on %s with %j is %s', (type, target, context, outcome, ...rule) => {
    const judgement = judge(action(type, target, context), policy);
    expect(judgement).toMatchObject({ outcome, ...(rule.length > 0 ? { matchedRule: rule[0] } : {}) });
    expect(judgementSchema.parse(judgement)).toEqual(judgement);
  });
});

describe('risk thresholds', () => {
  const allow = '  - { id: allow-deletes, reason: fine, match: { action: delete_records }, effect: allow }';
  const dangerous = action('delete_records', 'production_database', { count: 1500 });

  test('hold what the rules allow', () => {
    const judgement = judge(dangerous, rules(allow, 'riskThresholds: { requireApproval: 70 }'));
    expect(judgement).toMatchObject({ outcome: 'REQUIRE_APPROVAL', matchedRule: 'risk-threshold' });
    expect(judgement.matchedRules.map((rule) => rule.id)).toEqual(['risk-threshold', 'allow-deletes']);
    expect(judgement.approval).toEqual(plainTerms(86_400));
  });

  test('block what the rules allow', () => {
    const judgement = judge(dangerous, rules(allow, 'riskThresholds: { requireApproval: 50, block: 90 }'));
    expect(judgement).toMatchObject({ outcome: 'BLOCK', matchedRule: 'risk-threshold', approval: null });
  });

  test('never loosen: an action below them that no rule covers gets the default', () => {
    const judgement = judge(
      action('frobnicate', 'x'),
      rules(allow, 'unmatched: block, riskThresholds: { requireApproval: 1 }'),
    );
    expect(judgement).toMatchObject({ outcome: 'BLOCK', matchedRule: null });
    expect(judgement.reason).toContain('No rule covers frobnicate on x');
  });
});

test('the shortest terms of all rules that ask are taken', () => {
  const judgement = judge(
    action('send_email', 'mail'),
    rules(`
  - { id: a, reason: a, match: { action: 'send_*' }, effect: require_approval, approval: { expiresIn: 30m } }
  - { id: b, reason: b, match: { action: send_email }, effect: require_approval, approval: { expiresIn: 10m } }`),
  );
  expect(judgement.approval).toEqual(plainTerms(600));
});
