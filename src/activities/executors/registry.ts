import type { Executor, Retry } from './definition.ts';
import { isExecutor } from './definition.ts';
import { ExecutorDefinitionError } from './errors.ts';
import { fitsGlob, globsOverlap } from './pattern.ts';

/** What a workflow has to know to call an executor. Plain JSON; times are in seconds. */
export interface ExecutorManifest {
  name: string;
  taskQueue: string;
  timeoutSeconds: number;
  retry: Retry;
  /** Whether it can say beforehand what it would do. */
  preview: boolean;
}

/** The manifest of an executor: everything but its code. */
export function manifest(executor: Executor): ExecutorManifest {
  const { name, taskQueue, timeoutSeconds, retry } = executor;
  return { name, taskQueue, timeoutSeconds, retry: { ...retry }, preview: executor.preview !== undefined };
}

/** The executors of a gate. At most one of them runs any action: two that could both are refused when it is built. */
export class ExecutorRegistry {
  readonly executors: readonly Executor[];

  /** Throws `ExecutorDefinitionError` with every name that is used twice and every action that two executors would run. */
  constructor(executors: readonly Executor[]) {
    const strangers = executors.flatMap((one, index) =>
      isExecutor(one) ? [] : [`executor ${index}: make it with defineExecutor, sqlExecutor or httpExecutor`],
    );
    if (strangers.length > 0) throw new ExecutorDefinitionError(strangers);
    const problems = executors.flatMap((left, index) =>
      executors.slice(index + 1).flatMap((right) => conflicts(left, right)),
    );
    if (problems.length > 0) throw new ExecutorDefinitionError(problems);
    this.executors = Object.freeze([...executors]);
  }

  /** The executor that runs actions of this type on this target, if there is one. */
  find(type: string, target: string): Executor | undefined {
    return this.executors.find(
      ({ actions, targets }) => actions.includes(type) && targets.some((glob) => fitsGlob(glob, target)),
    );
  }

  /** The manifest of an executor; see `manifest`. */
  manifest(executor: Executor): ExecutorManifest {
    return manifest(executor);
  }

  /** The executors by task queue. Each queue needs a worker with `executorActivities` of its executors. */
  byTaskQueue(): Map<string, Executor[]> {
    const queues = new Map<string, Executor[]>();
    for (const executor of this.executors) {
      queues.set(executor.taskQueue, [...(queues.get(executor.taskQueue) ?? []), executor]);
    }
    return queues;
  }
}

function conflicts(left: Executor, right: Executor): string[] {
  if (left.name === right.name) return [`two executors are named "${left.name}": give each its own name`];
  const type = left.actions.find((action) => right.actions.includes(action));
  if (type === undefined) return [];
  return left.targets.flatMap((ours) =>
    right.targets
      .filter((theirs) => globsOverlap(ours, theirs))
      .map(
        (theirs) =>
          `executors "${left.name}" and "${right.name}" would both run ${type}: the targets "${ours}" and "${theirs}" ` +
          'overlap. Narrow the targets of one of them',
      ),
  );
}
