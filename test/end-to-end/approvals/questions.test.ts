import { randomUUID } from 'node:crypto';
import { createVerdictSigner } from '../../../src/audit/verdict-signature.ts';
import { loadSigningKey } from '../../../src/cli/serve/signing-key.ts';
import { ask, describeStores, entries, giveVerdict, record } from '../../support/asking.ts';
import { person, type Person } from '../../support/people.ts';
import { WORD_POLICY } from '../../support/policies.ts';
import { startStack, type Reply, type Stack } from '../../support/stack.ts';

describeStores('questions to the agent', (store) => {
  let stack: Stack;
  let ann: Person;
  beforeAll(async () => {
    stack = await startStack({ policy: { 'words.yaml': WORD_POLICY }, store });
    ann = await person(stack, 'ann');
  });
  afterAll(async () => {
    await stack.stop();
  });

  const answer = (approvalId: string | null, body: object, role: 'agent' | 'admin' = 'agent'): Promise<Reply> =>
    stack.call(role, 'POST', `/api/v1/approvals/${approvalId ?? ''}/answers`, body);

  it('a reviewer asks, the agent answers, and both see it with the approval', async () => {
    const asked = await ask(stack, 'held_word', { more: { claim: false } });
    const put = await ann.says('ask', asked, { question: 'Is there a backup?' });
    expect(put.body).toMatchObject({
      status: 'pending',
      progress: { questions: [{ id: 'q1', by: 'ann', answer: null }] },
    });
    const read = await stack.call('agent', 'GET', `/api/v1/approvals/${asked.approvalId ?? ''}?claim=false`);
    expect(read.body['progress']).toMatchObject({ questions: [{ question: 'Is there a backup?' }] });

    const said = { questionId: 'q1', answer: 'Yes, of last night.' };
    expect((await answer(asked.approvalId, said)).body['progress']).toMatchObject({
      questions: [{ id: 'q1', answer: 'Yes, of last night.', answeredAt: expect.stringMatching(/^2/) as unknown }],
    });
    expect((await answer(asked.approvalId, said)).status).toBe(200);
    expect((await answer(asked.approvalId, { questionId: 'q1', answer: 'No.' })).body).toMatchObject({
      ...{ status: 409, code: 'already_resolved' },
    });
    expect((await answer(asked.approvalId, { questionId: 'q9', answer: 'Yes.' })).body).toMatchObject({
      ...{ status: 404, code: 'not_found' },
    });
    const seen = await record(stack, asked.actionId);
    expect(entries(seen, 'verdict')).toMatchObject([{ data: { verdict: 'ask', question: 'Is there a backup?' } }]);
    expect(entries(seen, 'answered')).toMatchObject([
      { actor: 'agent:dev-agent', data: { questionId: 'q1', answer: 'Yes, of last night.' } },
    ]);
    expect((await giveVerdict(stack, asked, 'approve')).body).toMatchObject({ status: 'approved' });
    expect((await answer(asked.approvalId, { questionId: 'q1', answer: 'Late.' })).body).toMatchObject({
      code: 'already_resolved',
    });
  });

  it('the look of an agent that waits ends as soon as there is one more question', async () => {
    const asked = await ask(stack, 'held_word', { more: { claim: false } });
    const path = `/api/v1/approvals/${asked.approvalId ?? ''}?claim=false&wait=30&questions=0`;
    const [looked] = await Promise.all([
      stack.call('agent', 'GET', path),
      ann.says('ask', asked, { question: 'Why today?' }),
    ]);
    expect(looked.body).toMatchObject({ status: 'pending', progress: { questions: [{ question: 'Why today?' }] } });
  });

  it('the agent answers through its SDK while it waits', async () => {
    const ran = await stack.agent.guard('held_word', 'anything', {}, () => 'ran', {
      onPending: async (asked) => {
        await ann.says('ask', asked, { question: 'Sure?' });
      },
      onQuestion: async ({ question }) => {
        const approvals = await ann.call('GET', '/api/v1/approvals?status=pending&limit=1');
        const [pending] = approvals.body['approvals'] as { approvalId: string; actionDigest: string }[];
        setImmediate(() => void ann.says('approve', pending ?? { approvalId: null, actionDigest: '' }));
        return `${question} Yes.`;
      },
    });
    expect(ran).toBe('ran');
  });

  it('nobody answers in the place of the agent that asked', async () => {
    const asked = await ask(stack, 'held_word');
    await ann.says('ask', asked, { question: 'Who are you?' });
    const said = { questionId: 'q1', answer: 'Somebody else.' };
    expect((await answer(asked.approvalId, said, 'admin')).body).toMatchObject({ code: 'forbidden' });
    const other = await person(stack, `other-${store}`, { role: 'agent' });
    const reply = await other.call('POST', `/api/v1/approvals/${asked.approvalId ?? ''}/answers`, said);
    expect(reply.body).toMatchObject({ code: 'not_found' });
  });

  it('F05 an answer that the gate did not sign is refused', async () => {
    const asked = await ask(stack, 'held_word');
    await ann.says('ask', asked, { question: 'Who are you?' });
    const signer = createVerdictSigner(loadSigningKey(stack.core.settings.verdictKey));
    const said = {
      ...{ questionId: 'q1', approvalId: asked.approvalId ?? '', agent: 'dev-agent' },
      ...{ answer: 'Let me in.', at: Date.now() },
    };
    const signed = signer.signAnswer({ ...said, actionId: asked.actionId });
    for (const forged of [
      { ...said, ...signed, answer: 'Please.' },
      { ...said, ...signed, keyId: 'nobody' },
    ]) {
      const became = await stack.gate.answer(asked.actionId, randomUUID(), forged);
      expect(became).toMatchObject({ accepted: false, code: 'forbidden' });
    }
    expect((await ann.reads(asked.approvalId)).progress.questions).toMatchObject([{ answer: null }]);
  });
});
