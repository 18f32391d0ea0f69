import type { ActionStatus, JsonObject } from '@gatehouse/sdk/contract';
import { ENGINE } from '../../../src/decide/trial.ts';
import type { Policy } from '../../../src/policy/index.ts';
import { formatProblem } from '../../../src/policy/index.ts';
import { History } from '../../../src/policy/suggest/history.ts';
import { suggest } from '../../../src/policy/suggest/suggest.ts';
import type { Suggestions } from '../../../src/policy/suggest/suggestion.ts';
import { readCases } from '../../../src/policy/testing/read-cases.ts';
import { runCases } from '../../../src/policy/testing/run-cases.ts';
import { actionOf, fileOf, NOON, outcomeOf, soundPolicy } from '../support/policies.ts';

const FILE = fileOf(
  [
    '{ id: reads, reason: r, match: { operation: read, target: orders }, effect: allow }',
    '{ id: ask-refunds, reason: r, match: { action: process_refund }, effect: require_approval }',
    '{ id: never-used, reason: r, match: { action: nobody_does_this }, effect: block }',
  ],
  'defaults: { unmatched: require_approval }',
);
const policy = soundPolicy({ 'a.yaml': FILE });

interface Happened {
  type: string;
  target?: string;
  context?: JsonObject;
  status?: ActionStatus;
}

function suggestions(happened: readonly Happened[], given: Policy = policy): Suggestions {
  const history = new History();
  for (const { type, target = 'orders', context = {}, status = 'succeeded' } of happened) {
    const action = actionOf(type, target, context, 'desk');
    history.take({ action, judgement: ENGINE.weigh(action, given, { now: NOON }).judgement, status });
  }
  return suggest(history, given, { days: 30, truncated: false, least: 3 });
}

const kinds = ({ suggestions: found }: Suggestions): string[] => found.map(({ kind }) => kind);
const refunds = (statuses: ActionStatus[]): Happened[] =>
  statuses.map((status, at) => ({ type: 'process_refund', context: { amount: 10 + at, currency: 'EUR' }, status }));

test('a capability that no rule covers gets a rule: reads are allowed, whatever else is asked about', () => {
  const found = suggestions([{ type: 'list_invoices', target: 'billing' }, { type: 'frobnicate' }]);
  expect(found.suggestions.filter(({ kind }) => kind === 'uncovered')).toMatchObject([
    {
      type: 'list_invoices',
      operation: 'read',
      count: 1,
      proposal: expect.stringContaining('effect: allow') as string,
    },
    { type: 'frobnicate', proposal: expect.stringContaining('effect: require_approval') as string },
  ]);
});

test('a rule that matched nothing is told of', () => {
  const unused = suggestions([{ type: 'get_order' }]).suggestions.filter(({ kind }) => kind === 'unused');
  expect(unused).toMatchObject([
    { rule: 'never-used', says: expect.stringContaining('blocks') as string },
    { rule: 'ask-refunds' },
  ]);
});

test('what people always granted is proposed within the bounds that were seen, and nothing beyond', () => {
  const found = suggestions(refunds(['succeeded', 'claimed', 'failed', 'succeeded']));
  const [granted] = found.suggestions;
  if (granted?.kind !== 'always-granted') throw new Error(JSON.stringify(found.suggestions));
  expect(granted).toMatchObject({ rule: 'ask-refunds', count: 4 });
  const exception = /!\(.*\)$/.exec(granted.exception ?? '')?.[0] ?? '';
  const narrowed = soundPolicy({
    'a.yaml': FILE.replace(
      'match: { action: process_refund }',
      `match: { action: process_refund }, when: '${exception}'`,
    ),
    'b.yaml': (found.file ?? '').replaceAll('mode: shadow', 'mode: enforce'),
  });
  const asked = (context: JsonObject) => outcomeOf(narrowed, actionOf('process_refund', 'orders', context, 'desk'));
  expect(asked({ amount: 12, currency: 'EUR' })).toBe('ALLOW');
  for (const beyond of [
    { amount: 14, currency: 'EUR' },
    { amount: 12, currency: 'USD' },
    { amount: 12, currency: 'EUR', more: 1 },
  ]) {
    expect(asked(beyond)).toBe('REQUIRE_APPROVAL');
  }
});

test.each([
  ['somebody refused it once', refunds(['succeeded', 'succeeded', 'succeeded', 'rejected']), []],
  ['people answered seldom', refunds(['succeeded', 'succeeded']), []],
  ['nobody answered', refunds(['expired', 'expired', 'expired']), []],
  [
    'people mostly refused it',
    refunds(['rejected', 'rejected', 'rejected', 'rejected', 'succeeded']),
    ['often-rejected'],
  ],
] as const)('an approval is not loosened where %s', (_name, happened, wanted) => {
  expect(kinds(suggestions(happened)).filter((kind) => kind !== 'unused')).toEqual(wanted);
});

test('what was granted and runs code, or differs too much, gets no bounds', () => {
  const texts = Array.from({ length: 8 }, (_, at) => ({
    type: 'process_refund',
    context: { amount: 1, note: `as told by customer ${String(at)}` },
  }));
  const [granted] = suggestions(texts).suggestions;
  expect(granted).toMatchObject({
    kind: 'always-granted',
    proposal: null,
    exception: null,
    says: expect.stringContaining('note differ too much') as string,
  });
});

test('the proposed file is a sound policy in shadow that changes nothing, and its cases pass beside the policy', () => {
  const found = suggestions([
    ...refunds(['succeeded', 'succeeded', 'succeeded']),
    { type: 'list_invoices', target: 'billing' },
  ]);
  const both = soundPolicy({ 'a.yaml': FILE, 'proposed.yaml': found.file ?? '' });
  expect(both.rules.filter(({ mode }) => mode === 'shadow')).toHaveLength(2);
  const cases = readCases([{ path: 'proposed.test.yaml', text: found.tests ?? '' }], both);
  if (!cases.ok) throw new Error(cases.problems.map(formatProblem).join('\n'));
  expect(runCases(cases.cases, both, ENGINE).map(({ passed }) => passed)).toEqual([true, true]);
});

test('what the inventory knows, nobody has done and no rule covers is suggested too', () => {
  const history = new History();
  for (const type of ['get_order', 'list_invoices']) {
    const call = actionOf(type, type === 'get_order' ? 'orders' : 'billing');
    history.offer(call, ENGINE.weigh(call, policy, { now: NOON }).judgement);
  }
  const { suggestions: found } = suggest(history, policy, { days: 30, truncated: false, least: 3 });
  expect(found).toMatchObject([
    {
      kind: 'uncovered',
      type: 'list_invoices',
      targets: ['billing'],
      count: 0,
      says: expect.stringContaining('the inventory knows') as string,
    },
  ]);
});

test('nothing is suggested out of nothing', () => {
  expect(suggestions([])).toMatchObject({ suggestions: [], file: null, tests: null, actions: 0 });
});
