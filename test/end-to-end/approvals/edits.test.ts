import { randomUUID } from 'node:crypto';
import type { JsonObject } from '@gatehouse/sdk/contract';
import { z } from 'zod';
import { defineExecutor } from '../../../src/activities/executors/index.ts';
import { createVerdictSigner } from '../../../src/audit/verdict-signature.ts';
import { loadSigningKey } from '../../../src/cli/serve/signing-key.ts';
import { ask, describeStores, ended, entries, record } from '../../support/asking.ts';
import { person, type Person } from '../../support/people.ts';
import { startStack, type Stack } from '../../support/stack.ts';

const POLICY = `
version: 1
name: refunds
rules:
  - id: small
    reason: Small refunds need nobody.
    match: { action: refund }
    when: args.amount < 10
    effect: allow
  - id: some
    reason: A person looks at a refund.
    match: { action: refund }
    when: args.amount >= 10
    effect: require_approval
  - id: large
    reason: A large refund needs a lead too.
    match: { action: refund }
    when: args.amount >= 100
    effect: require_approval
    approval: { reviewers: { groups: [leads] } }
  - id: huge
    reason: Nobody refunds that much.
    match: { action: refund }
    when: args.amount >= 1000
    effect: block
  - id: budget
    reason: No more than 500 an hour from the till.
    match: { action: refund, target: till }
    limit: { per: agent, sum: amount, max: 500, within: 1h }
    effect: block
`;

describeStores('edited arguments', (store) => {
  let stack: Stack;
  let ann: Person, lea: Person;
  const paid: JsonObject[] = [];
  beforeAll(async () => {
    const payments = defineExecutor({
      name: 'payments',
      actions: ['refund'],
      targets: ['payments'],
      taskQueue: `payments-${randomUUID()}`,
      input: z.strictObject({ amount: z.number(), to: z.string().optional() }),
      timeoutSeconds: 5,
      run: (input) => {
        paid.push({ amount: input.amount });
        return Promise.resolve({ paid: input.amount });
      },
    });
    stack = await startStack({ policy: { 'refunds.yaml': POLICY }, store, executors: [payments] });
    ann = await person(stack, 'ann');
    lea = await person(stack, 'lea', { groups: ['leads'] });
  });
  afterAll(async () => {
    await stack.stop();
  });

  const refund = (amount: number, more: JsonObject = {}, target = 'billing') =>
    ask(stack, 'refund', { target, context: { amount }, more: { claim: false, ...more } });

  it('F07 arguments that are edited into a blocked action are blocked, and nothing runs', async () => {
    const asked = await refund(20);
    const edited = await ann.says('edit', asked, { arguments: { amount: 5000 } });
    expect(edited.body).toMatchObject({ status: 'approved', edit: { by: 'ann', from: { amount: 20 } } });
    const seen = await ended(stack, asked.actionId);
    expect(seen).toMatchObject({ status: 'blocked', settlement: { reason: 'Nobody refunds that much.' } });
    const claim = await stack.call('agent', 'POST', `/api/v1/actions/${asked.actionId}/claim`, {
      claimId: randomUUID(),
    });
    expect(claim.body).toMatchObject({ code: 'already_settled' });
  });

  it('F07 arguments that need others are asked of them, and the editor has no say where the terms give none', async () => {
    const asked = await refund(20);
    await ann.says('edit', asked, { arguments: { amount: 200 } });
    const held = await record(stack, asked.actionId);
    expect(held).toMatchObject({ status: 'held', arguments: { amount: 200 }, actionDigest: asked.actionDigest });
    expect(held.approvalId).not.toBe(asked.approvalId);
    const question = await lea.reads(held.approvalId);
    expect(question).toMatchObject({
      ...{ status: 'pending', round: 2, arguments: { amount: 200 }, edit: { by: 'ann', from: { amount: 20 } } },
      progress: { approvals: 0, votes: [] },
    });
    expect(question.actionDigest).not.toBe(asked.actionDigest);
    expect(question.differences).toEqual(
      expect.arrayContaining([
        'ann put other arguments in place: amount.',
        'The rule large asks now: A large refund needs a lead too.',
      ]),
    );
    // For the digest of the arguments before it is no verdict.
    const stale = await lea.says('approve', { approvalId: held.approvalId, actionDigest: asked.actionDigest });
    expect(stale.body).toMatchObject({ code: 'digest_mismatch' });
    expect((await lea.says('approve', question)).body).toMatchObject({ status: 'approved' });
    expect((await record(stack, asked.actionId)).status).toBe('permitted');
  });

  it('an edit by somebody whom the new terms ask counts as the approval of it at once', async () => {
    const asked = await refund(20);
    await lea.says('edit', asked, { arguments: { amount: 200 }, comment: 'as the customer wrote' });
    const seen = await record(stack, asked.actionId);
    expect(seen).toMatchObject({ status: 'permitted', arguments: { amount: 200 }, edit: { by: 'lea' } });
    const question = await lea.reads(seen.approvalId);
    expect(question).toMatchObject({ status: 'approved', resolvedBy: 'lea', round: 2 });
  });

  it('an edit that needs nobody may run, and the agent runs the edited arguments', async () => {
    const key = `edited-${store}`;
    let approvalId: string | null = null;
    const ran = await stack.agent.guard('refund', 'billing', { amount: 30 }, (args) => args, {
      idempotencyKey: key,
      onPending: async (asked) => {
        ({ approvalId } = asked);
        await ann.says('edit', asked, { arguments: { amount: 9 } });
      },
    });
    expect(ran).toEqual({ amount: 9 });
    expect(await ann.reads(approvalId)).toMatchObject({ status: 'approved', arguments: { amount: 9 } });
    const repeated = await ask(stack, 'refund', { target: 'billing', context: { amount: 30 }, key });
    await ended(stack, repeated.actionId);
    expect(repeated).toMatchObject({ arguments: { amount: 9 }, edit: { from: { amount: 30 } } });
  });

  it('an executor runs the edited arguments, and only what fits it can be edited in', async () => {
    const asked = await ask(stack, 'refund', {
      ...{ target: 'payments', context: { amount: 40 }, more: { mode: 'executor' } },
    });
    const unfit = await ann.says('edit', asked, { arguments: { amount: 'forty' } });
    expect(unfit.body).toMatchObject({ status: 422, code: 'edit_refused' });
    expect(unfit.body['errors']).toMatchObject([{ field: '/arguments/amount' }]);
    await ann.says('edit', asked, { arguments: { amount: 8 } });
    expect(await ended(stack, asked.actionId)).toMatchObject({
      ...{ status: 'succeeded', settlement: { result: { paid: 8 } } },
    });
    expect(paid).toEqual([{ amount: 8 }]);
  });

  it('the same arguments are no edit, and an edit is only for somebody with a say', async () => {
    const asked = await refund(20);
    expect((await ann.says('edit', asked, { arguments: { amount: 20 } })).body).toMatchObject({
      code: 'edit_refused',
    });
    const large = await refund(150);
    expect((await ann.says('edit', large, { arguments: { amount: 9 } })).body).toMatchObject({
      code: 'not_a_reviewer',
    });
  });

  it('what is edited takes from budgets what it takes then', async () => {
    const asked = await refund(90, {}, 'till');
    await ann.says('edit', asked, { arguments: { amount: 650 } });
    const blocked = await ended(stack, asked.actionId);
    expect(blocked.status).toBe('blocked');
    expect(blocked.settlement?.reason).toContain(
      '0 of 500 of amount of this agent in the last hour; this would be 650',
    );
    const fits = await refund(90, {}, 'till');
    await lea.says('edit', fits, { arguments: { amount: 95 } });
    const taken = await stack.core.store.db
      .selectFrom('reservations')
      .select(['rule', 'amount'])
      .where('action_id', '=', fits.actionId)
      .execute();
    expect(taken).toEqual([{ rule: 'budget', amount: 95 }]);
  });

  it('a policy that turns against the edited arguments before they run is asked again about them', async () => {
    const asked = await refund(20);
    await ann.says('edit', asked, { arguments: { amount: 9 } });
    await stack.setPolicy(
      'refunds.yaml',
      POLICY.replace('args.amount < 10', 'args.amount < 5').replace('>= 10\n', '>= 5\n'),
    );
    try {
      const claim = { claimId: randomUUID() };
      const refused = await stack.call('agent', 'POST', `/api/v1/actions/${asked.actionId}/claim`, claim);
      expect(refused.body).toMatchObject({ code: 'policy_changed' });
      await stack.gate.state(asked.actionId);
      const seen = await record(stack, asked.actionId);
      expect(seen).toMatchObject({ status: 'held', arguments: { amount: 9 } });
      expect(await ann.reads(seen.approvalId)).toMatchObject({ round: 2, arguments: { amount: 9 } });
    } finally {
      await stack.setPolicy('refunds.yaml', POLICY);
    }
  });

  it('F05 an edit whose digest is not its own is refused and recorded', async () => {
    const asked = await refund(20);
    const signer = createVerdictSigner(loadSigningKey(stack.core.settings.verdictKey));
    const review = {
      ...{ verdictId: randomUUID(), approvalId: asked.approvalId ?? '', verdict: 'edit' as const },
      ...{ actionDigest: asked.actionDigest, policyDigest: asked.policyDigest, comment: null, at: Date.now() },
      ...{ reviewer: 'ann', role: 'reviewer', groups: [] },
      detail: { kind: 'edit' as const, arguments: { amount: 5000 }, digest: 'sha256:of-something-small' },
    };
    const forged = { ...review, ...signer.sign({ ...review, actionId: asked.actionId }) };
    expect(await stack.gate.review(asked.actionId, forged)).toMatchObject({ accepted: false, code: 'forbidden' });
    expect(entries(await record(stack, asked.actionId), 'refused_attempt')).toHaveLength(1);
  });
});
