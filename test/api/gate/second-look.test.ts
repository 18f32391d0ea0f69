import type { ApprovalList } from '@gatehouse/sdk/contract';
import { addKey } from '../../../src/store/keys.ts';
import { approvalOf, ask, entries, kinds, record } from '../../support/asking.ts';
import { startStack, type Reply, type Stack } from '../../support/stack.ts';

const POLICY = `
version: 1
name: two people
rules:
  - id: deletes
    reason: Two people look at deletes.
    match: { action: delete_records }
    effect: require_approval
    approval: { quorum: 2, reviewers: { groups: [nobody-yet] } }
`;

describe('a second look at a break-glass approval', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ policy: { 'p.yaml': POLICY } });
    for (const name of ['maria', 'paul']) {
      await addKey(stack.core.store, { token: `gh_reviewer_${name}`, role: 'reviewer', principal: name });
    }
    // Somebody who is both: a person who asks by an agent's key, and who is an admin.
    await addKey(stack.core.store, { token: 'gh_admin_twin', role: 'admin', principal: stack.principals.agent });
  });
  afterAll(() => stack.stop());

  const post = async (token: string, path: string, body: object): Promise<{ status: number; body: Reply['body'] }> => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const response = await fetch(`${stack.url}/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    return { status: response.status, body: (await response.json()) as Reply['body'] };
  };
  const waiting = async (): Promise<string[]> => {
    const { body } = await stack.call('reviewer', 'GET', '/api/v1/approvals?secondLook=missing');
    return (body as unknown as ApprovalList).approvals.map(({ approvalId }) => approvalId);
  };
  async function overridden(): Promise<{ actionId: string; path: string; approvalId: string }> {
    const answer = await ask(stack, 'delete_records');
    const approvalId = answer.approvalId ?? '';
    const { actionDigest } = await approvalOf(stack, approvalId, 0);
    const body = { verdict: 'override', actionDigest, comment: 'The shop is down' };
    const given = await stack.call('admin', 'POST', `/api/v1/approvals/${approvalId}/verdict`, body);
    expect(given).toMatchObject({ status: 200, body: { status: 'approved', breakGlass: true, secondLook: null } });
    return { actionId: answer.actionId, approvalId, path: `/approvals/${approvalId}/second-look` };
  }

  it('is due until a second person has looked, and then on record', async () => {
    const { actionId, approvalId, path } = await overridden();
    expect(await waiting()).toContain(approvalId);
    const looked = await post('gh_reviewer_maria', path, { comment: 'It was right' });
    expect(looked).toMatchObject({ status: 200, body: { secondLook: { by: 'maria', comment: 'It was right' } } });
    expect(await waiting()).not.toContain(approvalId);
    const seen = await record(stack, actionId);
    expect(kinds(seen)).toEqual(expect.arrayContaining(['overridden', 'second_look']));
    expect(entries(seen, 'second_look')).toEqual([
      { actor: 'reviewer:maria', data: { approvalId, comment: 'It was right' } },
    ]);
  });

  it('is given once: the same person again changes nothing, another hears who was first', async () => {
    const { actionId, path } = await overridden();
    const racers = await Promise.all([post('gh_reviewer_maria', path, {}), post('gh_reviewer_paul', path, {})]);
    const [winner, loser] = racers.sort((a, b) => a.status - b.status);
    expect([winner.status, loser.status]).toEqual([200, 409]);
    const by = (winner.body['secondLook'] as { by: string }).by;
    expect(loser.body).toMatchObject({ code: 'already_resolved', resolvedBy: by });
    expect((await post(`gh_reviewer_${by}`, path, { comment: 'and again' })).body).toMatchObject({
      secondLook: { by, comment: null },
    });
    expect(entries(await record(stack, actionId), 'second_look')).toHaveLength(1);
  });

  it('F11 is never that of who gave it, who asked for it, or of an agent: refused and on record', async () => {
    const { actionId, approvalId, path } = await overridden();
    const own = await stack.call('admin', 'POST', `/api/v1${path}`, {});
    expect(own).toMatchObject({ status: 403, body: { code: 'not_a_reviewer' } });
    expect(await post('gh_admin_twin', path, {})).toMatchObject({ status: 403, body: { code: 'self_review' } });
    expect(await stack.call('agent', 'POST', `/api/v1${path}`, {})).toMatchObject({ body: { code: 'forbidden' } });
    expect(await waiting()).toContain(approvalId);
    const attempts = entries(await record(stack, actionId), 'refused_attempt').map(({ data }) => data['code']);
    expect(attempts).toEqual(['not_a_reviewer', 'self_review', 'forbidden']);
  });

  it('is not due where nobody overrode anything', async () => {
    const answer = await ask(stack, 'delete_records');
    const looked = await post('gh_reviewer_maria', `/approvals/${answer.approvalId ?? ''}/second-look`, {});
    expect(looked).toMatchObject({ status: 404, body: { code: 'not_found' } });
  });
});
