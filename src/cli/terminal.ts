import type { Readable, Writable } from 'node:stream';
import pc from 'picocolors';

export type Output = Writable & { isTTY?: boolean; columns?: number };
export type Input = Readable & { isTTY?: boolean };

/** What a command has of the outside: the process's own, or a test's. */
export interface Terminal {
  env: NodeJS.ProcessEnv;
  /** Relative paths are resolved against it. */
  cwd: string;
  stdin: Input;
  stdout: Output;
  stderr: Output;
  /** Sets what the process exits with once nothing is left to do. */
  setExitCode(code: number): void;
  /** Ends at once. */
  exit(code: number): never;
  /** How long `watch` waits between two looks, in milliseconds. */
  pollMs: number;
}

/** The terminal of this process. */
export function processTerminal(): Terminal {
  return {
    env: process.env,
    cwd: process.cwd(),
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    setExitCode: (code) => {
      process.exitCode = code;
    },
    exit: (code) => process.exit(code),
    pollMs: 1_000,
  };
}

export type Colors = ReturnType<typeof pc.createColors>;

/** Colors for a person who looks at that output, and none for a pipe, a file, a dumb terminal or `NO_COLOR`. */
export function colorsFor(terminal: Terminal, output: Output = terminal.stdout): Colors {
  const { NO_COLOR: noColor = '', TERM: kind = '' } = terminal.env;
  return pc.createColors(output.isTTY === true && noColor === '' && kind !== 'dumb');
}

/** Writes one line to standard output. */
export function say(terminal: Terminal, line: string): void {
  terminal.stdout.write(`${line}\n`);
}

/** Writes one line to standard error. */
export function warn(terminal: Terminal, line: string): void {
  terminal.stderr.write(`${line}\n`);
}
