import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { finished } from 'node:stream/promises';

const running = new Set();

// The last resort when this process ends without stop(): nothing that we started outlives us.
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/**
 * Starts a program in a process group of its own, so that Ctrl-C reaches only us and we stop things in order.
 * Its output goes to `logFile`, and line by line to `onLine`.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ logFile: string, name: string, onLine?: (line: string) => void, env?: NodeJS.ProcessEnv, cwd?: string, uid?: number, gid?: number }} options
 */
export function startChild(command, args, { logFile, name, onLine, ...options }) {
  const output = createWriteStream(logFile, { flags: 'a' });
  const child = spawn(command, args, { ...options, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  for (const stream of [child.stdout, child.stderr]) {
    stream.pipe(output, { end: false });
    if (onLine) eachLine(stream, onLine);
  }
  const exited = new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: null, signal: null, error }));
    child.once('close', (code, signal) => resolve({ code, signal }));
  }).then(async (exit) => {
    running.delete(child);
    output.end();
    await finished(output).catch(() => undefined);
    return exit;
  });

  return {
    name,
    pid: child.pid,
    logFile,
    exited,
    /** Asks the program to end and waits; kills it when it has not ended after `graceMs`. Resolves to how it ended. */
    async stop(signal = 'SIGTERM', graceMs = 10_000) {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
      const exit = await exited;
      clearTimeout(timer);
      return exit;
    },
    /** Resolves when `ready` does; throws with the end of the log when the program ends first or `timeoutMs` pass. */
    async readyWhen(ready, timeoutMs = 60_000) {
      let timer;
      const tooLate = new Promise((resolve) => {
        timer = setTimeout(() => resolve(`was not ready after ${timeoutMs / 1000} s`), timeoutMs);
      });
      const failed = ready.then(
        () => undefined,
        (error) => `did not become ready: ${error.message}`,
      );
      const ended = exited.then((exit) => `ended (${exit.error?.message ?? exit.signal ?? `exit code ${exit.code}`})`);
      const problem = await Promise.race([failed, ended, tooLate]);
      clearTimeout(timer);
      if (problem !== undefined)
        throw new Error(`${name} ${problem}. Its log, ${logFile}, ends:\n${await tail(logFile)}`);
    },
  };
}

function eachLine(stream, onLine) {
  let rest = '';
  stream.setEncoding('utf8').on('data', (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    lines.forEach(onLine);
  });
}

async function tail(file, lines = 15) {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.trimEnd().split('\n').slice(-lines).join('\n');
}
