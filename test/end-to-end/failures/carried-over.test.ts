import { randomUUID } from 'node:crypto';
import type { GuardAnswer } from '@gatehouse/sdk/contract';
import { createVerdictSigner } from '../../../src/audit/verdict-signature.ts';
import { loadSigningKey } from '../../../src/cli/serve/signing-key.ts';
import { createKey } from '../../../src/store/keys.ts';
import { approvalOf, ask, describeStores, entries, giveVerdict, kinds, record } from '../../support/asking.ts';
import { person } from '../../support/people.ts';
import { WORD_POLICY } from '../../support/policies.ts';
import { startStack, type Reply, type Stack } from '../../support/stack.ts';

describeStores('a verdict that was given and signed for one approval', (store) => {
  let stack: Stack;
  let a: GuardAnswer;
  beforeAll(async () => {
    const env = { GATEHOUSE_UNSIGNED_VERDICTS: 'refuse' };
    stack = await startStack({ policy: { 'words.yaml': WORD_POLICY }, store, env });
    a = await ask(stack, 'held_word', { context: { of: 'a' } });
    expect((await giveVerdict(stack, a, 'approve')).body).toMatchObject({ status: 'approved' });
  });
  afterAll(() => stack.stop());

  const verdictTo = (to: GuardAnswer, body: object, role: 'reviewer' | 'agent' = 'reviewer'): Promise<Reply> =>
    stack.call(role, 'POST', `/api/v1/approvals/${to.approvalId ?? ''}/verdict`, body);

  /** The verdict on A as the API hands it to the workflow, signed with its key: all that somebody could have copied. */
  function signedForA() {
    const said = {
      ...{ verdictId: randomUUID(), approvalId: a.approvalId ?? '', verdict: 'approve' as const },
      ...{ actionDigest: a.actionDigest, policyDigest: a.policyDigest },
      ...{ reviewer: stack.principals.reviewer, role: 'reviewer', groups: [], comment: null, detail: null },
      at: Date.now(),
    };
    const signer = createVerdictSigner(loadSigningKey(stack.core.settings.verdictKey));
    return { ...said, ...signer.sign({ ...said, actionId: a.actionId }) };
  }

  async function expectPending(b: GuardAnswer, refusal: object): Promise<void> {
    const seen = await record(stack, b.actionId);
    expect(kinds(seen)).toEqual(['requested', 'decided', 'held', 'refused_attempt']);
    expect(entries(seen, 'refused_attempt')).toMatchObject([refusal]);
    expect(await approvalOf(stack, b.approvalId, 0)).toMatchObject({ status: 'pending', resolvedBy: null });
  }

  it('F05 approves nothing of another by its digests: refused and recorded, and the true one still counts', async () => {
    const b = await ask(stack, 'held_word', { context: { of: 'b' } });
    expect(b.policyDigest).toBe(a.policyDigest);
    const { actionDigest, policyDigest } = a;
    const answer = await verdictTo(b, { verdict: 'approve', actionDigest, policyDigest });
    expect(answer).toMatchObject({ status: 409, body: { code: 'digest_mismatch' } });
    await expectPending(b, { actor: 'reviewer:dev-reviewer', data: { code: 'digest_mismatch', verdict: 'approve' } });
    expect((await giveVerdict(stack, b, 'approve')).body).toMatchObject({ status: 'approved' });
  });

  it('F05 approves nothing of another in a list either', async () => {
    const b = await ask(stack, 'held_word', { context: { of: 'b in a list' } });
    const { actionDigest, policyDigest } = a;
    const approvals = [{ approvalId: b.approvalId, actionDigest, policyDigest }];
    const answer = await stack.call('reviewer', 'POST', '/api/v1/approvals/verdicts', {
      verdict: 'approve',
      approvals,
    });
    expect(answer.body['results']).toMatchObject([{ counted: false, status: 'pending', code: 'digest_mismatch' }]);
    await expectPending(b, { data: { code: 'digest_mismatch' } });
  });

  it('F05 approves nothing of another as it stands, with its id and its signature: refused and recorded', async () => {
    const b = await ask(stack, 'held_word', { context: { of: 'b with a signature' } });
    expect(await verdictTo(b, signedForA())).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    const named = 'reviewer, role, groups, approvalId, verdictId, at, keyId, signature';
    await expectPending(b, { actor: 'reviewer:dev-reviewer', data: { code: 'invalid_request', fields: named } });
  });

  it('F05 counts for no other with the very same digests, signed and sent by the agent itself', async () => {
    const twin = await ask(stack, 'held_word', { context: { of: 'a' }, key: `twin-${randomUUID()}` });
    expect([twin.actionDigest, twin.policyDigest]).toEqual([a.actionDigest, a.policyDigest]);
    expect(await verdictTo(twin, signedForA(), 'agent')).toMatchObject({ status: 400 });
    // The verdict on A once more is that on A.
    expect((await giveVerdict(stack, a, 'approve')).body).toMatchObject({ approvalId: a.approvalId });
    await expectPending(twin, { actor: 'agent:dev-agent', data: { code: 'invalid_request' } });
  });

  it('F05 counts for no other when a client of Temporal delivers it', async () => {
    const twin = await ask(stack, 'held_word', { context: { of: 'a' }, key: `twin-${randomUUID()}` });
    const review = { ...signedForA(), approvalId: twin.approvalId };
    const answer = await stack.client.workflow.getHandle(twin.actionId).executeUpdate('review', { args: [review] });
    expect(answer).toMatchObject({ accepted: false, code: 'forbidden' });
    await expectPending(twin, { data: { code: 'forbidden' } });
  });

  it('F11 a verdict of somebody who may give none is on record, whether or not they may see the question', async () => {
    const b = await ask(stack, 'held_word', { context: { of: 'b for strangers' } });
    const stranger = await createKey(stack.core.store, 'agent', 'stranger');
    const send = (path: string, body: object) =>
      fetch(`${stack.url}/api/v1/approvals/${path}`, {
        ...{ method: 'POST', body: JSON.stringify(body) },
        headers: { authorization: `Bearer ${stranger}`, 'content-type': 'application/json' },
      });
    const { approvalId, actionDigest, policyDigest } = b;
    expect((await send(`${approvalId ?? ''}/verdict`, { verdict: 'approve', actionDigest })).status).toBe(404);
    await expectPending(b, { actor: 'agent:stranger', data: { code: 'forbidden' } });

    const viewer = await person(stack, 'vic', { role: 'viewer' });
    const listed = { verdict: 'approve', approvals: [{ approvalId, actionDigest, policyDigest }] };
    expect(await viewer.call('POST', '/api/v1/approvals/verdicts', listed)).toMatchObject({ status: 403 });
    const attempts = entries(await record(stack, b.actionId), 'refused_attempt').map(({ actor }) => actor);
    expect(attempts).toEqual(['agent:stranger', 'viewer:vic']);
  });
});
