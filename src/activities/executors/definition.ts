import type { FieldError, Json, JsonObject } from '@gatehouse/sdk/contract';
import { z } from 'zod';
import { ExecutorDefinitionError, InvalidArgumentsError } from './errors.ts';
import { fieldErrors } from './field-errors.ts';

const nameSchema = z
  .string()
  .regex(
    /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/,
    'must be 1-64 lower-case letters, digits and dashes, e.g. "shop-database"',
  );
const listOf = (item: z.ZodString) =>
  z.union([item.transform((one) => [one]), z.array(item).min(1)]).transform((all) => [...new Set(all)]);

/** How an executor is tried again after an error that is not permanent. Times are in seconds. */
export const retrySchema = z.strictObject({
  maximumAttempts: z.int().min(1).max(100).default(5),
  initialIntervalSeconds: z.number().positive().max(3600).default(1),
  backoffCoefficient: z.number().min(1).max(10).default(2),
  maximumIntervalSeconds: z.number().positive().max(86_400).default(60),
});
export type RetryInput = z.input<typeof retrySchema>;
export type Retry = z.output<typeof retrySchema>;

const settingsSchema = z.object({
  name: nameSchema,
  actions: listOf(
    z
      .string()
      .min(1)
      .max(200)
      .regex(/^[^*]*$/, 'must be an exact action type: list the types one by one instead of using *'),
  ),
  targets: listOf(z.string().min(1).max(500)).default(['*']),
  timeoutSeconds: z.number().positive().max(86_400),
  retry: retrySchema.prefault({}),
  taskQueue: z.string().min(1).max(200).optional(),
});

/** What a run is told beside its input. */
export interface RunContext {
  readonly actionId: string;
  /** The same for every attempt at one action. Pass it to the target, so that a retry finds what the first attempt did. */
  readonly idempotencyKey: string;
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** The trace that the run belongs to (W3C Trace Context), to pass on to the target; undefined where there is none. */
  readonly traceparent?: string | undefined;
  /** Aborted when the action is cancelled, the worker shuts down, or the timeout has passed. */
  readonly signal: AbortSignal;
  /** Tells Temporal that a long run is alive; cancellation reaches a run only with a heartbeat. */
  heartbeat(details?: Json): void;
}

/** What `defineExecutor` takes. */
export interface ExecutorOptions<Schema extends z.ZodType> {
  /** Lower-case letters, digits and dashes; part of the task queue's name. */
  name: string;
  /** Exact action types. */
  actions: string | readonly string[];
  /** Exact targets, or globs with `*`. Default: every target. */
  targets?: string | readonly string[];
  /** What the action's arguments must be. Unknown fields should be refused: use `z.strictObject`. */
  input: Schema;
  /** How long one attempt may take, in seconds. */
  timeoutSeconds: number;
  retry?: RetryInput;
  /** Default: `gatehouse-executor-<name>`. */
  taskQueue?: string;
  /** What the run would do, for the reviewer, without doing it. */
  preview?: (input: z.output<Schema>) => Promise<JsonObject>;
  /** Does it. The result is put on record and returned to the agent. */
  run: (input: z.output<Schema>, context: RunContext) => Promise<Json>;
}

const brand = Symbol.for('gatehouse.executor');

/** A validated, frozen executor. Its input type is erased: `parse` is the only way to an input. */
export interface Executor {
  readonly [brand]: true;
  readonly name: string;
  readonly actions: readonly string[];
  readonly targets: readonly string[];
  readonly taskQueue: string;
  readonly timeoutSeconds: number;
  readonly retry: Readonly<Retry>;
  readonly input: z.ZodType;
  readonly preview?: (input: unknown) => Promise<JsonObject>;
  readonly run: (input: unknown, context: RunContext) => Promise<Json>;
}

/**
 * Makes an executor: the only code that holds the credentials for an action, run by a worker after the action was allowed.
 * Throws `ExecutorDefinitionError` with every setting that is wrong.
 */
export function defineExecutor<Schema extends z.ZodType>(options: ExecutorOptions<Schema>): Executor {
  // Modules in plain JavaScript reach this too, so nothing is taken for granted.
  const given: Partial<Record<keyof typeof options, unknown>> = options;
  const label = typeof given.name === 'string' ? `executor "${given.name}"` : 'an executor';
  const settings = settingsSchema.safeParse(options);
  const problems = settings.success
    ? []
    : fieldErrors(settings.error).map(({ field, problem }) => `${label}: ${field}: ${problem}`);
  if (!(given.input instanceof z.ZodType)) problems.push(`${label}: input: must be a zod schema`);
  if (typeof given.run !== 'function') problems.push(`${label}: run: must be a function`);
  if (given.preview !== undefined && typeof given.preview !== 'function') {
    problems.push(`${label}: preview: must be a function, or left out`);
  }
  if (!settings.success || problems.length > 0) throw new ExecutorDefinitionError(problems);
  const { data } = settings;
  return Object.freeze({
    [brand]: true as const,
    name: data.name,
    actions: Object.freeze(data.actions),
    targets: Object.freeze(data.targets),
    taskQueue: data.taskQueue ?? `gatehouse-executor-${data.name}`,
    timeoutSeconds: data.timeoutSeconds,
    retry: Object.freeze(data.retry),
    input: options.input,
    ...(options.preview && { preview: options.preview as (input: unknown) => Promise<JsonObject> }),
    run: options.run as Executor['run'],
  });
}

/** Whether a value was made by `defineExecutor`, by this copy of the package or another. */
export function isExecutor(value: unknown): value is Executor {
  return typeof value === 'object' && value !== null && brand in value;
}

/** Whether the arguments fit the executor: the fields that do not, or none. Lets a caller refuse before anything starts. */
export async function checkArguments(executor: Executor, args: JsonObject): Promise<FieldError[]> {
  const parsed = await executor.input.safeParseAsync(args);
  return parsed.success ? [] : fieldErrors(parsed.error);
}

/** The executor's input, made from an action's arguments. Throws `InvalidArgumentsError`. */
export async function parseArguments(executor: Executor, args: JsonObject): Promise<unknown> {
  const parsed = await executor.input.safeParseAsync(args);
  if (!parsed.success) throw new InvalidArgumentsError(executor.name, fieldErrors(parsed.error));
  return parsed.data;
}
