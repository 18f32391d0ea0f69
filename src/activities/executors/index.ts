/** Executors: code on a worker that alone holds the credentials for an action, and runs it once it is allowed. */
export { executorActivities } from './activities.ts';
export type { ExecutorActivities, RunExecutorInput } from './activities.ts';
export { checkArguments, defineExecutor, isExecutor, parseArguments } from './definition.ts';
export type { Executor, ExecutorOptions, Retry, RetryInput, RunContext } from './definition.ts';
export { ExecutorDefinitionError, InvalidArgumentsError, PermanentError, TransientError } from './errors.ts';
export { httpExecutor } from './http/executor.ts';
export type { HttpExecutorOptions, HttpRequest } from './http/executor.ts';
export { loadExecutors } from './load.ts';
export { previewArguments } from './preview.ts';
export { ExecutorRegistry, manifest } from './registry.ts';
export type { ExecutorManifest } from './registry.ts';
export { MAXIMUM_RESULT_BYTES, ResultError } from './result.ts';
export { sqlExecutor } from './sql/executor.ts';
export type { SqlExecutorOptions, StatementOutcome } from './sql/executor.ts';
export { sql, Sql, SqlMisuseError } from './sql/statement.ts';
export type { SqlValue } from './sql/statement.ts';
