import { stringify } from 'yaml';
import { formatProblem, loosenings, parsePolicy, type Policy } from '../../src/policy/index.ts';

const rule = (approval: unknown, id = 'ask') => ({
  ...{ id, reason: 'why', match: { action: 'a' }, effect: 'require_approval' },
  ...(approval === undefined ? {} : { approval }),
});

function parsed(file: object) {
  const result = parsePolicy([{ path: 'p.yaml', text: stringify({ version: 1, name: 'p', ...file }) }]);
  if (!result.ok) throw new Error(result.problems.map(formatProblem).join('\n'));
  return result;
}
const policy = (approval: unknown, defaults: object = {}): Policy =>
  parsed({ defaults, rules: [rule(approval)] }).policy;
const told = (from: Policy, to: Policy) => loosenings(from, to).map(({ rule: id, what, says }) => [id, what, says]);

it('a rule that asks fewer people is told of as a loosening of the policy', () => {
  const [two, one] = [policy({ quorum: 2 }), policy({ quorum: 1 })];
  expect(told(two, one)).toEqual([['ask', 'weakened', 'ask: its approvals need fewer people, or other ones']]);
  expect(told(one, two)).toEqual([]);
});

it('so are milder terms of the defaults, with every rule that takes them from there', () => {
  const [hour, day] = ['1h', '1d'].map((expiresIn) => policy(undefined, { approval: { expiresIn } }));
  if (hour === undefined || day === undefined) throw new Error('there are two');
  expect(told(hour, day)).toEqual([
    [null, 'defaults', 'what is asked by default: its approvals stay open for longer'],
    ['ask', 'weakened', 'ask: its approvals stay open for longer'],
  ]);
  expect(told(day, hour)).toEqual([]);
});

it('a rule that blocks instead of asking is no loosening, whatever its terms were', () => {
  const blocks = parsed({ rules: [{ ...rule(undefined), effect: 'block' }] }).policy;
  expect(told(policy({ quorum: 2 }), blocks)).toEqual([]);
  expect(told(blocks, policy({ quorum: 2 }))).toEqual([['ask', 'weakened', 'ask goes from block to require_approval']]);
});

it.each([
  [{ grants: { uses: 5, within: '1h' }, quorum: 2 }, 'it permits more standing permissions'],
  [{ comment: 'required' }, 'its approvals need fewer people, or other ones'],
  [{ quorum: 3 }, null],
])('an override with the terms %j is warned of where it loosens', (approval, says) => {
  const overrides = [{ rule: 'ask', reason: 'for a trial', approval }];
  const { warnings } = parsed({ overrides, rules: [rule({ quorum: 2 })] });
  expect(warnings.map(({ message }) => message)).toEqual(says === null ? [] : [`this loosens the rule ask: ${says}`]);
});
