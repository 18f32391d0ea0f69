import type { JsonObject } from '@gatehouse/sdk/contract';
import fc from 'fast-check';
import { ENGINE } from '../../../src/decide/trial.ts';
import type { Edit } from '../../../src/policy/explain/asked.ts';
import { argumentEdits } from '../../../src/policy/explain/argument-edits.ts';
import { askerEdits } from '../../../src/policy/explain/asker-edits.ts';
import { constantsOf } from '../../../src/policy/explain/constants.ts';
import { targetEdits } from '../../../src/policy/explain/environment-edits.ts';
import { explain } from '../../../src/policy/explain/explain.ts';
import type { Explanation } from '../../../src/policy/explain/explanation.ts';
import { timeEdits } from '../../../src/policy/explain/time-edits.ts';
import type { Policy } from '../../../src/policy/index.ts';
import type { Situation, TriedAction } from '../../../src/policy/trial.ts';
import { baseline } from '../../decide/baseline.ts';
import { actionOf, fileOf, NOON, outcomeOf, soundPolicy } from '../support/policies.ts';

const explained = (policy: Policy, action: TriedAction, situation: Partial<Situation> = {}): Explanation =>
  explain({ action, situation: { now: NOON, ...situation } }, policy, ENGINE, { asker: true });
const shortly = ({ changes }: Explanation): string[] => changes.map(({ outcome, says }) => `${outcome}: ${says}`);

const shop = soundPolicy({
  'a.yaml': fileOf([
    '{ id: small, reason: r, match: { action: process_refund }, when: "args.amount <= 250 && args.currency in [\\"EUR\\", \\"USD\\"]", effect: allow }',
    '{ id: large, reason: r, match: { action: process_refund }, when: args.amount > 250, effect: require_approval }',
    '{ id: huge, reason: r, match: { action: process_refund }, when: args.amount > 9000, effect: block }',
    '{ id: trainees, reason: r, match: { action: process_refund, team: trainees }, effect: require_approval }',
    "{ id: nights, reason: r, match: { action: process_refund, during: { from: '20:00', to: '06:00' } }, effect: block }",
  ]),
});

test('every rule that matched is told with each of its parts, and the values that its condition saw', () => {
  const { rules, judgement, rulesLeftOut } = explained(
    shop,
    actionOf('process_refund', 'shop', { amount: 300, currency: 'EUR' }),
  );
  expect(judgement.outcome).toBe('REQUIRE_APPROVAL');
  expect(rules[0]).toMatchObject({
    id: 'large',
    decisive: true,
    matched: true,
    parts: [{ key: 'action', wanted: 'process_refund', actual: 'process_refund', holds: true }],
    condition: { truth: 'true', values: [{ name: 'args.amount', value: 300 }] },
    place: { file: 'a.yaml' },
  });
  const small = rules.find(({ id }) => id === 'small');
  expect(small).toMatchObject({
    matched: false,
    condition: {
      truth: 'false',
      parts: [
        { text: 'args.amount <= 250', truth: 'false' },
        { text: 'args.currency in ["EUR", "USD"]', truth: 'true' },
      ],
    },
  });
  expect(rules.length + rulesLeftOut).toBe(shop.rules.length);
});

test('the smallest changes are told: another number, another word, another time', () => {
  expect(shortly(explained(shop, actionOf('process_refund', 'shop', { amount: 300, currency: 'EUR' })))).toEqual(
    expect.arrayContaining([
      'ALLOW: context.amount at most 250',
      'BLOCK: context.amount at least 9,001',
      'BLOCK: at Wed 07 Jan 20:00 UTC',
    ]),
  );
  expect(shortly(explained(shop, actionOf('process_refund', 'shop', { amount: 20, currency: 'JPY' })))).toEqual(
    expect.arrayContaining(['ALLOW: context.currency "EUR"']),
  );
});

test('where one change is not enough, two are told', () => {
  const { changes } = explained(shop, actionOf('process_refund', 'shop', { amount: 300, currency: 'JPY' }));
  const allowing = changes.filter(({ outcome }) => outcome === 'ALLOW');
  expect(allowing[0]?.edits.map(({ part }) => part).sort()).toEqual(['context.amount', 'context.currency']);
});

test('who asks is left out for those who cannot change it', () => {
  const asker = { team: 'trainees', roles: [], tags: [] };
  const asked = {
    action: { ...actionOf('process_refund', 'shop', { amount: 20, currency: 'EUR' }), asker },
    situation: { now: NOON },
  };
  const parts = (askers: boolean): string[] =>
    explain(asked, shop, ENGINE, { asker: askers }).changes.flatMap(({ edits }) => edits.map(({ part }) => part));
  expect(parts(false).filter((part) => part.startsWith('agent'))).toEqual([]);
});

test('what was not looked up is noted', () => {
  const budget = soundPolicy({
    'a.yaml': fileOf([
      '{ id: few, reason: r, match: { action: x }, limit: { count: actions, max: 1, per: agent, within: 1h }, effect: block }',
    ]),
  });
  expect(explained(budget, actionOf('x', 'y')).notes).toEqual([expect.stringMatching(/were not looked up.*: few\.$/)]);
  const known = { spent: new Map([['few', 0]]), followed: new Map<string, boolean>() };
  const { notes, rules } = explained(budget, actionOf('x', 'y'), { past: known });
  expect(notes).toEqual([]);
  expect(rules[0]).toMatchObject({ matched: false, past: 'the budget is not used up' });
});

const amounts = fc.oneof(
  fc.integer({ min: 0, max: 20_000 }),
  fc.double({ min: 0, max: 20_000, noNaN: true }),
  fc.constant('12,000'),
);
const contexts = fc.record(
  {
    amount: amounts,
    count: fc.integer({ min: 0, max: 5000 }),
    currency: fc.constantFrom('EUR', 'JPY'),
    to: fc.array(fc.constantFrom('a@x.io', 'b@x.io'), { maxLength: 14 }),
    all: fc.boolean(),
    environment: fc.constantFrom('staging', 'production'),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<JsonObject>;
const types = fc.constantFrom(
  'process_refund',
  'delete_records',
  'send_email',
  'update_record',
  'get_patient',
  'frobnicate',
);
const targets = fc.constantFrom('production_database', 'staging_database', 'shop', 'mail');

/** All edits that a search may try, by how they are told. */
function editsOf(policy: Policy, action: TriedAction): Map<string, Edit> {
  const constants = constantsOf(policy);
  const outcome = (edit: Edit) => ENGINE.weigh(...weighed(edit, policy, action)).judgement.outcome;
  const all = [
    ...targetEdits(action.target),
    ...argumentEdits(action.context, constants, outcome),
    ...askerEdits(action, constants),
    ...timeEdits({ action, situation: { now: NOON } }, constants.time),
  ];
  return new Map(all.map((edit) => [edit.says, edit]));
}

function weighed(edit: Edit, policy: Policy, action: TriedAction): Parameters<typeof ENGINE.weigh> {
  const { action: changed, situation } = edit.apply({ action, situation: { now: NOON } });
  return [changed, policy, situation];
}

test('each single change that is told gives, when it is made, exactly the outcome that is told', () => {
  const { policy } = baseline();
  let seen = 0;
  fc.assert(
    fc.property(fc.constantFrom(policy, shop), types, targets, contexts, (policyOf, type, target, context) => {
      const action = actionOf(type, target, context);
      const { changes, judgement } = explained(policyOf, action);
      const edits = editsOf(policyOf, action);
      for (const change of changes) {
        expect(change.outcome).not.toBe(judgement.outcome);
        const [first, second] = change.edits;
        const edit = edits.get(first?.says ?? '');
        if (second !== undefined || edit === undefined) continue;
        seen += 1;
        const [changed, , situation] = weighed(edit, policyOf, action);
        expect(outcomeOf(policyOf, changed, situation)).toBe(change.outcome);
      }
    }),
    { numRuns: 25 },
  );
  expect(seen).toBeGreaterThan(0);
});

test('an explanation never throws and its search is bounded, whatever the arguments are', () => {
  fc.assert(
    fc.property(types, targets, fc.dictionary(fc.string(), fc.jsonValue()), (type, target, context) => {
      const { tried } = explained(shop, actionOf(type, target, context as JsonObject));
      expect(tried).toBeLessThanOrEqual(2000);
    }),
    { numRuns: 25 },
  );
});
