import { AsyncLocalStorage } from 'node:async_hooks';

/** The run of a workflow that has something written. */
export interface WritingRun {
  workflowId: string;
  runId: string;
}

const running = new AsyncLocalStorage<WritingRun>();

/** Has every entry that `step` writes name the run of the workflow that it belongs to. */
export function inRun<Result>(run: WritingRun, step: () => Promise<Result>): Promise<Result> {
  return running.run(run, step);
}

/** What an entry under that id says of the run that wrote it. An action's id is its workflow's, so that one is not said twice. */
export function runOfEntry(actionId: string): Partial<WritingRun> {
  const run = running.getStore();
  if (run === undefined) return {};
  return run.workflowId === actionId ? { runId: run.runId } : { ...run };
}
