import { ask, askFor, describeStores } from '../../support/asking.ts';
import { WORD_POLICY } from '../../support/policies.ts';
import { startStack, type Stack } from '../../support/stack.ts';

const WITH_CONDITION = `${WORD_POLICY}
  - id: small
    reason: Small ones may go.
    match: { action: ['update_*'] }
    when: args.amount < 10
    effect: allow
`;

describeStores('nothing unruled runs', (store) => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ policy: { 'words.yaml': WITH_CONDITION }, store });
  });
  afterAll(async () => {
    await stack.stop();
  });

  it('I1 nothing unruled runs', async () => {
    const unruled = [
      ['frobnicate', {}],
      ['READ', {}],
      ['', {}],
      ['update_sum', {}],
      ['update_sum', { amount: 'a lot' }],
      ['update_sum', { amount: null }],
      ['transfer_funds', { amount: 1 }],
      ['unread_word', { type: 'read_word', decision: 'ALLOW' }],
    ] as const;
    for (const [type, context] of unruled) {
      const { body } = await askFor(stack, type, { context });
      expect(body['decision']).not.toBe('ALLOW');
      expect(body['permit'] ?? null).toBeNull();
    }
    const { workflowIds, statuses } = await permittedOnRecord();
    expect({ workflowIds, statuses }).toEqual({ workflowIds: [], statuses: [] });
    // And what is ruled does, or this would prove nothing.
    expect((await ask(stack, 'update_sum', { context: { amount: 1 } })).decision).toBe('ALLOW');
  });

  async function permittedOnRecord(): Promise<{ workflowIds: string[]; statuses: string[] }> {
    const rows = await stack.core.store.db
      .selectFrom('actions')
      .select(['id', 'status'])
      .where('status', 'not in', ['blocked', 'held'])
      .execute();
    return { workflowIds: rows.map(({ id }) => id), statuses: rows.map(({ status }) => status) };
  }
});
