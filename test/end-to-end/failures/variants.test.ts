import { ActionBlockedError } from '@gatehouse/sdk';
import { approvalOf, ask, describeStores, giveVerdict } from '../../support/asking.ts';
import { WORD_POLICY } from '../../support/policies.ts';
import { startStack, type Stack } from '../../support/stack.ts';

describeStores('variants of what was approved', (store) => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ policy: { 'words.yaml': WORD_POLICY }, store });
  });
  afterAll(async () => {
    await stack.stop();
  });

  it('F09 an approval opens nothing for a variant of the call that is denied', async () => {
    const context = { table: 'users' };
    const approved = await ask(stack, 'held_delete', { target: 'staging', context });
    await giveVerdict(stack, approved, 'approve');
    expect((await approvalOf(stack, approved.approvalId)).status).toBe('approved');

    const variant = await ask(stack, 'held_delete', { target: 'forbidden_production', context });
    expect(variant).toMatchObject({ decision: 'BLOCK', matchedRule: 'never-twice', permit: null });
    expect(variant.actionDigest).not.toBe(approved.actionDigest);
    await expect(stack.agent.guard('held_delete', 'forbidden_production', context, () => 'ran')).rejects.toBeInstanceOf(
      ActionBlockedError,
    );
  });

  it('F09 an approval opens nothing for other arguments: they are asked about anew', async () => {
    const approved = await ask(stack, 'held_delete', { context: { table: 'users', limit: 10 } });
    await giveVerdict(stack, approved, 'approve');
    const variant = await ask(stack, 'held_delete', { context: { table: 'users', limit: 10_000 } });
    expect(variant).toMatchObject({ decision: 'REQUIRE_APPROVAL', status: 'held', permit: null });
    expect(variant.approvalId).not.toBe(approved.approvalId);
  });
});
