import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { createVerdictSigner } from '../../../src/audit/verdict-signature.ts';
import { loadSigningKey } from '../../../src/cli/serve/signing-key.ts';
import { digestAction } from '../../../src/decide/digest.ts';
import type { ActionRequest, ReviewInput } from '../../../src/workflows/messages.ts';
import { approvalOf, ask, ended, entries, giveVerdict, kinds, record, report } from '../../support/asking.ts';
import { WORD_POLICY } from '../../support/policies.ts';
import { startStack, type Stack } from '../../support/stack.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ policy: { 'words.yaml': WORD_POLICY }, env: { GATEHOUSE_UNSIGNED_VERDICTS: 'refuse' } });
});
afterAll(async () => {
  await stack.stop();
});

type Held = Awaited<ReturnType<typeof ask>>;

function reviewOf(held: Held, change: Partial<ReviewInput> = {}): Omit<ReviewInput, 'keyId' | 'signature'> {
  return {
    verdictId: randomUUID(),
    approvalId: held.approvalId ?? '',
    verdict: 'approve',
    actionDigest: held.actionDigest,
    policyDigest: held.policyDigest,
    reviewer: 'ann',
    role: 'reviewer',
    groups: [],
    comment: null,
    detail: null,
    at: Date.now(),
    ...change,
  };
}

const ownKey = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

/** What a client of Temporal could start by itself. */
function byHand(change: Partial<ActionRequest>): ActionRequest {
  const request: ActionRequest = {
    actionId: `act_${randomUUID().replaceAll('-', '')}`,
    agent: 'mallory',
    type: 'read_word',
    target: 'anything',
    context: {},
    digest: '',
    purpose: null,
    requestId: 'by-hand',
    requestedAt: Date.now(),
    mode: 'permit',
    permitSeconds: 1,
    leaseSeconds: 1,
    executor: null,
    ...change,
  };
  const { type, target, context, agent } = request;
  return { ...request, digest: digestAction({ type, target, arguments: context, agent }), ...change };
}

function start(request: ActionRequest): ReturnType<typeof stack.client.workflow.start> {
  return stack.client.workflow.start('guardedAction', {
    workflowId: request.actionId,
    taskQueue: stack.core.settings.taskQueue,
    args: [request],
  });
}

it('F05 a forged verdict is refused and recorded, and a true one still counts', async () => {
  const held = await ask(stack, 'held_forged');
  const other = await ask(stack, 'held_other');
  const mallory = createVerdictSigner(ownKey());
  const gate = createVerdictSigner(loadSigningKey(stack.core.settings.verdictKey));
  const { actionId } = held;
  const review = reviewOf(held);
  const forgeries: ReviewInput[] = [
    { ...review, verdictId: 'own-key', ...mallory.sign({ ...review, verdictId: 'own-key', actionId }) },
    // Signed with an own key, under the name of the gate's.
    {
      ...{ ...review, verdictId: 'borrowed-name' },
      ...mallory.sign({ ...review, verdictId: 'borrowed-name', actionId }),
      keyId: gate.keyId,
    },
    // A true signature of the gate, for another action.
    {
      ...{ ...review, verdictId: 'other-action' },
      ...gate.sign({ ...review, verdictId: 'other-action', actionId: other.actionId }),
    },
    // A true signature of a rejection.
    {
      ...{ ...review, verdictId: 'turned' },
      ...gate.sign({ ...review, verdictId: 'turned', verdict: 'reject', actionId }),
    },
    { ...review, verdictId: 'nonsense', keyId: gate.keyId, signature: 'not base64url at all' },
  ];
  for (const forged of forgeries) {
    expect(await stack.gate.review(actionId, forged)).toMatchObject({ accepted: false, code: 'forbidden' });
  }
  const seen = await record(stack, actionId);
  expect(seen.status).toBe('held');
  expect(entries(seen, 'refused_attempt').map(({ data }) => data['verdictId'])).toEqual(
    forgeries.map(({ verdictId }) => verdictId),
  );
  expect((await giveVerdict(stack, held, 'approve')).status).toBe(200);
});

it('F05 a forged verdict under the id of a true one cannot keep the true one out of the record', async () => {
  const held = await ask(stack, 'held_shadowed');
  const gate = createVerdictSigner(loadSigningKey(stack.core.settings.verdictKey));
  const review = reviewOf(held);
  const trueOne = { ...review, ...gate.sign({ ...review, actionId: held.actionId }) };
  const update = (given: ReviewInput) =>
    stack.client.workflow.getHandle(held.actionId).executeUpdate('review', { args: [given] });
  expect(await update({ ...trueOne, signature: 'AAAA' })).toMatchObject({ accepted: false });
  expect(await update(trueOne)).toMatchObject({ accepted: true });
  const seen = await record(stack, held.actionId);
  expect(kinds(seen)).toEqual(['requested', 'decided', 'held', 'refused_attempt', 'verdict', 'rechecked']);
});

it('F05 a verdict by signal is refused and recorded where unsigned verdicts do not count', async () => {
  const held = await ask(stack, 'held_unsigned');
  const handle = stack.client.workflow.getHandle(held.actionId);
  await handle.signal('approve', { reviewer: 'dev-reviewer' });
  await handle.signal('reject');
  expect((await giveVerdict(stack, held, 'approve')).status).toBe(200);
  expect(await approvalOf(stack, held.approvalId)).toMatchObject({ resolvedBy: 'dev-reviewer', unsigned: false });
  const attempts = entries(await record(stack, held.actionId), 'refused_attempt');
  expect(attempts).toMatchObject([
    { actor: 'unverified:dev-reviewer', data: { verdict: 'approve', code: 'forbidden' } },
    { actor: 'unverified:temporal', data: { verdict: 'reject', code: 'forbidden' } },
  ]);
});

it('F05 an outcome under another claim changes nothing and is recorded, by either door', async () => {
  const mine = await ask(stack, 'read_mine');
  expect(mine.permit).toMatchObject({ granted: true });
  const guessed = randomUUID();
  await stack.gate.report(mine.actionId, { claimId: guessed, status: 'succeeded', result: null, error: null });
  const overHttp = await stack.call('agent', 'POST', `/api/v1/actions/${mine.actionId}/outcome`, {
    claimId: randomUUID(),
    status: 'succeeded',
  });
  expect(overHttp).toMatchObject({ status: 409, body: { code: 'wrong_claim' } });
  expect((await report(stack, mine, 'failed')).status).toBe(200);
  const seen = await ended(stack, mine.actionId);
  expect(seen.status).toBe('failed');
  expect(entries(seen, 'refused_attempt').map(({ data }) => data['code'])).toEqual(['wrong_claim', 'wrong_claim']);
});

it('F05 a permit cannot be claimed under a guessed id: not while held, not when another has it', async () => {
  const held = await ask(stack, 'held_claim');
  const claim = (actionId: string) =>
    stack.call('agent', 'POST', `/api/v1/actions/${actionId}/claim`, { claimId: randomUUID() });
  expect(await claim(held.actionId)).toMatchObject({ status: 409, body: { code: 'not_permitted' } });
  const taken = await ask(stack, 'read_taken');
  expect(await claim(taken.actionId)).toMatchObject({ status: 409, body: { code: 'already_claimed' } });
  const viaTemporal = await stack.client.workflow
    .getHandle(taken.actionId)
    .executeUpdate('decision', { args: [{ digest: taken.actionDigest, requestId: 'x', claimId: randomUUID() }] });
  expect(viaTemporal).toMatchObject({ permit: { granted: false, claimId: null } });
});

it('F05 a workflow started by hand is decided by the policy, whatever its input says', async () => {
  const input = { ...byHand({ type: 'blocked_word' }), outcome: 'ALLOW', status: 'permitted', decision: 'ALLOW' };
  const handle = await start(input);
  expect(await handle.result()).toMatchObject({ status: 'blocked', outcome: 'BLOCK' });
  expect(kinds(await ended(stack, input.actionId))).toEqual(['requested', 'decided', 'blocked']);
});

it('F05 a workflow started by hand under the digest of another action is blocked, on record', async () => {
  const digest = digestAction({ type: 'read_word', target: 'anything', arguments: { n: 1 }, agent: 'mallory' });
  const input = byHand({ context: { n: 1_000_000 }, digest });
  const handle = await start(input);
  expect(await handle.result()).toMatchObject({ status: 'blocked' });
  expect((await ended(stack, input.actionId)).reason).toMatch(/digest/);
});
