import { randomUUID } from 'node:crypto';
import { ActionBlockedError } from '@gatehouse/sdk';
import {
  ask,
  askFor,
  approvalOf,
  describeStores,
  ended,
  failureOf,
  giveVerdict,
  kinds,
  record,
  recordUntil,
} from '../../support/asking.ts';
import { WORD_POLICY } from '../../support/policies.ts';
import { startStack, type Stack } from '../../support/stack.ts';

const BLOCKING = `${WORD_POLICY}
  - id: not-any-more
    reason: This was allowed once.
    match: { target: ['anything'] }
    effect: block
`;
const ASKING = `${WORD_POLICY}
  - id: ask-now
    reason: This needs a look now.
    match: { target: ['anything'] }
    effect: require_approval
`;

describeStores('what was decided is what runs', (store) => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ policy: { 'words.yaml': WORD_POLICY }, store });
  });
  beforeEach(async () => {
    await stack.setPolicy('words.yaml', WORD_POLICY);
  });
  afterAll(async () => {
    await stack.stop();
  });

  const claim = (actionId: string) =>
    stack.call('agent', 'POST', `/api/v1/actions/${actionId}/claim`, { claimId: randomUUID() });

  it('I2 what was decided is what runs', async () => {
    const context = { table: 'users', count: 3 };
    const answer = await ask(stack, 'held_word', { context, key: `mine-${store}` });
    const changed = [
      await askFor(stack, 'held_word', { context: { ...context, count: 4 }, key: `mine-${store}` }),
      await askFor(stack, 'held_other', { context, key: `mine-${store}` }),
      await askFor(stack, 'held_word', { context, key: `mine-${store}`, target: 'elsewhere' }),
      await askFor(stack, 'read_word', { context, key: `mine-${store}` }),
    ];
    for (const reply of changed) expect(reply).toMatchObject({ status: 422, body: { code: 'key_reused' } });
    // The order of the keys is no change.
    const reordered = await ask(stack, 'held_word', { context: { count: 3, table: 'users' }, key: `mine-${store}` });
    expect(reordered.actionId).toBe(answer.actionId);
    await giveVerdict(stack, answer, 'approve');
    const ran = await stack.agent.guard('held_word', 'anything', context, (args) => args, {
      idempotencyKey: `mine-${store}`,
    });
    expect(ran).toEqual(context);
  });

  it('I2 what was decided is what runs: a policy that blocks by the time of the verdict blocks', async () => {
    const answer = await ask(stack, 'held_word', { key: `tightened-${store}` });
    await stack.setPolicy('words.yaml', BLOCKING);
    await giveVerdict(stack, answer, 'approve');
    const end = await ended(stack, answer.actionId);
    expect(kinds(end)).toEqual(['requested', 'decided', 'held', 'verdict', 'rechecked', 'blocked']);
    const again = stack.agent.guard('held_word', 'anything', {}, () => 'ran', { idempotencyKey: `tightened-${store}` });
    expect(await failureOf(again)).toBeInstanceOf(ActionBlockedError);
  });

  it('I2 what was decided is what runs: a policy that asks for more by the time of the verdict asks again', async () => {
    const answer = await ask(stack, 'held_word', { key: `asked-twice-${store}` });
    await stack.setPolicy('words.yaml', ASKING);
    await giveVerdict(stack, answer, 'approve');
    const second = await record(stack, answer.actionId);
    expect(second.status).toBe('held');
    expect(second.approvalId).not.toBe(answer.approvalId);
    expect(await claim(answer.actionId)).toMatchObject({ status: 409, body: { code: 'not_permitted' } });
    // The verdict on the first question is worth nothing for the second, and the agent's own wait goes on.
    expect((await giveVerdict(stack, answer, 'approve')).status).toBe(200);
    expect((await approvalOf(stack, second.approvalId, 0)).status).toBe('pending');
    await giveVerdict(stack, second, 'approve');
    const ran = await stack.agent.guard('held_word', 'anything', {}, () => 'ran', {
      idempotencyKey: `asked-twice-${store}`,
    });
    expect(ran).toBe('ran');
  });

  it('I2 what was decided is what runs: a permit of another policy is judged again when it is claimed', async () => {
    const toBlock = await ask(stack, 'read_word', { more: { claim: false } });
    const toAsk = await ask(stack, 'read_word', { more: { claim: false } });
    const untouched = await ask(stack, 'read_word', { more: { claim: false }, target: 'elsewhere' });
    await stack.setPolicy('words.yaml', BLOCKING);
    expect(await claim(toBlock.actionId)).toMatchObject({ status: 409, body: { code: 'policy_changed' } });
    expect((await ended(stack, toBlock.actionId)).status).toBe('blocked');
    expect((await claim(untouched.actionId)).status).toBe(200);

    await stack.setPolicy('words.yaml', ASKING);
    expect(await claim(toAsk.actionId)).toMatchObject({ status: 409, body: { code: 'policy_changed' } });
    // The refused claim had it judged again, beside the answer.
    await recordUntil(stack, toAsk.actionId, ({ status }) => status === 'held');
    await stack.client.workflow
      .getHandle(toAsk.actionId)
      .executeUpdate('cancel', { args: [{ by: 'admin:test', reason: null }] });
    expect(kinds(await ended(stack, toAsk.actionId))).toEqual(['requested', 'decided', 'held', 'cancelled']);
  });
});
