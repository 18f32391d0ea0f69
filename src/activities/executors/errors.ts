import type { FieldError } from '@gatehouse/sdk/contract';

/** Thrown by an executor when trying again can never help: the action fails at once, and no retry is made. */
export class PermanentError extends Error {
  override readonly name = 'PermanentError';
}

/** Thrown by an executor when the same call may succeed later. Any other error is treated the same, without the delay. */
export class TransientError extends Error {
  override readonly name = 'TransientError';

  constructor(
    message: string,
    options: ErrorOptions & {
      /** How long the target asked to be left alone, in seconds. Without it the retry policy decides. */
      retryAfterSeconds?: number;
    } = {},
  ) {
    super(message, options);
    this.retryAfterSeconds = options.retryAfterSeconds;
  }

  readonly retryAfterSeconds: number | undefined;
}

/** An executor, or a list of them, is not what it must be. Carries every problem that was found. */
export class ExecutorDefinitionError extends Error {
  override readonly name = 'ExecutorDefinitionError';

  constructor(
    readonly problems: readonly string[],
    options?: ErrorOptions,
  ) {
    super(problems.join('\n'), options);
  }
}

/** The arguments of an action do not fit the executor that would run it. */
export class InvalidArgumentsError extends Error {
  override readonly name = 'InvalidArgumentsError';

  constructor(
    readonly executor: string,
    readonly errors: readonly FieldError[],
  ) {
    super(
      `The arguments do not fit the executor "${executor}": ` +
        errors.map(({ field, problem }) => `${field === '' ? 'the arguments' : field}: ${problem}`).join('; '),
    );
  }
}
