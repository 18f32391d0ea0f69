import { randomUUID } from 'node:crypto';
import { Client } from '@temporalio/client';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import proto from '@temporalio/proto';
import { untilTaskFailed } from '../../support/history.ts';
import type { Stack } from '../../support/stack.ts';

const { CommandType, WorkflowIdReusePolicy } = proto.temporal.api.enums.v1;

/** Payloads in plain text, as whoever has no keys of the gate writes them. */
export function plain(...values: unknown[]): { payloads: Payload[] } {
  return { payloads: values.map((value) => defaultPayloadConverter.toPayload(value)) };
}

/** How long a worker's poll may hang, in milliseconds. */
const POLL_MS = 60_000;

type Input = { payloads?: Payload[] | null } | null | undefined;

/** Somebody with network access to Temporal's front end and no keys of the gate: what can be done there, done by hand. */
export function createMallory(stack: Stack) {
  const { connection, namespace } = stack.link;
  const client = new Client({ connection, namespace });
  const service = connection.workflowService;
  const identity = 'mallory';

  /** Takes the next workflow task of a queue, as a worker would. */
  async function takeWorkflowTask(queue: string) {
    for (;;) {
      const task = await connection.withDeadline(Date.now() + POLL_MS, () =>
        service.pollWorkflowTaskQueue({ namespace, identity, taskQueue: { name: queue } }),
      );
      if (task.taskToken.length > 0) return task;
    }
  }

  /** Has `runExecutor` scheduled by a workflow of an own worker, and returns how that ended: its failure's type, or null. */
  async function scheduleRunExecutor(workflowId: string, executorQueue: string, input: Input): Promise<string | null> {
    const queue = `mallory-${randomUUID()}`;
    await service.startWorkflowExecution({
      namespace,
      identity,
      workflowId,
      workflowType: { name: 'anything' },
      taskQueue: { name: queue },
      requestId: randomUUID(),
      workflowIdReusePolicy: WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE,
    });
    const { taskToken } = await takeWorkflowTask(queue);
    await service.respondWorkflowTaskCompleted({
      namespace,
      identity,
      taskToken,
      commands: [scheduleCommand(executorQueue, input)],
    });
    for (;;) {
      const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
      const failed = events?.find((event) => event.activityTaskFailedEventAttributes != null);
      const completed = events?.find((event) => event.activityTaskCompletedEventAttributes != null);
      if (completed !== undefined) return null;
      if (failed === undefined) continue;
      return failed.activityTaskFailedEventAttributes?.failure?.applicationFailureInfo?.type ?? '';
    }
  }

  return {
    client,
    service,
    namespace,
    identity,
    takeWorkflowTask,
    scheduleRunExecutor,

    /** Takes the next task of an executor's queue, as its worker would. */
    async takeActivityTask(queue: string) {
      for (;;) {
        const task = await connection.withDeadline(Date.now() + POLL_MS, () =>
          service.pollActivityTaskQueue({ namespace, identity, taskQueue: { name: queue } }),
        );
        if (task.taskToken.length > 0) return task;
      }
    },

    /** Starts a workflow of the gate's type with an input of one's own, again under an id that is over. */
    async startGuardedAction(workflowId: string, queue: string, input: Input): Promise<string> {
      const { runId } = await service.startWorkflowExecution({
        namespace,
        identity,
        workflowId,
        input: input ?? null,
        workflowType: { name: 'guardedAction' },
        taskQueue: { name: queue },
        requestId: randomUUID(),
        workflowIdReusePolicy: WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE,
      });
      return runId;
    },

    /** What a workflow was started with, as the server keeps it. */
    async startInputOf(workflowId: string): Promise<Input> {
      const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
      return events?.[0]?.workflowExecutionStartedEventAttributes?.input;
    },

    /** What the executor was given, as the server keeps it. */
    async runInputOf(workflowId: string): Promise<Input> {
      const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
      const run = events
        ?.map(({ activityTaskScheduledEventAttributes: scheduled }) => scheduled)
        .find((scheduled) => scheduled?.activityType?.name === 'runExecutor');
      return run?.input;
    },

    /** A genuine verdict, as the server keeps it. */
    async reviewOf(workflowId: string): Promise<Input> {
      const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
      const accepted = events
        ?.map(({ workflowExecutionUpdateAcceptedEventAttributes: update }) => update?.acceptedRequest?.input)
        .find((input) => input?.name === 'review');
      return accepted?.args;
    },

    /** Sends an update with payloads of one's own, and waits until the workflow has dealt with it. */
    async update(workflowId: string, name: string, args: Input): Promise<void> {
      await service.updateWorkflowExecution({
        namespace,
        workflowExecution: { workflowId },
        waitPolicy: {
          lifecycleStage:
            proto.temporal.api.enums.v1.UpdateWorkflowExecutionLifecycleStage
              .UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_COMPLETED,
        },
        request: {
          meta: { updateId: randomUUID(), identity },
          input: { name, args: args ?? null },
        },
      });
    },

    /** Returns once a run of the workflow has a task that failed. */
    failedTask(workflowId: string): Promise<void> {
      return untilTaskFailed(client.workflow.getHandle(workflowId));
    },
  };
}

/** The command by which a worker has an executor run. */
export function scheduleCommand(executorQueue: string, input: Input) {
  return {
    commandType: CommandType.COMMAND_TYPE_SCHEDULE_ACTIVITY_TASK,
    scheduleActivityTaskCommandAttributes: {
      activityId: '1',
      activityType: { name: 'runExecutor' },
      taskQueue: { name: executorQueue },
      input: input ?? null,
      scheduleToCloseTimeout: { seconds: proto.google.protobuf.Duration.create({ seconds: 60 as never }).seconds },
      startToCloseTimeout: { seconds: proto.google.protobuf.Duration.create({ seconds: 20 as never }).seconds },
      retryPolicy: { maximumAttempts: 1 },
    },
  };
}
