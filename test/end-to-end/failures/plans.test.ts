import { ActionBlockedError, ActionRejectedError, type Gatehouse } from '@gatehouse/sdk';
import { approvalOf, ask, describeStores, entries, failureOf, giveVerdict } from '../../support/asking.ts';
import { recorded } from '../../support/recorded.ts';
import { WORD_POLICY } from '../../support/policies.ts';
import { startStack, type Stack } from '../../support/stack.ts';

describeStores('plans and many calls at once', (store) => {
  let stack: Stack;
  let agent: Gatehouse;
  beforeAll(async () => {
    stack = await startStack({ policy: { 'words.yaml': WORD_POLICY }, store });
    ({ agent } = stack);
  });
  afterAll(async () => {
    await stack.stop();
  });

  it('F20 five calls at once with mixed outcomes are independent of each other', async () => {
    const ran: string[] = [];
    const run = (type: string, verdict?: 'approve' | 'reject') =>
      agent
        .guard(type, 'anything', { verdict: verdict ?? 'none' }, () => ran.push(`${type} ${verdict ?? ''}`), {
          onPending: async (asked) => {
            if (verdict !== undefined) await giveVerdict(stack, asked, verdict);
          },
        })
        .then(
          () => 'ran',
          (error: unknown) => error,
        );
    const ends = await Promise.all([
      run('read_word'),
      run('held_word', 'approve'),
      run('held_word', 'reject'),
      run('blocked_word'),
      run('brief_word'),
    ]);
    expect(ends.slice(0, 2)).toEqual(['ran', 'ran']);
    expect(ends[2]).toBeInstanceOf(ActionRejectedError);
    expect(ends[3]).toBeInstanceOf(ActionBlockedError);
    expect(ends[4]).toMatchObject({ name: 'ActionExpiredError' });
    expect(ran.sort()).toEqual(['held_word approve', 'read_word ']);
  });

  it('F21 a dangerous leaf inside an approved plan is gated itself', async () => {
    const leaves: string[] = [];
    const plan = agent.guard(
      'held_plan',
      'anything',
      { steps: ['read_word', 'blocked_word', 'held_word'] },
      async () => {
        await agent.guard('read_word', 'anything', {}, () => leaves.push('read'));
        const blocked = await failureOf(agent.guard('blocked_word', 'anything', {}, () => leaves.push('blocked')));
        expect(blocked).toBeInstanceOf(ActionBlockedError);
        await agent.guard('held_word', 'anything', { leaf: true }, () => leaves.push('held'), {
          onPending: async (asked) => {
            expect(leaves).toEqual(['read']);
            await giveVerdict(stack, asked, 'approve');
          },
        });
      },
      {
        onPending: async (asked) => {
          await giveVerdict(stack, asked, 'approve');
        },
      },
    );
    await plan;
    expect(leaves).toEqual(['read', 'held']);
  });

  it('F22 what is in shadow asks nobody, runs as it would without it, and says what it would have come to', async () => {
    await stack.setPolicy('words.yaml', WORD_POLICY.replace('  - id: let-it', `${SHADOW}\n  - id: let-it`));
    try {
      const allowed = await ask(stack, 'read_word', { more: { claim: false } });
      expect(allowed).toMatchObject({ decision: 'ALLOW', approvalId: null, shadowOutcome: 'REQUIRE_APPROVAL' });
      // A verdict on it finds no question: it changes nothing, and is on record.
      await stack.client.workflow.getHandle(allowed.actionId).signal('reject', { reviewer: 'ann' });
      const held = await ask(stack, 'held_word', { more: { claim: false } });
      expect(await approvalOf(stack, held.approvalId, 0)).toMatchObject({
        ...{ status: 'pending', shadowOutcome: 'BLOCK' },
        shadowRules: [{ id: 'shadow-block' }],
      });
      const seen = await recorded(stack, allowed.actionId, 'refused_attempt', 1);
      expect(seen.status).toBe('permitted');
      expect(entries(seen, 'refused_attempt')).toMatchObject([{ data: { code: 'not_found' } }]);
    } finally {
      await stack.setPolicy('words.yaml', WORD_POLICY);
    }
  });
});

const SHADOW = `  - id: shadow-ask
    reason: A person would be asked.
    match: { action: ['read_*'] }
    effect: require_approval
    mode: shadow
  - id: shadow-block
    reason: It would be blocked.
    match: { action: ['held_*'] }
    effect: block
    mode: shadow`;
