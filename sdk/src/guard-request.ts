import { z } from 'zod';
import type { GuardRequest } from './contract/index.ts';
import { guardRequestSchema, idempotencyKeySchema } from './contract/index.ts';
import { InvalidUsageError } from './errors/usage.ts';
import { toJsonObject } from './json.ts';
import type { DecideOptions, GuardOptions } from './options.ts';
import { problemsOf } from './settings.ts';

/** An agent's call, checked: the request as it will be sent, and the key that names its action. */
export interface PreparedCall {
  request: GuardRequest;
  idempotencyKey: string;
}

const signalSchema = z.custom<AbortSignal>(
  (value) => typeof value === 'object' && value !== null && 'aborted' in value && 'addEventListener' in value,
  'must be an AbortSignal',
);

const functionSchema = z.custom((value) => typeof value === 'function', 'must be a function');

const decideOptionsSchema = z.strictObject({
  idempotencyKey: idempotencyKeySchema
    .regex(/^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/, 'must be printable ASCII, because it travels in a header')
    .optional(),
  signal: signalSchema.optional(),
  purpose: z.string().optional(),
  requestId: z.string().optional(),
  // What stands in them is checked with the request.
  session: z.unknown().optional(),
  tags: z.unknown().optional(),
  tool: z.unknown().optional(),
});

const runOptionsSchema = decideOptionsSchema.extend({
  cancelOnAbort: z.boolean().optional(),
  wait: z
    .union([z.literal(false), z.number().nonnegative()], {
      error: 'must be false or a number of milliseconds; leave it out to wait for as long as it takes',
    })
    .optional(),
  onPending: functionSchema.optional(),
  onQuestion: functionSchema.optional(),
  leaseSeconds: z.number().optional(),
});

const optionsSchemas = {
  'decide()': decideOptionsSchema,
  'run()': runOptionsSchema,
  'guard()': runOptionsSchema.extend({ recordResult: z.boolean().optional() }),
};

/**
 * Makes the request of a call. The context is copied here, so that what the agent does to its own object afterwards
 * changes nothing. Throws `InvalidUsageError` with every problem at once.
 */
export function prepareCall(
  call: keyof typeof optionsSchemas,
  action: { type: string; target: string; context: unknown },
  options: DecideOptions & Pick<GuardOptions, 'leaseSeconds'>,
  extra: Pick<GuardRequest, 'mode' | 'claim'>,
): PreparedCall {
  const checkedOptions = optionsSchemas[call].safeParse(options);
  const context = toJsonObject(action.context, 'context');
  const request: GuardRequest = {
    action: {
      type: action.type,
      target: action.target,
      context: context.value,
      ...(options.tool === undefined ? {} : { tool: options.tool }),
    },
    ...extra,
    ...(options.session === undefined ? {} : { session: options.session }),
    ...(options.tags === undefined ? {} : { tags: options.tags }),
    ...(options.requestId === undefined ? {} : { requestId: options.requestId }),
    ...(options.leaseSeconds === undefined ? {} : { leaseSeconds: options.leaseSeconds }),
    ...(options.purpose === undefined ? {} : { purpose: options.purpose }),
  };
  const checkedRequest = guardRequestSchema.safeParse(request);
  const problems = [
    ...(checkedOptions.success
      ? []
      : problemsOf(checkedOptions.error, (path) => ['options', ...path].map(String).join('.'))),
    ...context.problems,
    ...(checkedRequest.success
      ? []
      : problemsOf(checkedRequest.error, (path) =>
          path
            .filter((part) => part !== 'action')
            .map(String)
            .join('.'),
        )),
  ];
  if (problems.length > 0) throw new InvalidUsageError(call, problems);
  return { request, idempotencyKey: options.idempotencyKey ?? crypto.randomUUID() };
}
