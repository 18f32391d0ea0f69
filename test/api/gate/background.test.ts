import type { ApprovalBackground } from '@gatehouse/sdk/contract';
import { ask, describeStores, giveVerdict } from '../../support/asking.ts';
import { startStack, type Stack } from '../../support/stack.ts';

const POLICY = `
version: 1
name: background
rules:
  - { id: reads, reason: Reads run., match: { action: 'read_*' }, effect: allow }
  - { id: deletes, reason: Somebody looks., match: { action: 'delete_*' }, effect: require_approval }
`;

describeStores('the background of an approval', (store) => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ policy: { 'p.yaml': POLICY }, store });
  });
  afterAll(() => stack.stop());

  const backgroundOf = async (approvalId: string | null): Promise<ApprovalBackground> => {
    const { status, body } = await stack.call('reviewer', 'GET', `/api/v1/approvals/${approvalId ?? ''}/background`);
    expect(status).toBe(200);
    return body as unknown as ApprovalBackground;
  };

  it('has what the same session did before, the newest first and no more than ten', async () => {
    const inSession = (session: string, type: string, target: string) =>
      ask(stack, type, { target, more: { session } });
    for (let n = 0; n < 12; n += 1) await inSession('s1', 'read_rows', `t${String(n)}`);
    await inSession('s2', 'read_rows', 'elsewhere');
    const asked = await inSession('s1', 'delete_rows', 'users');
    await inSession('s1', 'read_rows', 'later');
    const { session } = await backgroundOf(asked.approvalId);
    expect(session.map(({ target }) => target)).toEqual(Array.from({ length: 10 }, (_, n) => `t${String(11 - n)}`));
    expect(session[0]).toMatchObject({ type: 'read_rows', status: 'claimed' });
    const alone = await ask(stack, 'delete_rows', { target: 'alone' });
    expect((await backgroundOf(alone.approvalId)).session).toEqual([]);
  });

  it('has how questions of the same type were answered, and what became of the actions', async () => {
    const context = { table: 'users', where: { age: 1, city: 'x' } };
    const first = await ask(stack, 'delete_users', { context, target: 'shop' });
    await giveVerdict(stack, first, 'reject', { comment: 'not on a Friday' });
    const second = await ask(stack, 'delete_users', { context: { table: 'orders' }, target: 'shop' });
    await giveVerdict(stack, second, 'approve');
    await stack.call('agent', 'POST', `/api/v1/actions/${second.actionId}/claim`, { claimId: crypto.randomUUID() });
    const open = await ask(stack, 'delete_users', { context: { table: 'open' }, target: 'shop' });
    const asked = await ask(stack, 'delete_users', {
      context: { where: { city: 'x', age: 1 }, table: 'users' },
      target: 'shop',
    });
    const { similar } = await backgroundOf(asked.approvalId);
    const by = stack.principals.reviewer;
    expect(similar).toEqual([
      expect.objectContaining({ status: 'approved', resolvedBy: by, actionStatus: 'claimed', sameArguments: false }),
      expect.objectContaining({
        status: 'denied',
        comment: 'not on a Friday',
        actionStatus: 'rejected',
        sameArguments: true,
      }),
    ]);
    // The one that is open teaches nothing yet.
    expect(similar.map(({ approvalId }) => approvalId)).not.toContain(open.approvalId);
  });

  it('is not for agents', async () => {
    const asked = await ask(stack, 'delete_rows', { target: 'mine' });
    const path = `/api/v1/approvals/${asked.approvalId ?? ''}/background`;
    expect((await stack.call('agent', 'GET', path)).body['code']).toBe('forbidden');
    expect((await stack.call('reviewer', 'GET', '/api/v1/approvals/apr_none/background')).body['code']).toBe(
      'not_found',
    );
  });
});
