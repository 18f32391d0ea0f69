import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { GuardAnswer } from '@gatehouse/sdk/contract';
import { askBacklog } from '../../../src/cli/serve/backlog.ts';
import { WORD_POLICY } from '../../support/policies.ts';
import { processStack, type ProcessStack } from '../../support/process-stack.ts';
import { makeCurrent } from '../../support/worker-builds.ts';

const MINUTES = 120_000;
const LOOK_MS = 100;
/** More than the polls that a killed worker leaves behind and that the server may still answer. */
const TASKS = 30;

let stack: ProcessStack;
beforeEach(async () => {
  stack = await processStack({ policy: WORD_POLICY });
});
afterEach(async () => {
  await stack.stop();
});

const ask = () => askBacklog(stack.client, stack.taskQueue);

async function until(isSo: (backlog: { ageMs: number; lastPollMs: number }) => boolean): Promise<void> {
  while (!isSo(await ask())) await pause(LOOK_MS);
}

/** A workflow that no worker knows: its task is there again and again, and somebody has to take it. */
async function startUnknown(): Promise<void> {
  const { taskQueue } = stack;
  await stack.client.workflow.start('unknown', { taskQueue, workflowId: randomUUID(), workflowRunTimeout: MINUTES });
}

it(
  'the polls of a worker that has a build are seen, and go on while there are tasks',
  async () => {
    expect(await ask()).toEqual({ ageMs: 0, lastPollMs: 0 });
    await stack.worker({ env: { GATEHOUSE_WORKER_BUILD: 'one' } });
    await makeCurrent(stack, 'one');
    await until(({ lastPollMs }) => lastPollMs > 0);
    const { lastPollMs: first } = await ask();
    await startUnknown();
    await until(({ lastPollMs }) => lastPollMs > first);
  },
  MINUTES,
);

it(
  'tasks that wait for the current build are a backlog',
  async () => {
    const worker = await stack.worker({ env: { GATEHOUSE_WORKER_BUILD: 'one' } });
    await makeCurrent(stack, 'one');
    await worker.kill();
    await Promise.all(Array.from({ length: TASKS }, startUnknown));
    await until(({ ageMs }) => ageMs > 0);
  },
  MINUTES,
);

it(
  'tasks that wait for the build that their actions are pinned to are a backlog, also when another one is current',
  async () => {
    const pinned = (id: string) => ({ GATEHOUSE_WORKER_BUILD: id, GATEHOUSE_WORKER_VERSIONING: 'pinned' });
    const [, worker] = await Promise.all([stack.api(), stack.worker({ env: pinned('one') })]);
    await makeCurrent(stack, 'one');
    const held: string[] = [];
    const onPending = ({ actionId }: GuardAnswer) => void held.push(actionId);
    for (let count = 0; count < TASKS; count += 1) {
      await stack
        .agent()
        .guard('held_word', 'anything', {}, () => 'ran', { onPending, wait: 0 })
        .catch(() => undefined);
    }
    // Its first task pins a workflow to its build, and it answers once that is done.
    await Promise.all(held.map((id) => stack.client.workflow.getHandle(id).query('state')));
    await worker.kill();
    await stack.worker({ env: pinned('two') });
    await makeCurrent(stack, 'two');
    for (const id of held) await stack.client.workflow.getHandle(id).signal('unknown');
    await until(({ ageMs }) => ageMs > 0);
  },
  MINUTES,
);
