import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { plainTerms, type ApprovalTerms } from '@gatehouse/sdk/contract';
import { parse, stringify } from 'yaml';
import type { Policy, PolicyProblem } from '../../src/policy/index.ts';
import { formatProblem, parsePolicy, policyFromText } from '../../src/policy/index.ts';

interface Broken {
  name: string;
  approval: unknown;
  says: string;
}
const broken = parse(readFileSync(join(__dirname, 'approval-terms.yaml'), 'utf8')) as Broken[];

const rule = { id: 'ask', reason: 'why', match: { action: 'a' }, effect: 'require_approval' };
const file = (approval: unknown, defaults?: unknown, mode?: string) =>
  stringify({
    version: 1,
    name: 'p',
    ...(defaults === undefined ? {} : { defaults }),
    rules: [{ ...rule, mode, approval }],
  });

function problems(text: string): PolicyProblem[] {
  const parsed = parsePolicy([{ path: 'p.yaml', text }]);
  return parsed.ok ? [] : parsed.problems;
}

function policy(approval: unknown, defaults?: unknown): Policy {
  const parsed = parsePolicy([{ path: 'p.yaml', text: file(approval, defaults) }]);
  if (!parsed.ok) throw new Error(parsed.problems.map(formatProblem).join('\n'));
  return parsed.policy;
}

const termsOf = (approval: unknown, defaults?: unknown): ApprovalTerms | undefined =>
  policy(approval, defaults).rules[0]?.approval;

it.each(broken)('$name is refused when the policy loads, with its place and a fix', ({ approval, says }) => {
  const found = problems(file(approval));
  expect(found.map(({ message }) => message)).toEqual([says]);
  expect(found[0]).toMatchObject({ file: 'p.yaml', line: expect.any(Number) as number });
  // The problem is told where it stands: below the rule's `approval`.
  expect(found[0]?.line).toBeGreaterThanOrEqual(
    file(approval)
      .split('\n')
      .findIndex((line) => line.includes('approval:')) + 1,
  );
  expect(found[0]?.fix).not.toMatch(/^(change|give) (the value|a \w+|\w+)$/);
});

it('the same is refused in the defaults and in an override', () => {
  const defaults = { approval: { quorum: 0 } };
  expect(problems(file(undefined, defaults)).map(({ message }) => message)).toEqual([
    'defaults.approval.quorum must be at least 1',
  ]);
  const overrides = [{ rule: 'ask', reason: 'why', approval: { quorum: 2, reviewers: { users: ['ann'] } } }];
  const text = stringify({ version: 1, name: 'p', overrides, rules: [rule] });
  expect(problems(text).map(({ message }) => message)).toEqual([
    'overrides[0].approval.quorum can never be met: 2 of 1 named users',
  ]);
});

it('a quorum may be more than the named people where others are added by a ladder, a group or a role', () => {
  const users = ['ann'];
  expect(problems(file({ quorum: 2, reviewers: { users, groups: ['owners'] } }))).toEqual([]);
  const escalate = [{ after: '1h', to: { roles: ['admin'] } }];
  expect(problems(file({ quorum: 2, reviewers: { users }, escalate }))).toEqual([]);
});

it('nothing said is any one reviewer within a day', () => {
  expect(termsOf(undefined)).toEqual(plainTerms(86_400));
  expect(termsOf({ expiresIn: 'never' })).toEqual(plainTerms(null));
});

it('everything said is in the terms, in seconds', () => {
  const hours = { days: ['mon', 'fri'], from: '09:00', to: '17:00', timeZone: 'Europe/Berlin' };
  const terms = termsOf({
    expiresIn: '2h',
    ...{ reviewers: { groups: ['owners', 'security'] }, quorum: 2, distinctGroups: true },
    escalate: [{ after: '30m', to: { users: ['zoe'] } }],
    ...{ remindEvery: '10m', hours, run: { from: '22:00', to: '02:00' } },
    ...{ comment: 'required', ticket: 'OPS-#', grants: { uses: 20, within: '8h' }, excludeOwner: true },
  });
  const nobody = { users: [], groups: [], roles: [] };
  expect(terms).toEqual({
    expiresInSeconds: 7200,
    stages: [
      {
        ...{ name: 'review', quorum: 2, distinctGroups: true },
        reviewers: { ...nobody, groups: ['owners', 'security'] },
        escalation: [{ afterSeconds: 1800, to: { ...nobody, users: ['zoe'] } }],
      },
    ],
    ...{ remindEverySeconds: 600, hours, run: [{ from: '22:00', to: '02:00' }] },
    ...{ commentRequired: true, tickets: ['OPS-#'], grants: { uses: 20, withinSeconds: 28_800 } },
    ...{ excludeOwner: true, barred: [] },
  });
});

it('a rule takes from the defaults what it does not say, and can take back each of it', () => {
  const approval = {
    ...{ expiresIn: '2h', quorum: 2, remindEvery: '10m', comment: 'required', ticket: 'OPS-#' },
    grants: { uses: 3, within: '1h' },
  };
  expect(termsOf({ expiresIn: '1h' }, { approval })).toMatchObject({
    ...{ expiresInSeconds: 3600, remindEverySeconds: 600, commentRequired: true, tickets: ['OPS-#'] },
    ...{ stages: [{ quorum: 2 }], grants: { uses: 3 } },
  });
  const back = { quorum: 1, remindEvery: 'never', comment: 'optional', ticket: [], grants: { uses: 0, within: '1h' } };
  expect(termsOf(back, { approval })).toEqual(plainTerms(7200));
});

it('a policy without terms of its own keeps its canonical text, and every other comes back from its text', () => {
  expect(JSON.parse(policy(undefined).text)).toMatchObject({ defaults: { approval: { expiresInSeconds: 86_400 } } });
  expect(policy(undefined).text).not.toContain('stages');
  const defaults = {
    approval: { expiresIn: 'never', stages: [{ name: 'a' }, { name: 'b', quorum: 2 }], ticket: 'X#' },
  };
  const written = policy({ comment: 'required' }, defaults);
  const again = policyFromText(written.text);
  if (!again.ok) throw new Error(again.problems.map(formatProblem).join('\n'));
  expect(again.policy.digest).toBe(written.digest);
  expect(again.policy.rules[0]?.approval).toEqual(written.rules[0]?.approval);
  expect(again.policy.defaults).toEqual(written.defaults);
});

it('terms of a rule in a pack take its parameters', () => {
  const pack = `
version: 1
name: pack
parameters:
  owners: { type: list, default: [owners], description: Who owns it }
  pause: { type: string, default: 2h, description: How long they have }
rules:
  - id: ask
    reason: why
    match: { action: a }
    effect: require_approval
    approval: { expiresIn: '\${pause}', reviewers: { groups: '\${owners}' } }
`;
  const files = [{ path: 'p.yaml', text: 'version: 1\nname: p\nuse: [{ pack: pack, with: { owners: [dba] } }]\n' }];
  const parsed = parsePolicy(files, [{ path: 'pack.yaml', text: pack }]);
  if (!parsed.ok) throw new Error(parsed.problems.map(formatProblem).join('\n'));
  expect(parsed.policy.rules[0]?.approval).toMatchObject({
    expiresInSeconds: 7200,
    stages: [{ reviewers: { groups: ['dba'] } }],
  });
});

it('reminders and steps that come after the end are warned of, with their place', () => {
  const text = `version: 1
name: p
defaults: { approval: { expiresIn: 1h } }
rules:
  - id: late
    reason: why
    match: { action: a }
    effect: require_approval
    approval:
      remindEvery: 1h
      reviewers: { users: [ann] }
      escalate:
        - { after: 30m, to: { groups: [leads] } }
        - { after: 2h, to: { roles: [admin] } }
  - id: late-part
    reason: why
    match: { action: b }
    effect: require_approval
    approval:
      stages: [{ name: x }, { name: y, reviewers: { users: [a] }, escalate: [{ after: 1h, to: { users: [b] } }] }]
  - id: in-time
    reason: why
    match: { action: c }
    effect: require_approval
    approval: { expiresIn: never, remindEvery: 7d }
`;
  const parsed = parsePolicy([{ path: 'p.yaml', text }]);
  const found = parsed.ok ? parsed.warnings.map(({ line, column, message }) => `${line}:${column} ${message}`) : parsed;
  expect(found).toEqual([
    '10:20 the rule late never reminds anybody: its approvals have expired by then',
    '14:20 the rule late never takes a step of its ladder: its approvals have expired by then',
    '20:87 the rule late-part never takes a step of its ladder: its approvals have expired by then',
  ]);
});
