import { createKey } from '../../../src/store/keys.ts';
import { approvalOf, ask, describeStores, entries, giveVerdict, record } from '../../support/asking.ts';
import { WORD_POLICY } from '../../support/policies.ts';
import { startStack, type Stack } from '../../support/stack.ts';

describeStores('an agent cannot approve', (store) => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ policy: { 'words.yaml': WORD_POLICY }, store });
  });
  afterAll(async () => {
    await stack.stop();
  });

  async function verdictWith(key: string, { approvalId, actionDigest }: Awaited<ReturnType<typeof ask>>) {
    const response = await fetch(`${stack.url}/api/v1/approvals/${approvalId ?? ''}/verdict`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ verdict: 'approve', actionDigest }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  it('I5 an agent cannot approve', async () => {
    const answer = await ask(stack, 'held_word');
    const own = await giveVerdict(stack, answer, 'approve', { role: 'agent' });
    expect(own).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    const other = await verdictWith(await createKey(stack.core.store, 'agent', 'other-agent'), answer);
    expect(other).toMatchObject({ status: 404, body: { code: 'not_found' } });
    const seen = await record(stack, answer.actionId);
    expect(seen.status).toBe('held');
    expect(entries(seen, 'refused_attempt')).toMatchObject([
      { actor: 'agent:dev-agent', data: { what: 'verdict', code: 'forbidden' } },
      { actor: 'agent:other-agent', data: { what: 'verdict', code: 'forbidden' } },
    ]);
    expect((await giveVerdict(stack, answer, 'approve')).status).toBe(200);
  });

  it('I5 an agent cannot approve: not with a key of a reviewer either, nor by a signal in its own name', async () => {
    const answer = await ask(stack, 'held_word');
    const ownReviewer = await createKey(stack.core.store, 'reviewer', stack.principals.agent);
    expect(await verdictWith(ownReviewer, answer)).toMatchObject({ status: 403, body: { code: 'self_review' } });
    await stack.client.workflow.getHandle(answer.actionId).signal('approve', { reviewer: stack.principals.agent });
    // Answered behind the signal.
    expect((await verdictWith(stack.keys.admin, { ...answer, actionDigest: 'sha256:none' })).status).toBe(409);
    expect((await approvalOf(stack, answer.approvalId, 0)).status).toBe('pending');
    const codes = entries(await record(stack, answer.actionId), 'refused_attempt').map(({ data }) => data['code']);
    expect(codes).toEqual(['self_review', 'self_review', 'digest_mismatch']);
  });

  it('I5 an agent cannot approve: whom a body names as the reviewer does not matter', async () => {
    const { actionId, approvalId, actionDigest } = await ask(stack, 'held_word');
    const body = { verdict: 'approve', actionDigest, reviewer: 'dev-admin', role: 'admin' };
    const reply = await stack.call('agent', 'POST', `/api/v1/approvals/${approvalId ?? ''}/verdict`, body);
    expect(reply.status).toBe(400);
    expect((await approvalOf(stack, approvalId, 0)).status).toBe('pending');
    expect(entries(await record(stack, actionId), 'refused_attempt')).toMatchObject([
      { actor: 'agent:dev-agent', data: { what: 'verdict', code: 'invalid_request', fields: 'reviewer, role' } },
    ]);
  });
});
