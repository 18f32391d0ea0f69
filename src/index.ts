/** Gatehouse as a library: what one's own executors and trusted agents are built with. */
export { TemporalAgent, TemporalGate } from './client/index.ts';
export type { TemporalAgentOptions, TemporalCallOptions } from './client/index.ts';
export {
  defineExecutor,
  httpExecutor,
  PermanentError,
  sql,
  sqlExecutor,
  TransientError,
} from './activities/executors/index.ts';
export type { Executor, ExecutorOptions, RunContext } from './activities/executors/index.ts';
