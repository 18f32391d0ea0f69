import { compileLimit, exceeds, takes, type LimitSource } from '../../src/policy/limits.ts';
import { inHindsight } from '../../src/policy/past.ts';
import { compileAfter, followed, MOST_EARLIER, type AfterSource, type Earlier } from '../../src/policy/sequence.ts';
import { fileOf, problemsOf } from './support/policies.ts';

const mails = compileLimit({ max: 20, per: 'agent', within: '1h', count: 'actions' });
const money = compileLimit({ max: 5000, per: 'team', within: '1d', sum: 'order.total' });

test.each([
  ['a count takes 1', mails, {}, 1],
  ['a sum takes its argument', money, { order: { total: 12.5 } }, 12.5],
  ['a missing amount cannot be told', money, { order: {} }, null],
  ['a text cannot be told', money, { order: { total: '12' } }, null],
  ['a negative amount cannot be told', money, { order: { total: -1 } }, null],
  ['a list on the way cannot be told', money, { order: [{ total: 1 }] }, null],
])('%s', (_name, limit, args, amount) => expect(takes(limit, args)).toBe(amount));

test('a limit is reached before it is exceeded, and says by how much', () => {
  expect(exceeds(mails, {}, 19)).toBeNull();
  expect(exceeds(mails, {}, 20)).toBe('20 of 20 actions of this agent in the last hour; this would be 21');
  expect(exceeds(money, { order: { total: 1000 } }, 4000)).toBeNull();
  expect(exceeds(money, { order: { total: 1000.5 } }, 4000)).toBe(
    '4,000 of 5,000 of order.total of this team in the last day; this would be 5,000.5',
  );
});

test('sums of decimals do not exceed by rounding', () => {
  const tenth = compileLimit({ max: 0.3, per: 'global', within: '1d', sum: 'n' });
  expect(exceeds(tenth, { n: 0.2 }, 0.1)).toBeNull();
});

test.each([
  ['what it would spend', money, { order: {} }, 0, /cannot be told/],
  ['what was spent before', mails, {}, undefined, /could not be told/],
])('a limit counts as exceeded where nobody can tell %s', (_name, limit, args, spent, says) => {
  expect(exceeds(limit, args, spent)).toMatch(says);
});

const NOW = Date.UTC(2026, 0, 7, 12);
const READ: Earlier = {
  type: 'getPatient',
  target: 'clinic',
  status: 'succeeded',
  traits: {
    operation: 'read',
    targetKind: 'database',
    environment: 'production',
    sensitivity: ['personal'],
    destructive: false,
    external: false,
  },
  at: NOW - 60_000,
};
const AFTER: AfterSource = { operation: 'read', sensitivity: 'personal', within: '1h' };

test.each<[string, AfterSource, Partial<Earlier>, boolean]>([
  ['what fits', AFTER, {}, true],
  ['what was longer ago', AFTER, { at: NOW - 3_600_001 }, false],
  ['what did something else', { ...AFTER, operation: 'write' }, {}, false],
  ['what touched something else', { ...AFTER, sensitivity: ['money', 'secrets'] }, {}, false],
  ['a name in another style', { action: 'get_*', within: '1h' }, {}, true],
  ['what was refused', AFTER, { status: 'blocked' }, false],
  ['what was refused, where that is asked for', { ...AFTER, outcome: 'refused' }, { status: 'rejected' }, true],
  ['what only waits, where it must have run', { ...AFTER, outcome: 'ran' }, { status: 'held' }, false],
  ['what nothing is known of', { operation: 'delete', destructive: true, within: '1h' }, { traits: null }, true],
])('an earlier action is looked for: %s', (_name, after, earlier, found) => {
  expect(followed(compileAfter(after), [{ ...READ, ...earlier }], NOW)).toBe(found);
});

test('too many earlier actions to look at count as found', () => {
  const others = Array.from({ length: MOST_EARLIER + 1 }, () => ({ ...READ, status: 'blocked' as const }));
  expect(followed(compileAfter(AFTER), others, NOW)).toBe(true);
  expect(followed(compileAfter(AFTER), others.slice(1), NOW)).toBe(false);
});

describe('a rule in the light of the past', () => {
  const sequence = { effect: 'block' as const, limit: null, after: compileAfter(AFTER) };
  const both = { ...sequence, limit: mails };
  const past = (spent?: number, found?: boolean) => ({
    spent: new Map(spent === undefined ? [] : [['a', spent]]),
    followed: new Map(found === undefined ? [] : [['a', found]]),
  });

  it('applies when its sequence was found and its limit is exceeded', () => {
    expect(inHindsight('a', both, {}, past(20, true)).applies).toBe(true);
    expect(inHindsight('a', both, {}, past(19, true)).applies).toBe(false);
    expect(inHindsight('a', both, {}, past(20, false)).applies).toBe(false);
  });

  it('applies when nobody could look', () => {
    expect(inHindsight('a', sequence, {}, undefined)).toEqual({
      applies: true,
      says: 'what was done before could not be told',
    });
    expect(inHindsight('a', both, {}, undefined).applies).toBe(true);
  });

  it('never loosens: an override may have made it one that allows', () => {
    expect(inHindsight('a', { ...both, effect: 'allow' }, {}, past(100, true)).applies).toBe(false);
  });

  it('is not asked again where the action has its place in the budget', () => {
    expect(inHindsight('a', both, {}, { ...past(20, true), reserved: new Set(['a']) }).applies).toBe(false);
  });
});

test.each<[string, string, RegExp]>([
  [
    'a limit of a rule that allows',
    'limit: { max: 1, per: agent, within: 1h, count: actions }, effect: allow',
    /belongs to rules that block or ask/,
  ],
  [
    'a limit of nothing',
    'limit: { max: 1, per: agent, within: 1h }, effect: block',
    /needs either count: actions or sum/,
  ],
  [
    'a window of two months',
    'limit: { max: 1, per: agent, within: 62d, count: actions }, effect: block',
    /at most 31d/,
  ],
  [
    'a sequence of a rule that allows',
    'after: { operation: read, within: 1h }, effect: allow',
    /belongs to rules that block or ask/,
  ],
  ['a sequence after anything', 'after: { within: 1h, per: agent }, effect: block', /must say which earlier action/],
])('%s is refused when the policy loads', (_name, rest, message) => {
  const text = fileOf([`{ id: a, reason: r, match: { action: x }, ${rest} }`]);
  expect(problemsOf({ 'a.yaml': text }).join('\n')).toMatch(message);
});

test('a limit is what its file says', () => {
  const source: LimitSource = { max: 3, per: 'session', within: '90s', sum: 'a.b' };
  expect(compileLimit(source)).toEqual({ max: 3, per: 'session', withinSeconds: 90, sum: ['a', 'b'] });
});
