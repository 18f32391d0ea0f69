import type { ActionStatus, Outcome } from '@gatehouse/sdk/contract';
import { ENGINE } from '../../../src/decide/trial.ts';
import type { Policy } from '../../../src/policy/index.ts';
import type { SimulationReport } from '../../../src/policy/simulate/report.ts';
import { Simulation } from '../../../src/policy/simulate/simulation.ts';
import type { RecordedAction } from '../../../src/policy/simulate/simulation.ts';
import { actionOf, fileOf, NOON, soundPolicy } from '../support/policies.ts';

const READS = '{ id: reads, reason: r, match: { operation: read }, effect: allow }';
const DELETES = (effect: string, more = ''): string =>
  `{ id: deletes, reason: So it is., match: { operation: delete }, effect: ${effect}${more} }`;
const policyOf = (...rules: string[]): Policy => soundPolicy({ 'a.yaml': fileOf([READS, ...rules]) });
const DAY = 86_400_000;

let made = 0;
function past(
  type: string,
  outcome: Outcome,
  more: Partial<RecordedAction> = {},
  status: ActionStatus = 'succeeded',
): RecordedAction {
  made += 1;
  const action = actionOf(type, 'orders_database');
  return { actionId: `act_${String(made)}`, action, at: NOON + made * 1000, recorded: { outcome, status }, ...more };
}

function simulate(candidate: Policy, current: Policy | null, actions: RecordedAction[], limit = 10): SimulationReport {
  const simulation = new Simulation({ candidate, current, engine: ENGINE, limit });
  for (const one of actions) simulation.take(one);
  return simulation.report({ truncated: false, unreadable: 0 });
}

test('every verdict that would change is counted, gathered by kind, and listed up to the limit', () => {
  const actions = [
    past('get_order', 'ALLOW'),
    past('delete_order', 'REQUIRE_APPROVAL'),
    past('delete_order', 'REQUIRE_APPROVAL'),
  ];
  const report = simulate(policyOf(DELETES('block')), policyOf(DELETES('require_approval')), actions, 1);
  expect(report).toMatchObject({
    baseline: 'current',
    actions: 3,
    changed: 2,
    matrix: [
      { from: 'ALLOW', to: 'ALLOW', count: 1 },
      { from: 'REQUIRE_APPROVAL', to: 'BLOCK', count: 2 },
    ],
    groups: [
      { type: 'delete_order', from: 'REQUIRE_APPROVAL', to: 'BLOCK', fromRule: 'deletes', toRule: 'deletes', count: 2 },
    ],
    approvalsADay: { before: 2, after: 0, difference: -2 },
  });
  expect(report.changes).toMatchObject([
    { type: 'delete_order', candidate: { outcome: 'BLOCK', reason: 'So it is.' } },
  ]);
});

test('how many more or fewer approvals a day there would be goes by the days that the actions span', () => {
  const actions = Array.from({ length: 8 }, (_, at) =>
    past('delete_order', 'ALLOW', { at: NOON + (at * 4 * DAY) / 7 }),
  );
  const report = simulate(policyOf(DELETES('require_approval')), policyOf(DELETES('allow')), actions);
  expect(report).toMatchObject({ days: 4, approvalsADay: { before: 0, after: 2, difference: 2 } });
});

test('what the record has otherwise than the policy in force is drift, and no change', () => {
  const same = policyOf(DELETES('block'));
  const report = simulate(same, same, [past('delete_order', 'REQUIRE_APPROVAL')]);
  expect(report).toMatchObject({
    changed: 0,
    drift: { changed: 1, matrix: [{ from: 'REQUIRE_APPROVAL', to: 'BLOCK', count: 1 }] },
  });
});

test('without a policy in force the record is what it is held against, and without a record nothing is', () => {
  const actions = [past('delete_order', 'REQUIRE_APPROVAL')];
  expect(simulate(policyOf(DELETES('block')), null, actions)).toMatchObject({ baseline: 'recorded', changed: 1 });
  const unknown = actions.map((one) => ({ ...one, recorded: null }));
  const report = simulate(policyOf(DELETES('block')), null, unknown);
  expect(report).toMatchObject({ baseline: 'none', changed: 0, matrix: [] });
  expect(report.notes.join()).toMatch(/no changes are counted/);
});

test('rules in shadow change nothing, and what they would change is counted apart', () => {
  const report = simulate(
    policyOf(
      DELETES('block', ', mode: shadow'),
      '{ id: ok, reason: r, match: { action: delete_order }, effect: allow }',
    ),
    policyOf('{ id: ok, reason: r, match: { action: delete_order }, effect: allow }'),
    [past('delete_order', 'ALLOW')],
  );
  expect(report).toMatchObject({
    changed: 0,
    shadow: { changed: 1, matrix: [{ from: 'ALLOW', to: 'BLOCK', count: 1 }] },
  });
});

test('budgets are replayed from what ran then, by agent and window', () => {
  const budget = policyOf(
    '{ id: two, reason: r, match: { action: send_email }, limit: { count: actions, max: 2, per: agent, within: 1h }, effect: block }',
    '{ id: mail, reason: r, match: { action: send_email }, effect: allow }',
  );
  const current = policyOf('{ id: mail, reason: r, match: { action: send_email }, effect: allow }');
  const mail = (minute: number, agent = 'a', status: ActionStatus = 'succeeded'): RecordedAction =>
    past(
      'send_email',
      'ALLOW',
      { at: NOON + minute * 60_000, action: actionOf('send_email', 'mail', {}, agent) },
      status,
    );
  const report = simulate(budget, current, [mail(0), mail(1), mail(2), mail(3, 'b'), mail(61), mail(62)]);
  expect(report.changes.map(({ at }) => new Date(at).getTime() - NOON)).toEqual([2 * 60_000]);
  const refused = simulate(budget, current, [mail(0), mail(1, 'a', 'rejected'), mail(2)]);
  expect(refused.changed).toBe(0);
  expect(report.notes.join()).toMatch(/Budgets and sequences are replayed/);
});

test('sequences are replayed within their session', () => {
  const rule =
    '{ id: leak, reason: r, match: { action: send_email }, after: { operation: read, within: 1h }, effect: block }';
  const mail = '{ id: mail, reason: r, match: { action: send_email }, effect: allow }';
  const inSession = (type: string, session: string): RecordedAction =>
    past(type, 'ALLOW', { action: { ...actionOf(type, 'mail'), session } });
  const report = simulate(policyOf(rule, mail), policyOf(mail), [
    inSession('get_order', 's1'),
    inSession('send_email', 's2'),
    inSession('send_email', 's1'),
  ]);
  expect(report).toMatchObject({ changed: 1, changes: [{ candidate: { outcome: 'BLOCK', rule: 'leak' } }] });
});

test('a policy tried against itself changes nothing', () => {
  const same = policyOf(DELETES('require_approval'));
  const types = ['get_order', 'delete_order', 'frobnicate', 'send_email'];
  const report = simulate(
    same,
    same,
    types.map((type) => past(type, 'ALLOW')),
  );
  expect(report).toMatchObject({ changed: 0, groups: [], changes: [], actions: 4 });
});
