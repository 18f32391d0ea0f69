import { randomUUID } from 'node:crypto';
import { Client } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { z } from 'zod';
import { defineExecutor, PermanentError } from '../../src/activities/executors/index.ts';
import { startWorker } from '../../src/cli/serve/worker.ts';
import { reconcile } from '../../src/reconcile/reconcile.ts';
import { readSettings } from '../../src/settings.ts';
import { dataConverters } from '../../src/temporal/data-converter.ts';
import { approvalOf, ask, ended, giveVerdict, record } from '../support/asking.ts';
import { untilTaskFailed } from '../support/history.ts';
import { payloadKeysFile } from '../support/payload-keys.ts';
import { WORD_POLICY } from '../support/policies.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { testTemporal } from '../support/temporal.ts';
import { untilListed } from '../support/visibility.ts';

const SECRET = 'hunter2-in-the-arguments';
const ANSWER = 'what-the-executor-answered';
const COMPLAINT = 'card-4242-was-declined';

const charge = defineExecutor({
  name: 'charge',
  taskQueue: `charge-${randomUUID()}`,
  actions: ['held_charge', 'read_charge'],
  input: z.strictObject({ secret: z.string(), fails: z.boolean().optional() }),
  timeoutSeconds: 10,
  preview: ({ secret }) => Promise.resolve({ would: secret }),
  run: ({ fails }) => {
    if (fails === true) throw new PermanentError(COMPLAINT);
    return Promise.resolve({ answer: ANSWER });
  },
});

let stack: Stack;
let bare: Client;
beforeAll(async () => {
  stack = await startStack({
    policy: { 'words.yaml': WORD_POLICY },
    executors: [charge],
    env: { GATEHOUSE_PAYLOAD_KEYS: payloadKeysFile() },
  });
  bare = new Client({ connection: stack.link.connection, namespace: stack.link.namespace });
});
afterAll(async () => {
  await stack.stop();
});

/** All that the server has on a workflow, as text with every payload in it laid open as far as it goes. */
async function allThatTemporalHas(actionId: string): Promise<string> {
  const handle = bare.workflow.getHandle(actionId);
  const history = historyToJSON(await handle.fetchHistory());
  const execution = { workflowId: actionId };
  const { namespace } = stack.link;
  const described = JSON.stringify(await bare.workflowService.describeWorkflowExecution({ namespace, execution }));
  const decoded = [...`${history}${described}`.matchAll(/"data": ?"([A-Za-z0-9+/=]*)"/g)].map(([, data = '']) =>
    Buffer.from(data, 'base64').toString('latin1'),
  );
  return [history, described, ...decoded].join('\n');
}

it('nothing of arguments, results, questions, verdicts and failures reaches Temporal in plain text', async () => {
  const more = { mode: 'executor', purpose: `because of ${SECRET}` };
  const asked = await ask(stack, 'held_charge', { context: { secret: SECRET }, more });
  const state = await stack.client.workflow
    .getHandle(asked.actionId)
    .query<{ currentDetails: string }>('__temporal_workflow_metadata');
  expect(state.currentDetails).toContain(SECRET);
  await expect(bare.workflow.getHandle(asked.actionId).query('state')).rejects.toThrow();
  expect((await giveVerdict(stack, asked, 'approve', { comment: `fine: ${SECRET}` })).status).toBe(200);
  expect(await ended(stack, asked.actionId)).toMatchObject({ status: 'succeeded' });

  const failing = await ask(stack, 'read_charge', { context: { secret: SECRET, fails: true }, more });
  const failed = await ended(stack, failing.actionId);
  expect(failed.status).toBe('failed');
  expect(JSON.stringify(failed)).toContain(COMPLAINT);

  for (const { actionId } of [asked, failing]) {
    const all = await allThatTemporalHas(actionId);
    expect(all).toContain(Buffer.from('binary/encrypted').toString('base64'));
    for (const text of [SECRET, ANSWER, COMPLAINT]) expect(all).not.toContain(text);
  }
});

it('summary and details are for whoever has the keys', async () => {
  const asked = await ask(stack, 'held_word', { context: { secret: SECRET } });
  const described = await stack.client.workflow.getHandle(asked.actionId).describe();
  expect(await described.staticSummary()).toBe('dev-agent: held_word on anything');
  expect(await described.staticDetails()).toContain(SECRET);
  await expect(bare.workflow.getHandle(asked.actionId).describe()).rejects.toThrow('binary/encrypted');
});

it('search attributes tell agent, action, outcome, status, severity and policy, and no argument', async () => {
  const { actionId } = await ask(stack, 'held_word', { context: { secret: SECRET } });
  const { typedSearchAttributes } = await stack.client.workflow.getHandle(actionId).describe();
  const all = typedSearchAttributes.getAll().map(({ key, value }) => `${key.name}=${String(value)}`);
  expect(all).toEqual(expect.arrayContaining(['GatehouseAgent=dev-agent', 'GatehouseAction=held_word']));
  expect(all.join()).not.toContain(SECRET);
});

it('an action that began in plain text is not lost: it waits until plain text is accepted', async () => {
  const plain = await startStack({ policy: { 'words.yaml': WORD_POLICY } });
  const asked = await ask(plain, 'held_word');
  await plain.stopWorker();
  const { payloads } = readSettings({ GATEHOUSE_PAYLOAD_KEYS: payloadKeysFile() });
  if (payloads === undefined) throw new Error('no keys were read');
  const { link } = plain;
  const workUnder = (mode: 'accept' | 'refuse') =>
    startWorker(
      plain.core,
      { ...link, data: dataConverters({ ...payloads, plain: mode }, link.namespace) },
      testTemporal().bundlePath,
    );
  const strict = await workUnder('refuse');
  const handle = plain.client.workflow.getHandle(asked.actionId);
  await handle.signal('approve');
  await untilTaskFailed(handle);
  expect(await record(plain, asked.actionId)).toMatchObject({ status: 'held' });
  await strict.stop();
  const lenient = await workUnder('accept');
  expect(await approvalOf(plain, asked.approvalId)).toMatchObject({ status: 'approved', unsigned: true });
  await lenient.stop();
  await plain.stop();
});

it('the comparison with the record reads what is encrypted, and finds nothing that differs', async () => {
  const { client, core } = stack;
  const settled = await core.store.db.selectFrom('actions').select('id').where('settled_at', 'is not', null).execute();
  await untilListed(
    stack,
    settled.map(({ id }) => id),
  );
  const {
    record: actions,
    histories,
    listed,
  } = await reconcile(
    { store: core.store, temporal: { client, taskQueue: core.settings.taskQueue } },
    { since: null, graceMs: 0, histories: true, now: Date.now() },
  );
  expect(actions.settled).toBeGreaterThan(0);
  expect(histories).toBeGreaterThan(0);
  expect(listed).toEqual([]);
});
