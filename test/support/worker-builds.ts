import { setTimeout as pause } from 'node:timers/promises';
import { deploymentName } from '../../src/worker.ts';
import type { ProcessStack } from './process-stack.ts';

const LOOK_MS = 100;
const NOT_FOUND = 5;
const FAILED_PRECONDITION = 9;

function isServiceError(error: unknown): error is Error & { code: number } {
  return error instanceof Error && 'code' in error && typeof error.code === 'number';
}

/** What `temporal worker deployment set-current-version` does, once the build has been seen by the server. */
export async function makeCurrent(
  { client, taskQueue }: Pick<ProcessStack, 'client' | 'taskQueue'>,
  buildId: string,
): Promise<void> {
  const { workflowService, options } = client;
  const name = deploymentName(taskQueue);
  for (;;) {
    try {
      await workflowService.setWorkerDeploymentCurrentVersion({
        namespace: options.namespace,
        deploymentName: name,
        buildId,
      });
      return;
    } catch (error) {
      // The server learns of a deployment and of a build from the first poll.
      if (!isServiceError(error) || ![NOT_FOUND, FAILED_PRECONDITION].includes(error.code)) throw error;
      await pause(LOOK_MS);
    }
  }
}
