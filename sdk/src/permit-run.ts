import type { GateApi } from './api.ts';
import { reasonOf } from './clock.ts';
import type { Json, JsonObject, OutcomeReport } from './contract/index.ts';
import { DEFAULTS } from './defaults.ts';
import { GateUnavailableError } from './errors/unavailable.ts';
import { toJson } from './json.ts';
import type { GuardOptions, RunInfo } from './options.ts';
import type { Warn } from './warnings.ts';

/** A permit that this call holds. A class, so that nothing that merely looks like one is taken for one. */
export class Grant {
  constructor(
    readonly actionId: string,
    readonly claimId: string,
    /** The arguments that were approved. */
    readonly approved: JsonObject,
  ) {}
}

/** Runs `fn` once under a permit, puts the outcome on record, and passes on what `fn` returned or threw. */
export async function runUnderPermit<Result>(
  grant: Grant,
  fn: (args: JsonObject, info: RunInfo) => Result | Promise<Result>,
  options: GuardOptions,
  api: GateApi,
  warn: Warn,
): Promise<Result> {
  const signal = options.signal ?? new AbortController().signal;
  if (signal.aborted) {
    await giveBack(grant, api, warn);
    throw reasonOf(signal);
  }

  let result: Result;
  try {
    result = await fn(structuredClone(grant.approved), { actionId: grant.actionId, signal });
  } catch (error) {
    await report(grant, { status: 'failed', error: describe(error) }, api, warn);
    throw error;
  }
  await reportSuccess(grant, result, options.recordResult === true, api, warn);
  return result;
}

/** Ends the claim of a permit under which nothing was run, so that the record does not have to say `unknown`. */
export async function giveBack(grant: Grant, api: GateApi, warn: Warn): Promise<void> {
  await report(grant, { status: 'failed', error: 'The caller aborted before it ran; there was no effect' }, api, warn);
}

async function reportSuccess(
  grant: Grant,
  result: unknown,
  recorded: boolean,
  api: GateApi,
  warn: Warn,
): Promise<void> {
  if (!recorded || result === undefined) {
    await report(grant, { status: 'succeeded' }, api, warn);
    return;
  }
  let cause: unknown;
  try {
    await api.report(grant.actionId, { claimId: grant.claimId, status: 'succeeded', result: asJson(result) });
    return;
  } catch (error) {
    if (error instanceof GateUnavailableError) {
      notReported(grant, error, warn);
      return;
    }
    cause = error;
  }
  // Not JSON, too large, or not to the gate's taste: the outcome matters more than the result.
  if (!(await report(grant, { status: 'succeeded' }, api, warn))) return;
  const message = `The result of action ${grant.actionId} is not on record; its outcome is`;
  warn({ code: 'result_not_recorded', actionId: grant.actionId, message, cause });
}

function asJson(result: unknown): Json {
  const { value, problems } = toJson(result, 'result');
  if (problems.length > 0) throw new TypeError(problems.join('; '));
  return value;
}

/** True when the gate took the report. Never throws: what `fn` did stands whether or not it could be put on record. */
async function report(
  grant: Grant,
  outcome: Omit<OutcomeReport, 'claimId'>,
  api: GateApi,
  warn: Warn,
): Promise<boolean> {
  try {
    await api.report(grant.actionId, { claimId: grant.claimId, ...outcome });
    return true;
  } catch (error) {
    notReported(grant, error, warn);
    return false;
  }
}

function notReported(grant: Grant, cause: unknown, warn: Warn): void {
  warn({
    code: 'outcome_not_reported',
    actionId: grant.actionId,
    message: `The outcome of action ${grant.actionId} could not be reported; the record will say unknown`,
    cause,
  });
}

/** What goes on record of an error: its name and message, never its stack. */
function describe(error: unknown): string {
  try {
    const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return Array.from(text.slice(0, 2 * DEFAULTS.errorChars), wellFormed)
      .slice(0, DEFAULTS.errorChars)
      .join('');
  } catch {
    // Whatever was thrown cannot be put into words; it is still the error that the caller gets.
    return 'an error that has no text';
  }
}

/** Half a surrogate pair is no text that a record can hold. */
function wellFormed(character: string): string {
  return /^[\ud800-\udfff]$/.test(character) ? '\ufffd' : character;
}
