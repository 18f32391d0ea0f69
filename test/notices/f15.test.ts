import type { NoticeDelivery } from '@gatehouse/sdk/contract';
import { kinds, describeStores, ask, entries, giveVerdict, recordUntil } from '../support/asking.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { noticesFile, webhookSecret } from './support/notices-file.ts';
import { noticesUntil } from './support/on-record.ts';
import { startReceiver, type Receiver } from './support/receiver.ts';

const POLICY = `
version: 1
name: reminding
defaults: { unmatched: block }
rules:
  - id: ask-first
    reason: A person must look at this.
    match: { action: ['held_*'] }
    effect: require_approval
    approval: { expiresIn: 1h }
  - id: ask-briefly
    reason: A person must look at this, soon.
    match: { action: ['brief_*'] }
    effect: require_approval
    approval: { expiresIn: 4s, remindEvery: 1s }
`;

/** Where nothing more comes of a message. */
const OVER: readonly string[] = ['sent', 'merged', 'dropped'];

describeStores('F15 a channel that is down', (store) => {
  let stack: Stack;
  let receiver: Receiver;
  let port: number;

  beforeAll(async () => {
    receiver = await startReceiver();
    port = receiver.port;
    const file = noticesFile(
      `
version: 1
remindersWithin: 1s
channels:
  hook: { kind: webhook, url: 'http://127.0.0.1:${String(port)}/', secretFile: secret, flood: { most: 1000, within: 1m } }
routes: [{ to: [hook] }]
`,
      { secret: webhookSecret() },
    );
    stack = await startStack({ policy: { 'policy.yaml': POLICY }, store, env: { GATEHOUSE_NOTICES: file } });
  });
  afterAll(async () => {
    await stack.stop();
    await receiver.close();
  });

  /** Waits for one message after the other, until none is under way. */
  const untilAllIsTold = async (): Promise<void> => {
    for (const state of ['gathered', 'waiting', 'failed']) {
      const { body } = await stack.call('reviewer', 'GET', `/api/v1/notices?state=${state}&limit=200`);
      const one = (body['notices'] as NoticeDelivery[]).find(({ actionId }) => actionId !== null);
      if (one === undefined) continue;
      await noticesUntil(stack, one.actionId ?? '', (all) => all.every((each) => OVER.includes(each.state)));
      await untilAllIsTold();
    }
  };

  it('leaves the timers alone, the inbox complete, and is told when it is back', async () => {
    await receiver.close();
    const held = await ask(stack, 'held_here');
    const brief = await ask(stack, 'brief_here');

    const expired = await recordUntil(stack, brief.actionId, ({ status }) => status === 'expired');
    const life = [...new Set(kinds(expired))].filter((kind) => kind !== 'notified');
    expect(life).toEqual(['requested', 'decided', 'held', 'reminded', 'expired']);
    const { body } = await stack.call('reviewer', 'GET', '/api/v1/approvals?status=pending');
    expect(body['approvals']).toMatchObject([{ actionId: held.actionId }]);
    const failed = await noticesUntil(stack, held.actionId, ([first]) => first?.state === 'failed');
    expect(failed).toMatchObject([
      { notice: 'held', channel: 'hook', lastError: 'It cannot be reached (ECONNREFUSED)' },
    ]);

    receiver = await startReceiver({ port });
    const sent = await noticesUntil(stack, held.actionId, ([first]) => first?.state === 'sent');
    expect(sent[0]?.attempts).toBeGreaterThan(1);
    const told = receiver.received.map(
      ({ text }) => JSON.parse(text) as { data: { kind: string; action?: { actionId: string } } },
    );
    expect(told.filter(({ data }) => data.action?.actionId === held.actionId)).toHaveLength(1);
  });

  it.each([
    { does: 'takes a message and never answers', behaviour: 'hang', lastError: 'It did not answer within 10 seconds' },
    { does: 'answers that it is broken', behaviour: { status: 500 }, lastError: 'It answers HTTP 500' },
  ] as const)(
    'leaves the timers alone where it $does',
    async ({ behaviour, lastError }) => {
      receiver.behave(behaviour);
      const before = receiver.received.length;
      // More than the workers of notices have places for at once.
      const others = await Promise.all(Array.from({ length: 52 }, (_, index) => ask(stack, `held_${String(index)}`)));
      const brief = await ask(stack, 'brief_there');
      await receiver.count(before + 1);
      const expired = await recordUntil(stack, brief.actionId, ({ status }) => status === 'expired');
      const life = [...new Set(kinds(expired))].filter((kind) => kind !== 'notified');
      expect(life).toEqual(['requested', 'decided', 'held', 'reminded', 'expired']);
      const [first] = others;
      const told = await noticesUntil(stack, first?.actionId ?? '', ([one]) => one?.state === 'failed');
      expect(told).toMatchObject([{ notice: 'held', lastError }]);

      receiver.behave({ status: 200 });
      await untilAllIsTold();
    },
    90_000,
  );

  it('has on the record of the action when it was told', async () => {
    const held = await ask(stack, 'held_there');
    await giveVerdict(stack, held, 'reject');
    const action = await recordUntil(stack, held.actionId, (one) => entries(one, 'notified').length === 2);
    expect(
      entries(action, 'notified')
        .map(({ data }) => [data['notice'], data['state']])
        .sort(),
    ).toEqual([
      ['held', 'sent'],
      ['rejected', 'sent'],
    ]);
  });

  it('is not told of what is allowed or blocked at once', async () => {
    const before = receiver.received.length;
    const blocked = await ask(stack, 'unknown_here');
    const held = await ask(stack, 'held_last');
    await noticesUntil(stack, held.actionId, ([first]) => first?.state === 'sent');
    expect(await noticesUntil(stack, blocked.actionId, () => true)).toEqual([]);
    expect(receiver.received).toHaveLength(before + 1);
  });
});
