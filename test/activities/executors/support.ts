import { DefaultLogger } from '@temporalio/worker';
import { MockActivityEnvironment } from '@temporalio/testing';
import type { Json, JsonObject } from '@gatehouse/sdk/contract';
import { executorActivities } from '../../../src/activities/executors/activities.ts';
import type { Executor } from '../../../src/activities/executors/definition.ts';

/** Runs an executor as a worker would: one attempt, in an activity of its own. */
export async function attempt(executor: Executor, args: JsonObject, key = 'act_1', number = 1): Promise<Json> {
  return inEnvironment(quietEnvironment({ attempt: number }), executor, args, key);
}

export async function inEnvironment(
  environment: MockActivityEnvironment,
  executor: Executor,
  args: JsonObject,
  key = 'act_1',
): Promise<Json> {
  const { runExecutor } = executorActivities(executor);
  return environment.run(runExecutor, {
    actionId: key,
    executor: executor.name,
    type: executor.actions[0] ?? '',
    target: 'anything',
    arguments: args,
    idempotencyKey: key,
  });
}

/** An activity environment that does not print the failures that a test brings about. */
export function quietEnvironment(info: { attempt?: number } = {}): MockActivityEnvironment {
  return new MockActivityEnvironment(info, { logger: new DefaultLogger('ERROR', () => undefined) });
}
