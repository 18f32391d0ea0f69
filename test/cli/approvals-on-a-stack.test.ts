import { createKey } from '../../src/store/keys.ts';
import { approvalOf, ask, ended, giveVerdict, record, report } from '../support/asking.ts';
import { startStack, type Stack } from '../support/stack.ts';
import type { Ran } from './support/run-cli.ts';
import { runCli } from './support/run-cli.ts';

const POLICY = `
version: 1
name: cli
rules:
  - id: deletes
    reason: Somebody looks at deletes.
    match: { action: delete_records }
    effect: require_approval
    approval: { grants: { uses: 5, within: 1h } }
  - id: drops
    reason: Two teams look at drops.
    match: { action: drop_table }
    effect: require_approval
    approval:
      stages:
        - { name: owner, reviewers: { groups: [payments] } }
        - { name: security, reviewers: { groups: [security] } }
`;

describe('the command line as a reviewer of a real gate', () => {
  let stack: Stack;
  const keys = new Map<string, string>();
  beforeAll(async () => {
    stack = await startStack({ policy: { 'p.yaml': POLICY } });
    for (const [name, group] of [
      ['olga', 'payments'],
      ['sven', 'security'],
      ['dora', 'on-call'],
    ] as const) {
      keys.set(name, await createKey(stack.core.store, 'reviewer', name, { groups: [group] }));
    }
  });
  afterAll(() => stack.stop());

  const runAs = (key: string, args: string[]): Promise<Ran> =>
    runCli(args, { env: { GATEHOUSE_URL: stack.url, GATEHOUSE_API_KEY: key, GATEHOUSE_DATA: stack.dataDir } });
  const as = (who: string, ...args: string[]): Promise<Ran> => runAs(keys.get(who) ?? '', ['approvals', ...args]);
  const asReviewer = (...args: string[]): Promise<Ran> => runAs(stack.keys.reviewer, ['approvals', ...args]);

  it('goes through the parts of a question, each with those who are asked, and the card tells how far it is', async () => {
    const { actionId, approvalId } = await ask(stack, 'drop_table', { context: { table: 'orders' } });
    const id = approvalId ?? '';
    const early = await as('sven', 'approve', id);
    expect(early.code).toBe(1);
    expect(early.err).toContain('not_a_reviewer: sven is not among those who may answer the part "owner"');
    const first = await as('olga', 'approve', actionId, '--comment', 'ours');
    expect([first.code, first.out.trimEnd().split('\n').at(-1)]).toEqual([
      0,
      `${id} is still pending: security has 0 of 1 approvals`,
    ]);
    const { out } = await asReviewer('show', id);
    expect(out).toMatch(/asked of {4}owner: .*payments/);
    expect(out).toMatch(/security: .*security.*\(open: 0 of 1\)/);
    expect(out).toMatch(/said {8}olga approves owner at \S+: ours/);
    expect((await as('olga', 'withdraw', id)).err).toContain('nothing_to_withdraw');
    expect((await as('sven', 'delegate', id, '--to', 'dora')).code).toBe(0);
    expect((await as('dora', 'abstain', id)).code).toBe(0);
    expect((await as('dora', 'withdraw', id)).code).toBe(0);
    expect((await as('dora', 'approve', id)).out).toContain(`${id} is approved by dora`);
    expect((await record(stack, actionId)).status).toBe('permitted');
  });

  it('edits: the arguments are judged anew, and the action runs with them', async () => {
    const answer = await ask(stack, 'delete_records', { context: { table: 'users', count: 500 } });
    const edit = ['edit', answer.approvalId ?? '', '--arguments', '{"table":"users","count":5}', '--comment', 'fewer'];
    const { out, code } = await asReviewer(...edit);
    expect(code).toBe(0);
    expect(out).toContain('  │ - count: 500\n  │ + count: 5\n');
    expect(out).toContain('Judged again with the edited arguments, the action is permitted');
    const shown = await runAs(stack.keys.reviewer, ['actions', 'show', answer.actionId]);
    expect(shown.out).toContain('  │ - count: 500\n  │ + count: 5\n');
    expect(shown.out).toContain('"count": 5\n');
  });

  it('asks the agent, and shows what it answered', async () => {
    const { approvalId } = await ask(stack, 'delete_records', { context: { table: 'logs' } });
    const id = approvalId ?? '';
    expect((await asReviewer('ask', id, 'Is there a backup?')).code).toBe(0);
    expect((await asReviewer('show', id)).out).toContain('the agent has not answered yet');
    expect((await runAs(stack.keys.agent, ['approvals', 'answer', id, 'q1', 'Of today.'])).code).toBe(0);
    expect((await asReviewer('show', id)).out).toMatch(/answer {6}at \S+: Of today\./);
  });

  it('overrides as an admin, loudly, and a second person looks afterwards', async () => {
    const { approvalId } = await ask(stack, 'drop_table', { context: { table: 'carts' } });
    const id = approvalId ?? '';
    const admin = (...args: string[]): Promise<Ran> => runAs(stack.keys.admin, ['approvals', ...args]);
    expect((await asReviewer('override', id, '--reason', 'no')).err).toContain('not_a_reviewer');
    expect((await admin('override', id, '--reason', 'The shop is down')).out).toContain('(break-glass)');
    expect((await asReviewer('list', '--second-look')).out).toMatch(new RegExp(`^${id} .*second look due`, 'm'));
    expect((await admin('second-look', id)).err).toContain('not_a_reviewer');
    expect((await asReviewer('second-look', id, '--comment', 'fine')).code).toBe(0);
    expect((await asReviewer('list', '--second-look')).out).not.toContain(id);
  });

  it('F24 answers several at once: exactly those, each on its own, and says of each what became of it', async () => {
    const wanted = await Promise.all(
      ['a', 'b', 'c', 'd'].map((table) => ask(stack, 'delete_records', { context: { table: `f24-${table}` } })),
    );
    const [a, b, c, d] = wanted.map(({ approvalId }) => approvalId ?? '') as [string, string, string, string];
    const [, second] = wanted;
    if (second !== undefined) await giveVerdict(stack, second, 'reject', { role: 'admin', comment: 'not this' });
    const { out, code } = await asReviewer('approve', a, b, c, '--comment', 'all three');
    expect(code).toBe(1);
    expect(out).toContain(`${a} is approved\n`);
    expect(out).toMatch(new RegExp(`^${b} already_resolved: `, 'm'));
    expect(out).toContain(`${c} is approved\n`);
    const statuses = await Promise.all([a, b, c, d].map(async (id) => (await approvalOf(stack, id, 0)).status));
    expect(statuses).toEqual(['approved', 'denied', 'approved', 'pending']);
    expect((await asReviewer('reject', d)).code).toBe(0);
  });

  it('gives a standing permission, which the agent uses, and takes it back', async () => {
    const { approvalId } = await ask(stack, 'delete_records', { context: { table: 'tmp', count: 1 } });
    const id = approvalId ?? '';
    const grant = ['--grant', 'temporary rows', '--uses', '2', '--within', '30m', '--same', 'table'];
    expect((await asReviewer('approve', id, ...grant, '--uses', '9')).err).toContain('grant_refused');
    expect((await asReviewer('approve', id, ...grant)).code).toBe(0);
    const used = await ask(stack, 'delete_records', { context: { table: 'tmp', count: 70 } });
    expect(used.decision).toBe('ALLOW');
    await report(stack, used, 'succeeded');
    await ended(stack, used.actionId);
    const grants = (...args: string[]): Promise<Ran> => runAs(stack.keys.reviewer, ['grants', ...args]);
    const { out } = await grants('list', '--live');
    const [grantId = ''] = /^grt_\S+/m.exec(out) ?? [];
    expect(out).toMatch(/live {4}temporary rows {2}.* 1 of 2 /);
    expect((await grants('show', grantId)).out).toContain(`{"actionId":"${used.actionId}"}`);
    expect((await grants('revoke', grantId, '--reason', 'enough')).out).toContain(
      'is revoked; it was used 1 of 2 times',
    );
    expect((await ask(stack, 'delete_records', { context: { table: 'tmp', count: 70 } })).decision).toBe(
      'REQUIRE_APPROVAL',
    );
  });
});
