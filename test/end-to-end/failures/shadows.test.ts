import { ActionBlockedError } from '@gatehouse/sdk';
import { approvalOf, ask, describeStores, ended, giveVerdict, record } from '../../support/asking.ts';
import { startStack, type Stack } from '../../support/stack.ts';

const policy = (mode: string): string => `
version: 1
name: shadows
defaults: { unmatched: block }
rules:
  - { id: ask, reason: A person looks., match: { action: 'held_*' }, effect: require_approval }
  - { id: run, reason: It runs., match: { action: 'read_*' }, effect: allow }
  - { id: trial, reason: On trial., match: { target: tried }, effect: ${mode} }
`;

describeStores('rules in shadow', (store) => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ policy: { 'a.yaml': policy('block, mode: shadow') }, store });
  });
  afterAll(async () => {
    await stack.stop();
  });

  it('F22 approving what a shadowed rule would block runs just what was asked about, and the card says what is in shadow', async () => {
    let ran = 0;
    const asked = await ask(stack, 'held_one', { target: 'tried' });
    const card = await approvalOf(stack, asked.approvalId, 0);
    expect(card).toMatchObject({
      matchedRules: [{ id: 'ask' }],
      shadowRules: [{ id: 'trial', effect: 'block', reason: 'On trial.' }],
      shadowOutcome: 'BLOCK',
    });
    await expect(
      stack.agent.guard('held_two', 'tried', {}, () => (ran += 1), {
        onPending: async (pending) => {
          await giveVerdict(stack, pending, 'approve');
        },
      }),
    ).resolves.toBe(1);
    expect(ran).toBe(1);
  });

  it('F22 there is no question about what a rule in shadow alone would ask, so nobody can approve it', async () => {
    await stack.setPolicy('a.yaml', policy('require_approval, mode: shadow'));
    const allowed = await ask(stack, 'read_one', { target: 'tried' });
    expect(allowed).toMatchObject({ decision: 'ALLOW', approvalId: null, shadowOutcome: 'REQUIRE_APPROVAL' });
    const blocked = await ask(stack, 'frob_one', { target: 'tried' });
    expect(blocked).toMatchObject({ decision: 'BLOCK', status: 'blocked', approvalId: null });
    const invented = {
      approvalId: `apr_${blocked.actionId.slice('act_'.length)}_1`,
      actionDigest: blocked.actionDigest,
    };
    expect((await giveVerdict(stack, invented, 'approve')).status).toBe(404);
    let ran = 0;
    await expect(stack.agent.guard('frob_two', 'tried', {}, () => (ran += 1))).rejects.toThrow(ActionBlockedError);
    expect(ran).toBe(0);
    expect(await record(stack, blocked.actionId)).toMatchObject({ status: 'blocked' });
  });

  it('F07 what a person approved is judged again before it runs: a rule that blocks by then blocks it', async () => {
    await stack.setPolicy('a.yaml', policy('block, mode: shadow'));
    let ran = 0;
    const guarded = stack.agent.guard('held_three', 'tried', {}, () => (ran += 1), {
      onPending: async (pending) => {
        await stack.setPolicy('a.yaml', policy('block'));
        await giveVerdict(stack, pending, 'approve');
      },
    });
    await expect(guarded).rejects.toBeInstanceOf(ActionBlockedError);
    expect(ran).toBe(0);
  });

  it('F19 a storm of the same call after a denial is answered each time, asks nobody anew, and holds up no one else', async () => {
    await stack.setPolicy('a.yaml', policy('block'));
    const first = await ask(stack, 'held_storm', { target: 'tried' });
    expect(first.decision).toBe('BLOCK');
    const storm = await Promise.all(
      Array.from({ length: 40 }, () => ask(stack, 'held_storm', { target: 'tried', key: `the-same-${store}` })),
    );
    expect(new Set(storm.map(({ actionId }) => actionId)).size).toBe(1);
    expect(new Set(storm.map(({ decision }) => decision))).toEqual(new Set(['BLOCK']));
    const denied = await ask(stack, 'held_denied', { target: 'elsewhere', key: `denied-${store}` });
    await giveVerdict(stack, denied, 'reject');
    await ended(stack, denied.actionId);
    const again = await Promise.all(
      Array.from({ length: 20 }, () => ask(stack, 'held_denied', { target: 'elsewhere', key: `denied-${store}` })),
    );
    expect(new Set(again.map(({ approvalId, status }) => `${String(approvalId)} ${status}`))).toEqual(
      new Set([`${String(denied.approvalId)} rejected`]),
    );
    expect((await ask(stack, 'read_other', { target: 'elsewhere' })).decision).toBe('ALLOW');
  });

  it('F19 a rule bounds how often an agent may come back after refusals', async () => {
    await stack.setPolicy(
      'a.yaml',
      `${policy('block')}  - { id: stop, reason: You were refused just now., match: { action: 'read_*' }, after: { action: 'held_*', outcome: refused, per: agent, within: 1h }, effect: block }\n`,
    );
    expect(await ask(stack, 'read_more', { target: 'elsewhere' })).toMatchObject({
      decision: 'BLOCK',
      matchedRule: 'stop',
    });
  });
});
