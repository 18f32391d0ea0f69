import {
  ActionAlreadyDoneError,
  ActionBlockedError,
  ActionPendingError,
  ActionRefusedError,
  Gatehouse,
  GateRequestError,
  GateUnavailableError,
  InvalidUsageError,
} from '@gatehouse/sdk';
import type { GatehouseError } from '@gatehouse/sdk';
import { actionViewSchema } from '@gatehouse/sdk/contract';
import { CliError, problemError } from './cli-error.ts';
import type { Connection } from './connection.ts';
import { escapeText } from '../foreign/escape.ts';
import { EXIT } from './exit-codes.ts';
import { pathPart } from './find-approval.ts';
import type { Wanted } from './guard-ask.ts';
import type { GuardCommandOptions } from './guard-input.ts';
import { GateHttp } from './http.ts';
import { CommandFailed, runChild } from './run-child.ts';
import type { Terminal } from './terminal.ts';
import { say, warn } from './terminal.ts';

/**
 * Runs the command of `wanted` under a permit and reports how it ended. Resolves with the exit code.
 *
 * INVARIANT: I2 what was decided is what runs: the command is taken from the arguments that were approved.
 */
export async function runGuarded(
  terminal: Terminal,
  connection: Connection,
  wanted: Wanted,
  options: GuardCommandOptions,
): Promise<number> {
  const { type, target, context, key } = wanted;
  const interrupted = new AbortController();
  const stop = (): void => {
    interrupted.abort(new CliError('interrupted', `Interrupted. Go on with --key ${key}.`, EXIT.other));
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    const gatehouse = new Gatehouse({
      url: connection.url,
      apiKey: connection.key,
      onWarning: ({ message }) => {
        warn(terminal, `gatehouse: ${escapeText(message)}`);
      },
    });
    await gatehouse.guard(
      type,
      target,
      context,
      async (approved, { actionId }) =>
        runChild(terminal, argvOf(approved), { ...terminal.env, GATEHOUSE_ACTION_ID: actionId }),
      {
        idempotencyKey: key,
        signal: interrupted.signal,
        ...(options.wait === true ? {} : { wait: false as const }),
        ...(options.purpose === undefined ? {} : { purpose: options.purpose }),
        ...(options.session === undefined ? {} : { session: options.session }),
        ...(options.tag === undefined ? {} : { tags: options.tag }),
        onPending: ({ approvalId, actionId }) => {
          if (options.json === true) return;
          warn(terminal, `gatehouse: action ${escapeText(actionId)} is held; approval ${escapeText(approvalId ?? '')}`);
        },
      },
    );
    return EXIT.done;
  } catch (error) {
    if (error instanceof CommandFailed) {
      warn(terminal, `gatehouse: ${error.message}`);
      return error.exitCode;
    }
    if (isAboutAction(error)) return await explain(terminal, new GateHttp(connection), error, options);
    throw asCliError(error, key);
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

type AboutAction = GatehouseError & { actionId: string };

function isAboutAction(error: unknown): error is AboutAction {
  return (
    error instanceof ActionRefusedError ||
    error instanceof ActionPendingError ||
    error instanceof ActionAlreadyDoneError
  );
}

// The command did not run, so that standard output is free for the API's object.
async function explain(
  terminal: Terminal,
  gate: GateHttp,
  error: AboutAction,
  options: GuardCommandOptions,
): Promise<number> {
  if (options.json === true) {
    const { text } = await gate.get(`/actions/${pathPart(error.actionId)}`, actionViewSchema);
    say(terminal, text);
  } else {
    warn(terminal, `gatehouse: ${escapeText(error.message)}`);
  }
  if (error instanceof ActionBlockedError) return EXIT.blocked;
  if (error instanceof ActionRefusedError) return EXIT.refused;
  if (error instanceof ActionPendingError) return EXIT.held;
  return error instanceof ActionAlreadyDoneError && error.status === 'succeeded' ? EXIT.done : EXIT.other;
}

function asCliError(error: unknown, key: string): unknown {
  if (error instanceof GateRequestError) return problemError(error.problem, JSON.stringify(error.problem));
  if (error instanceof InvalidUsageError) return new CliError('usage', error.problems.join('; '), EXIT.usage);
  if (!(error instanceof GateUnavailableError)) return error;
  const detail =
    `${error.message}. Nothing ran, and this is no refusal. Ask again with --key ${key}; ` +
    'where no gate runs, start one with `npm start` or `gatehouse up`.';
  const answer = error.problem === null ? null : JSON.stringify(error.problem);
  return new CliError(error.problem?.code ?? error.code, detail, EXIT.unavailable, answer);
}

function argvOf(approved: object): string[] {
  const argv: unknown = 'argv' in approved ? approved.argv : undefined;
  if (Array.isArray(argv) && argv.every((part): part is string => typeof part === 'string')) return argv;
  throw new Error('the approved arguments hold no command');
}
