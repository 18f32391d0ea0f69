import type { GrantView } from '@gatehouse/sdk/contract';
import { addKey } from '../../../src/store/keys.ts';
import { approvalOf, ask, describeStores, ended, entries, record, report } from '../../support/asking.ts';
import { startStack, type Reply, type Stack } from '../../support/stack.ts';

const POLICY = `
version: 1
name: grants
rules:
  - id: deletes
    reason: Somebody looks at deletes.
    match: { action: delete_records }
    effect: require_approval
    approval: { expiresIn: 1h, grants: { uses: 3, within: 1h } }
  - { id: writes, reason: Somebody looks at writes., match: { action: write_records }, effect: require_approval }
`;

describeStores('standing permissions over HTTP', (store) => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ policy: { 'p.yaml': POLICY }, store });
    await addKey(stack.core.store, { token: 'gh_reviewer_paul', role: 'reviewer', principal: 'paul' });
  });
  afterAll(() => stack.stop());

  async function give(table: string, grant: object): Promise<{ reply: Reply; approvalId: string }> {
    const answer = await ask(stack, 'delete_records', { context: { table } });
    const { approvalId, actionDigest, policyDigest } = await approvalOf(stack, answer.approvalId, 0);
    const body = { verdict: 'approve', actionDigest, policyDigest, grant: { name: table, ...grant } };
    const reply = await stack.call('reviewer', 'POST', `/api/v1/approvals/${approvalId}/verdict`, body);
    return { reply, approvalId };
  }
  const grantFor = (approvalId: string): string => `/api/v1/grants/${approvalId.replace('apr_', 'grt_')}`;

  it('come with an approval, answer in place of people, and are counted, listed and taken back on record', async () => {
    const { reply, approvalId } = await give('users', { uses: 2, withinSeconds: 600 });
    expect(reply.status).toBe(200);
    const again = await ask(stack, 'delete_records', { context: { table: 'users' } });
    expect(again).toMatchObject({
      decision: 'ALLOW',
      status: 'claimed',
      approvalId: null,
      grant: { name: 'users', givenBy: stack.principals.reviewer },
    });
    await report(stack, again, 'succeeded');
    expect((await ended(stack, again.actionId)).status).toBe('succeeded');

    const shown = (await stack.call('reviewer', 'GET', grantFor(approvalId))).body as unknown as GrantView;
    expect(shown).toMatchObject({
      arguments: { table: 'users' },
      exact: true,
      rules: ['deletes'],
      uses: 2,
      used: 1,
      approvalId,
      live: true,
    });
    expect(shown.timeline?.map(({ kind }) => kind)).toEqual(['granted', 'grant_used']);

    const taken = await stack.call('reviewer', 'POST', `${grantFor(approvalId)}/revoke`, { reason: 'enough' });
    expect(taken).toMatchObject({ status: 200, body: { live: false, revokedBy: stack.principals.reviewer } });
    // Taken back again by the same person, it is taken back; another hears who did.
    expect((await stack.call('reviewer', 'POST', `${grantFor(approvalId)}/revoke`, { reason: 'enough' })).status).toBe(
      200,
    );
    const other = await stack.call('admin', 'POST', `${grantFor(approvalId)}/revoke`, { reason: 'enough' });
    expect(other).toMatchObject({
      status: 409,
      body: { code: 'already_resolved', resolvedBy: stack.principals.reviewer },
    });
    expect((await ask(stack, 'delete_records', { context: { table: 'users' } })).decision).toBe('REQUIRE_APPROVAL');

    const listed = async (query: string): Promise<string[]> => {
      const { body } = await stack.call('reviewer', 'GET', `/api/v1/grants${query}`);
      return (body['grants'] as GrantView[]).map(({ grantId }) => grantId);
    };
    expect(await listed('')).toContain(shown.grantId);
    expect(await listed('?live=true')).not.toContain(shown.grantId);
    expect(await listed('?live=false')).toContain(shown.grantId);
    expect(await listed('?agent=nobody')).toEqual([]);
  });

  it('are paged, the newest first', async () => {
    const given: string[] = [];
    for (const table of ['p1', 'p2', 'p3']) {
      const { approvalId } = await give(table, { uses: 1, withinSeconds: 60 });
      given.unshift(approvalId);
    }
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await stack.call('reviewer', 'GET', `/api/v1/grants?live=true&limit=2${cursor}`);
      seen.push(...(body['grants'] as GrantView[]).map(({ approvalId }) => approvalId));
      cursor = typeof body['nextCursor'] === 'string' ? `&cursor=${body['nextCursor']}` : '';
    } while (cursor !== '');
    expect(seen).toEqual(given);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('are refused beyond what the policy permits, and where it permits none', async () => {
    const { reply, approvalId } = await give('orders', { uses: 4, withinSeconds: 60 });
    expect(reply).toMatchObject({ status: 422, body: { code: 'grant_refused' } });
    expect((await approvalOf(stack, approvalId, 0)).status).toBe('pending');
    const write = await ask(stack, 'write_records');
    const { actionDigest } = await approvalOf(stack, write.approvalId, 0);
    const body = { verdict: 'approve', actionDigest, grant: { name: 'w', uses: 1, withinSeconds: 1 } };
    const none = await stack.call('reviewer', 'POST', `/api/v1/approvals/${write.approvalId ?? ''}/verdict`, body);
    expect(none).toMatchObject({ status: 422, body: { code: 'grant_refused' } });
    expect(entries(await record(stack, write.actionId), 'refused_attempt')).toHaveLength(1);
  });

  it('I5 an agent neither reads nor takes back any, and the attempt is on record', async () => {
    const { approvalId } = await give('keys', { uses: 1, withinSeconds: 60 });
    expect((await stack.call('agent', 'GET', '/api/v1/grants')).body['code']).toBe('forbidden');
    expect((await stack.call('agent', 'GET', grantFor(approvalId))).body['code']).toBe('forbidden');
    const revoke = await stack.call('agent', 'POST', `${grantFor(approvalId)}/revoke`, { reason: 'mine' });
    expect(revoke.body['code']).toBe('forbidden');
    const { body } = await stack.call('admin', 'GET', grantFor(approvalId));
    expect((body as unknown as GrantView).timeline?.map(({ kind }) => kind)).toEqual(['granted', 'refused_attempt']);
    expect(body['live']).toBe(true);
  });

  it('that are not there are not found', async () => {
    expect((await stack.call('reviewer', 'GET', '/api/v1/grants/grt_none')).status).toBe(404);
    expect((await stack.call('reviewer', 'POST', '/api/v1/grants/grt_none/revoke', { reason: 'x' })).status).toBe(404);
  });
});
