import { ask, describeStores } from '../support/asking.ts';
import { WORD_POLICY } from '../support/policies.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { noticesFile, webhookSecret } from './support/notices-file.ts';
import { noticesUntil } from './support/on-record.ts';
import { startReceiver, type Receiver } from './support/receiver.ts';

interface Told {
  type: string;
  data: { notices?: { action: { actionId: string } }[]; arguments?: unknown };
}

describeStores('a flood of questions', (store) => {
  let stack: Stack;
  let receiver: Receiver;

  beforeAll(async () => {
    receiver = await startReceiver();
    const file = noticesFile(
      `
version: 1
channels:
  hook: { kind: webhook, url: '${receiver.url}', secretFile: secret, flood: { most: 2, within: 4s } }
routes: [{ match: { kinds: [held] }, to: [hook] }]
`,
      { secret: webhookSecret() },
    );
    stack = await startStack({ policy: { 'policy.yaml': WORD_POLICY }, store, env: { GATEHOUSE_NOTICES: file } });
  });
  afterAll(async () => {
    await stack.stop();
    await receiver.close();
  });

  it('comes as two messages and one that gathers the others, each with its delivery on record', async () => {
    const held = await Promise.all([1, 2, 3, 4, 5].map((index) => ask(stack, `held_${String(index)}`)));
    const states: (string | undefined)[] = [];
    for (const { actionId } of held) {
      const [notice] = await noticesUntil(stack, actionId, ([first]) =>
        ['sent', 'merged'].includes(first?.state ?? ''),
      );
      states.push(notice?.state);
    }
    expect(states.sort()).toEqual(['merged', 'merged', 'merged', 'sent', 'sent']);
    const told = (await receiver.count(3)).map(({ text }) => JSON.parse(text) as Told);
    expect(told.map(({ type }) => type).sort()).toEqual(['notice.digest', 'notice.held', 'notice.held']);
    const digest = told.find(({ type }) => type === 'notice.digest');
    expect(digest?.data.notices).toHaveLength(3);
    const { body } = await stack.call('reviewer', 'GET', '/api/v1/notices?channel=hook&state=merged');
    expect(body['notices']).toHaveLength(3);
  });

  it('tells nothing of the arguments unless the channel is to have them', () => {
    expect(receiver.received.every(({ text }) => !text.includes('"arguments"'))).toBe(true);
  });
});
