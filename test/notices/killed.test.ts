import { processStack, type ProcessStack } from '../support/process-stack.ts';
import { WORD_POLICY } from '../support/policies.ts';
import { noticesFile, webhookSecret } from './support/notices-file.ts';
import { startReceiver, type Receiver } from './support/receiver.ts';

let stack: ProcessStack;
let receiver: Receiver;

beforeAll(async () => {
  receiver = await startReceiver();
  const file = noticesFile(
    `
version: 1
channels: { hook: { kind: webhook, url: '${receiver.url}', secretFile: secret } }
routes: [{ to: [hook] }]
`,
    { secret: webhookSecret() },
  );
  stack = await processStack({ policy: WORD_POLICY, env: { GATEHOUSE_NOTICES: file } });
});
afterAll(async () => {
  await stack.stop();
  await receiver.close();
});

it('a worker that is killed while it sends is followed by one that sends the same message under the same id', async () => {
  receiver.behave('hang', { status: 200 });
  await stack.api();
  const first = await stack.worker();
  const held = await stack.agent().decide('held_here', 'anything', {});
  await receiver.count(1);
  await first.kill();
  await stack.worker();
  const [before, after] = await receiver.count(2);
  expect(after?.headers['webhook-id']).toBe(before?.headers['webhook-id']);
  expect(after?.text).toBe(before?.text);
  expect(after?.text).toContain(held.actionId);
}, 90_000);
