import { spawn } from 'node:child_process';

/**
 * Runs a program to its end.
 * @returns {Promise<string>} what it wrote to standard output
 * @throws {Error} with what it said when its exit code is not 0
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      output += chunk;
      said += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk) => (said += chunk));
    child.once('error', (error) => reject(new Error(`${command} could not be run: ${error.message}`)));
    child.once('close', (code, signal) => {
      if (code === 0) return resolve(output);
      reject(new Error(`${command} ${args.join(' ')} ended with ${signal ?? code}:\n${said.trimEnd().slice(-4_000)}`));
    });
  });
}
