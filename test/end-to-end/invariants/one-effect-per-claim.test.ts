import { randomUUID } from 'node:crypto';
import { ask, describeStores, ended, entries, giveVerdict, report } from '../../support/asking.ts';
import { WORD_POLICY } from '../../support/policies.ts';
import { startStack, type Stack } from '../../support/stack.ts';

const CALLERS = 50;

describeStores('one effect per claim', (store) => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({
      policy: { 'words.yaml': WORD_POLICY },
      store,
      // The crowd is one agent, of which there is room for three quarters.
      env: { GATEHOUSE_MAX_IN_FLIGHT: '128' },
    });
  });
  afterAll(async () => {
    await stack.stop();
  });

  /** Many callers with one key at once, each with a claim of its own. */
  const crowd = (type: string, key: string) =>
    Promise.all(Array.from({ length: CALLERS }, () => ask(stack, type, { key, more: { claim: randomUUID() } })));

  it('I3 one decision, at most one effect per claim', async () => {
    const answers = await crowd('read_word', `crowd-${store}`);
    const decisions = answers.map(({ actionId, decision, decidedAt, policyDigest, actionDigest, arguments: args }) =>
      JSON.stringify({ actionId, decision, decidedAt, policyDigest, actionDigest, args }),
    );
    expect(new Set(decisions).size).toBe(1);
    const [winner, ...others] = answers.filter(({ permit }) => permit?.granted === true);
    expect(others).toEqual([]);
    if (winner === undefined) throw new Error('nobody was granted the permit');
    expect((await report(stack, winner, 'succeeded')).status).toBe(200);
    const end = await ended(stack, winner.actionId);
    expect(end.status).toBe('succeeded');
    for (const kind of ['decided', 'claimed', 'succeeded']) expect(entries(end, kind)).toHaveLength(1);
    expect(entries(end, 'claimed')).toMatchObject([{ data: { claimId: winner.permit?.claimId } }]);
  });

  it('I3 one decision, at most one effect per claim: also when a person had to approve', async () => {
    const answers = await crowd('held_word', `held-crowd-${store}`);
    expect(new Set(answers.map(({ approvalId }) => approvalId)).size).toBe(1);
    const [held] = answers;
    if (held === undefined) throw new Error('nobody asked');
    await giveVerdict(stack, held, 'approve');
    let effects = 0;
    const runners = Array.from({ length: 10 }, () =>
      stack.agent.guard('held_word', 'anything', {}, () => (effects += 1), { idempotencyKey: `held-crowd-${store}` }),
    );
    const ends = await Promise.allSettled(runners);
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(effects).toBe(1);
    expect(entries(await ended(stack, held.actionId), 'claimed')).toHaveLength(1);
  });
});
