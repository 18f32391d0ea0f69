import type { FieldError, Problem } from '@gatehouse/sdk/contract';
import type { ExitCode } from './exit-codes.ts';
import { EXIT, exitCodeOfHttp } from './exit-codes.ts';

/** A command cannot do what it was asked. Carries what a shell and a program are told beside the sentence. */
export class CliError extends Error {
  override readonly name = 'CliError';

  constructor(
    /** Stable, for programs: a code of the API, or `usage`, `no_key`, `unreachable`, `malformed_answer`, `refused_here`. */
    readonly code: string,
    /** What is wrong and what to do about it. */
    detail: string,
    readonly exitCode: ExitCode,
    /** The very text that the API answered, where it did. */
    readonly answer: string | null = null,
    readonly errors: readonly FieldError[] = [],
    options?: ErrorOptions,
  ) {
    super(detail, options);
  }

  /** What `--json` prints on standard error: the API's problem as it came, or one of the same shape. */
  toJsonText(): string {
    if (this.answer !== null) return this.answer;
    return JSON.stringify({ type: 'about:blank', title: 'The command failed', code: this.code, detail: this.message });
  }
}

/** The command line itself is wrong. */
export function usageError(detail: string): CliError {
  return new CliError('usage', detail, EXIT.usage);
}

/** A problem that the API answered, with its very text. */
export function problemError(problem: Problem, text: string): CliError {
  return new CliError(problem.code, problem.detail, exitCodeOfHttp(problem.status), text, problem.errors ?? []);
}
