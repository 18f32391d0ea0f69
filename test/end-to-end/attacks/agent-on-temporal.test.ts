import { generateKeyPairSync, randomUUID } from 'node:crypto';
import proto from '@temporalio/proto';
import { z } from 'zod';
import { defineExecutor } from '../../../src/activities/executors/index.ts';
import { createVerdictSigner } from '../../../src/audit/verdict-signature.ts';
import { digestAction } from '../../../src/decide/digest.ts';
import { approvalOf, ask, ended, entries, giveVerdict, record } from '../../support/asking.ts';
import { payloadKeysFile } from '../../support/payload-keys.ts';
import { WORD_POLICY } from '../../support/policies.ts';
import { startStack, type Stack } from '../../support/stack.ts';
import { createMallory, plain, scheduleCommand } from './mallory.ts';

const QUEUE = `pay-${randomUUID()}`;
/** The ids of all that was paid, one for every time that the executor ran. */
const paid: number[] = [];

const pay = defineExecutor({
  name: 'pay',
  actions: ['held_pay', 'read_pay', 'blocked_pay'],
  taskQueue: QUEUE,
  input: z.strictObject({ invoice: z.number() }),
  timeoutSeconds: 20,
  run: ({ invoice }) => {
    paid.push(invoice);
    return Promise.resolve({ paid: invoice });
  },
});

let stack: Stack;
let mallory: ReturnType<typeof createMallory>;
let invoice = 0;
beforeAll(async () => {
  // The production setting: unsigned verdicts do not count, and payloads are encrypted.
  stack = await startStack({
    policy: { 'words.yaml': WORD_POLICY },
    executors: [pay],
    env: { GATEHOUSE_UNSIGNED_VERDICTS: 'refuse', GATEHOUSE_PAYLOAD_KEYS: payloadKeysFile() },
  });
  mallory = createMallory(stack);
});
afterAll(async () => {
  await stack.stop();
});
beforeEach(() => {
  invoice += 1;
});

const times = (): number => paid.filter((one) => one === invoice).length;
const held = () => ask(stack, 'held_pay', { context: { invoice }, more: { mode: 'executor' } });
const allowed = async () => {
  const asked = await ask(stack, 'read_pay', { context: { invoice }, more: { mode: 'executor' } });
  expect(await ended(stack, asked.actionId)).toMatchObject({ status: 'succeeded' });
  return asked;
};
const forgedRun = () => ({
  ...{ actionId: 'act_forged', executor: 'pay', type: 'held_pay', target: 'anything', idempotencyKey: 'act_forged' },
  arguments: { invoice },
});

/** Every message that a workflow takes, in plain text. */
async function sendEverything(actionId: string, review: object): Promise<void> {
  const handle = mallory.client.workflow.getHandle(actionId);
  await handle.signal('approve', { reviewer: 'dev-reviewer' });
  await handle.signal('approve');
  await handle.signal('outcome', { claimId: 'guessed', status: 'succeeded', result: null, error: null });
  await handle.signal('reconsider');
  await handle.signal('no-such-signal', 1);
  await mallory.update(actionId, 'review', plain(review));
  await mallory.update(actionId, 'review', plain());
  await mallory.update(
    actionId,
    'answer',
    plain({ questionId: 'q', approvalId: 'a', agent: 'dev-agent', answer: 'yes' }),
  );
  await mallory.update(actionId, 'cancel', plain({ by: 'mallory', reason: null }));
  await mallory.update(actionId, 'decision', plain({ digest: 'x', requestId: 'x', claimId: randomUUID() }));
}

it('F05 no message of hers approves, ends or stops an action, and the true verdict still counts, once', async () => {
  const asked = await held();
  const own = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const said = {
    ...{ verdictId: 'forged', verdict: 'approve' as const, reviewer: 'dev-admin', role: 'owner', groups: ['security'] },
    ...{ approvalId: asked.approvalId ?? '', actionDigest: asked.actionDigest, policyDigest: asked.policyDigest },
    ...{ comment: null, detail: null, at: Date.now() },
  };
  await sendEverything(asked.actionId, {
    ...said,
    ...createVerdictSigner(own).sign({ ...said, actionId: asked.actionId }),
  });
  expect(await approvalOf(stack, asked.approvalId, 0)).toMatchObject({ status: 'pending' });
  const attempts = entries(await record(stack, asked.actionId), 'refused_attempt');
  expect(attempts.map(({ actor }) => actor)).toEqual(
    expect.arrayContaining(['unverified:temporal', 'reviewer:unreadable']),
  );
  expect(times()).toBe(0);
  expect((await giveVerdict(stack, asked, 'approve')).status).toBe(200);
  expect(await ended(stack, asked.actionId)).toMatchObject({ status: 'succeeded' });
  expect(times()).toBe(1);
});

it('F05 a genuine verdict that she copies from one action counts for no other', async () => {
  const rejected = await held();
  const other = await held();
  expect((await giveVerdict(stack, rejected, 'approve')).status).toBe(200);
  await ended(stack, rejected.actionId);
  await mallory.update(other.actionId, 'review', await mallory.reviewOf(rejected.actionId));
  expect(await approvalOf(stack, other.approvalId, 0)).toMatchObject({ status: 'pending' });
  expect(times()).toBe(1);
  expect((await giveVerdict(stack, other, 'reject')).status).toBe(200);
});

it('F05 a genuine verdict that its giver has withdrawn does not count again when she sends it once more', async () => {
  const asked = await held();
  expect((await giveVerdict(stack, asked, 'abstain')).status).toBe(200);
  expect((await giveVerdict(stack, asked, 'withdraw')).status).toBe(200);
  await mallory.update(asked.actionId, 'review', await mallory.reviewOf(asked.actionId));
  expect(entries(await record(stack, asked.actionId), 'refused_attempt')).toMatchObject([
    { data: { code: 'already_voted', verdict: 'abstain' } },
  ]);
  expect((await giveVerdict(stack, asked, 'reject')).status).toBe(200);
});

it('F05 a workflow that she starts by herself never gets past its input', async () => {
  const context = { invoice };
  const actionId = `act_${randomUUID().replaceAll('-', '')}`;
  const request = {
    ...{ actionId, agent: 'dev-agent', type: 'read_pay', target: 'anything', context, purpose: null },
    ...{ requestId: 'x', requestedAt: Date.now(), mode: 'executor', permitSeconds: 60, leaseSeconds: 60 },
    digest: digestAction({ type: 'read_pay', target: 'anything', arguments: context, agent: 'dev-agent' }),
    asker: { team: 'finance', roles: ['owner'], tags: ['trusted'] },
    executor: {
      ...{ name: 'pay', taskQueue: QUEUE, timeoutSeconds: 20 },
      retry: { maximumAttempts: 1, initialIntervalSeconds: 1, backoffCoefficient: 1, maximumIntervalSeconds: 1 },
    },
  };
  await mallory.startGuardedAction(actionId, stack.core.settings.taskQueue, plain(request));
  await mallory.failedTask(actionId);
  expect((await stack.call('admin', 'GET', `/api/v1/actions/${actionId}`)).status).toBe(404);
  expect(times()).toBe(0);
  await mallory.client.workflow.getHandle(actionId).terminate();
});

it('F05 the input of an allowed action starts neither another one nor itself again', async () => {
  const done = await allowed();
  const input = await mallory.startInputOf(done.actionId);
  const other = `act_${randomUUID().replaceAll('-', '')}`;
  await mallory.startGuardedAction(other, stack.core.settings.taskQueue, input);
  await mallory.failedTask(other);
  await mallory.client.workflow.getHandle(other).terminate();
  await mallory.startGuardedAction(done.actionId, stack.core.settings.taskQueue, input);
  expect(await stack.client.workflow.getHandle(done.actionId).result()).toMatchObject({ status: 'succeeded' });
  expect(times()).toBe(1);
});

it('F05 an executor runs nothing that a workflow of hers schedules: forged, copied, or under the id of the original', async () => {
  const done = await allowed();
  const copied = await mallory.runInputOf(done.actionId);
  const own = () => `mallory-${randomUUID()}`;
  expect(await mallory.scheduleRunExecutor(own(), QUEUE, plain(forgedRun()))).toBe('not_from_the_gate');
  expect(await mallory.scheduleRunExecutor(own(), QUEUE, null)).not.toBeNull();
  expect(await mallory.scheduleRunExecutor(own(), QUEUE, copied)).toBe('not_from_the_gate');
  // Bound to this very workflow id, so it can be read; but another run of it holds the permit.
  expect(await mallory.scheduleRunExecutor(done.actionId, QUEUE, copied)).toBe('not_from_the_gate');
  expect(times()).toBe(1);
});

it('F05 a workflow on the task queue of an executor is taken by nobody', async () => {
  const { actionId } = await allowed();
  const input = await mallory.startInputOf(actionId);
  const id = `mallory-${randomUUID()}`;
  await mallory.startGuardedAction(id, QUEUE, input);
  const { pollers } = await mallory.service.describeTaskQueue({
    namespace: mallory.namespace,
    taskQueue: { name: QUEUE },
    taskQueueType: proto.temporal.api.enums.v1.TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
  });
  expect(pollers).toEqual([]);
  await mallory.client.workflow.getHandle(id).terminate();
  expect(times()).toBe(1);
});

it('F05 a reset to before the effect, or after the claim, has nothing run again', async () => {
  const { actionId } = await allowed();
  await stack.client.workflow.getHandle(actionId).result();
  const { events } = await mallory.client.workflow.getHandle(actionId).fetchHistory();
  const runId = events?.[0]?.workflowExecutionStartedEventAttributes?.originalExecutionRunId ?? '';
  const finished = (events ?? []).filter((event) => event.workflowTaskCompletedEventAttributes != null);
  for (const { eventId } of finished) {
    await mallory.service.resetWorkflowExecution({
      namespace: mallory.namespace,
      workflowExecution: { workflowId: actionId, runId },
      reason: 'once more',
      workflowTaskFinishEventId: eventId ?? null,
      requestId: randomUUID(),
    });
    expect(await stack.client.workflow.getHandle(actionId).result()).toMatchObject({ status: 'succeeded' });
  }
  expect(finished.length).toBeGreaterThan(1);
  expect(times()).toBe(1);
});

it('F05 an answer in the name of an executor is not believed, forged or copied', async () => {
  const earlier = await allowed();
  const { events } = await mallory.client.workflow.getHandle(earlier.actionId).fetchHistory();
  const copied = events
    ?.map(({ activityTaskCompletedEventAttributes: completed }) => completed?.result)
    .find((result) => result != null);
  await stack.stopWorker();
  await stack.startGateWorker();
  for (const result of [plain({ paid: invoice }), null, copied]) {
    const { actionId } = await ask(stack, 'read_pay', { context: { invoice }, more: { mode: 'executor' } });
    const { taskToken } = await mallory.takeActivityTask(QUEUE);
    const { namespace, identity } = mallory;
    await mallory.service.respondActivityTaskCompleted({ namespace, identity, taskToken, result: result ?? null });
    expect(await ended(stack, actionId)).toMatchObject({ status: 'unknown' });
  }
  await stack.stopWorker();
  await stack.startWorker();
  expect(times()).toBe(1);
});

it('F05 a worker of hers on the queue of the gate can end a workflow, and get nothing run or approved', async () => {
  const earlier = await allowed();
  const copied = await mallory.runInputOf(earlier.actionId);
  await stack.stopWorker();
  const asked = await held();
  const task = await mallory.takeWorkflowTask(stack.core.settings.taskQueue);
  expect(task.workflowExecution?.workflowId).toBe(asked.actionId);
  const { namespace, identity } = mallory;
  await mallory.service.respondWorkflowTaskCompleted({
    ...{ namespace, identity, taskToken: task.taskToken },
    commands: [
      scheduleCommand(QUEUE, copied),
      {
        commandType: proto.temporal.api.enums.v1.CommandType.COMMAND_TYPE_COMPLETE_WORKFLOW_EXECUTION,
        completeWorkflowExecutionCommandAttributes: { result: plain({ status: 'succeeded' }) },
      },
    ],
  });
  await stack.startWorker();
  expect(await record(stack, asked.actionId)).toMatchObject({ status: 'held' });
  expect((await giveVerdict(stack, asked, 'approve')).status).toBeGreaterThanOrEqual(400);
  expect(times()).toBe(1);
});

it('F05 what she terminates does not run, and what she asks Temporal to cancel goes on as if she had not', async () => {
  const [terminated, cancelled] = [await held(), await held()];
  await mallory.client.workflow.getHandle(terminated.actionId).terminate('mallory');
  await mallory.client.workflow.getHandle(cancelled.actionId).cancel();
  expect((await giveVerdict(stack, terminated, 'approve')).status).toBeGreaterThanOrEqual(400);
  expect(times()).toBe(0);
  expect(await approvalOf(stack, cancelled.approvalId, 0)).toMatchObject({ status: 'pending' });
  expect((await giveVerdict(stack, cancelled, 'approve')).status).toBe(200);
  expect(await ended(stack, cancelled.actionId)).toMatchObject({ status: 'succeeded' });
  expect(times()).toBe(1);
});

it('I5 an agent cannot approve: her key of an agent does not help, nor does what she can read', async () => {
  const asked = await held();
  expect((await giveVerdict(stack, asked, 'approve', { role: 'agent' })).status).toBe(403);
  const text = JSON.stringify(await mallory.startInputOf(asked.actionId));
  expect(text).not.toContain('held_pay');
  await expect(mallory.client.workflow.getHandle(asked.actionId).query('state')).rejects.toThrow('binary/encrypted');
  expect((await giveVerdict(stack, asked, 'reject')).status).toBe(200);
  expect(times()).toBe(0);
});
