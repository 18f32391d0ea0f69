import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { escapeText } from '../foreign/escape.ts';
import { EXIT } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const NOT_FOUND = 127;
const NOT_RUNNABLE = 126;

/** The command did not end well. The message goes on record as the outcome. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';

  constructor(
    message: string,
    /** What this process exits with. */
    readonly exitCode: number,
  ) {
    super(message);
  }
}

/** Runs a command on this process's own input and outputs, without a shell. Throws `CommandFailed`. */
export function runChild(terminal: Terminal, argv: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const [file = '', ...args] = argv;
  const name = escapeText(file);
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd: terminal.cwd, env, stdio: 'inherit' });
    // A terminal sends Ctrl-C to both. We stay until the command has ended, because its outcome has to be reported.
    const forward = (signal: NodeJS.Signals): void => {
      if (signal !== 'SIGINT' || terminal.stdin.isTTY !== true) child.kill(signal);
    };
    for (const signal of SIGNALS) process.on(signal, forward);
    const end = (failure?: CommandFailed): void => {
      for (const signal of SIGNALS) process.off(signal, forward);
      if (failure === undefined) resolve();
      else reject(failure);
    };
    child.once('error', (error: NodeJS.ErrnoException) => {
      const code = error.code === 'ENOENT' ? NOT_FOUND : NOT_RUNNABLE;
      end(
        new CommandFailed(`${name} could not be started (${error.code ?? error.message}); there was no effect`, code),
      );
    });
    child.once('close', (code, signal) => {
      if (code === 0) end();
      else if (code !== null) end(new CommandFailed(`${name} ended with exit code ${code}`, exitCodeFor(code)));
      else if (signal !== null)
        end(new CommandFailed(`${name} was ended by ${signal}`, 128 + constants.signals[signal]));
    });
  });
}

/** A code that means "the gate did not let it run" must not be told of a command that ran. */
function exitCodeFor(code: number): number {
  return code > EXIT.unavailable ? code : EXIT.other;
}
