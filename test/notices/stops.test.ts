import { ask } from '../support/asking.ts';
import { WORD_POLICY } from '../support/policies.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { noticesFile, webhookSecret } from './support/notices-file.ts';
import { noticesUntil } from './support/on-record.ts';
import { startReceiver, type Receiver } from './support/receiver.ts';

let stack: Stack;
let receiver: Receiver;

beforeAll(async () => {
  receiver = await startReceiver();
  const file = noticesFile(
    `
version: 1
channels: { hook: { kind: webhook, url: '${receiver.url}', secretFile: secret, includeArguments: true } }
routes: [{ to: [hook] }]
`,
    { secret: webhookSecret() },
  );
  stack = await startStack({ policy: { 'policy.yaml': WORD_POLICY }, env: { GATEHOUSE_NOTICES: file } });
});
afterAll(async () => {
  await stack.stop();
  await receiver.close();
});

it('people hear of an emergency stop, of the questions that it ended, and that it was lifted', async () => {
  const held = await ask(stack, 'held_here', { context: { table: 'users' } });
  const thrown = await stack.call('admin', 'POST', '/api/v1/stops', { scope: 'everything', reason: 'A drill' });
  expect(thrown.status).toBe(200);
  const ended = await noticesUntil(
    stack,
    held.actionId,
    (all) => all.filter(({ state }) => state === 'sent').length === 2,
  );
  expect(ended.map(({ notice }) => notice).sort()).toEqual(['cancelled', 'held']);
  const stopId = String(thrown.body['stopId']);
  await stack.call('admin', 'POST', `/api/v1/stops/${stopId}/lift`, { reason: 'It is over' });
  const told = (await receiver.count(4)).map(({ text }) => JSON.parse(text) as { type: string; data: object });
  expect(told.map(({ type }) => type).sort()).toEqual([
    'notice.cancelled',
    'notice.held',
    'notice.stop_lifted',
    'notice.stop_thrown',
  ]);
  expect(told.find(({ type }) => type === 'notice.held')?.data).toMatchObject({ arguments: { table: 'users' } });
  expect(told.find(({ type }) => type === 'notice.stop_thrown')?.data).toMatchObject({
    details: { reason: 'A drill' },
  });
});
