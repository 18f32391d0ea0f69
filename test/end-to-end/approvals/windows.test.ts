import { ask, ended, kinds, record } from '../../support/asking.ts';
import { person, type Person } from '../../support/people.ts';
import { startStack, type Stack } from '../../support/stack.ts';
import { recorded } from '../../support/recorded.ts';

/** Any day but today and tomorrow. */
const DAY = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'][(new Date().getUTCDay() + 3) % 7] ?? 'sun';
const MINUTE_MS = 60_000;

function policy(minute: string): string {
  return `
version: 1
name: windows
rules:
  - id: another-day
    reason: It runs on another day.
    match: { action: another_day }
    effect: require_approval
    approval: { run: { days: [${DAY}] } }
  - id: soon
    reason: It runs from the next minute on.
    match: { action: soon }
    effect: require_approval
    approval: { run: { from: '${minute}', to: '${minute === '00:00' ? '23:59' : '00:00'}' } }
`;
}

/** The next full minute by the clock of the server, as a time of day. */
function nextMinute(): string {
  return new Date(Math.ceil(Date.now() / MINUTE_MS) * MINUTE_MS).toISOString().slice(11, 16);
}

let stack: Stack;
let ann: Person;
beforeAll(async () => {
  stack = await startStack({ policy: { 'windows.yaml': policy('00:00') } });
  ann = await person(stack, 'ann');
});
afterAll(async () => {
  await stack.stop();
});

it('what was approved waits for its window: no more verdicts, still to be withdrawn, through a restart', async () => {
  const asked = await ask(stack, 'another_day', { more: { claim: false } });
  expect((await ann.says('approve', asked)).body).toMatchObject({ status: 'approved', permit: null });
  expect((await record(stack, asked.actionId)).status).toBe('scheduled');
  const agent = await stack.call('agent', 'GET', `/api/v1/approvals/${asked.approvalId ?? ''}`);
  expect(agent).toMatchObject({ status: 409, body: { code: 'not_permitted', actionStatus: 'scheduled' } });
  await stack.stopWorker();
  await stack.startWorker();
  const handle = stack.client.workflow.getHandle(asked.actionId);
  await handle.signal('reject', { reviewer: 'too-late' });
  expect((await recorded(stack, asked.actionId, 'refused_attempt', 1)).status).toBe('scheduled');
  const attributes = (await handle.describe()).typedSearchAttributes.getAll();
  expect(attributes.find(({ key }) => key.name === 'GatehouseStatus')?.value).toBe('scheduled');
  const cancelled = await stack.call('agent', 'POST', `/api/v1/actions/${asked.actionId}/cancel`, {});
  expect(cancelled.body).toMatchObject({ status: 'cancelled' });
  expect(await handle.result()).toMatchObject({ status: 'cancelled' });
});

it('an agent that waits runs it when its window opens', async () => {
  await stack.setPolicy('windows.yaml', policy(nextMinute()));
  let actionId = '';
  const ran = await stack.agent.guard('soon', 'anything', {}, () => 'ran', {
    onPending: async (asked) => {
      ({ actionId } = asked);
      await ann.says('approve', asked);
    },
  });
  expect(ran).toBe('ran');
  const seen = await ended(stack, actionId);
  expect(kinds(seen).filter((kind) => kind !== 'scheduled' && kind !== 'rechecked')).toEqual([
    ...['requested', 'decided', 'held', 'verdict', 'claimed', 'succeeded'],
  ]);
}, 120_000);
