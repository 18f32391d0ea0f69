import type { JsonObject } from '@gatehouse/sdk/contract';
import { classify } from '../../src/classify/index.ts';
import { assessRisk, severityOf } from '../../src/risk/index.ts';

function assess(type: string, target: string, context: JsonObject = {}, agent = 'agent-1') {
  const action = { type, target, context };
  return assessRisk({ classification: classify(action), action, agent });
}

test('a read in staging is low, a large delete in production critical', () => {
  expect(assess('read_balance', 'staging_database').severity).toBe('low');
  expect(assess('delete_records', 'production_database', { count: 1500 })).toMatchObject({
    severity: 'critical',
    score: 95,
  });
});

test('the score is the sum of its named factors', () => {
  const { score, factors } = assess('process_refund', 'payments', { amount: 12_000 });
  expect(factors.map((factor) => factor.name)).toEqual([
    'operation',
    'target',
    'environment',
    'sensitivity.money',
    'amount',
  ]);
  expect(factors.reduce((sum, factor) => sum + factor.points, 0)).toBe(score);
});

test('more money, an amount that is unclear and an anonymous agent each add risk; nothing goes beyond 100', () => {
  const plain = assess('process_refund', 'payments', { amount: 50 }).score;
  expect(assess('process_refund', 'payments', { amount: 5000 }).score).toBeGreaterThan(plain);
  expect(assess('process_refund', 'payments', { amount: '5,000' }).score).toBeGreaterThan(plain);
  expect(assess('process_refund', 'payments', { amount: 50 }, 'anonymous').score).toBe(plain + 10);
  expect(assess('delete_all', 'prod_payment_secrets', { amount: 1e9, count: 1e9 }).score).toBe(100);
});

test.each([
  [0, 'low'],
  [24, 'low'],
  [25, 'medium'],
  [50, 'high'],
  [75, 'critical'],
  [100, 'critical'],
])('a score of %i is %s', (score, severity) => expect(severityOf(score)).toBe(severity));
