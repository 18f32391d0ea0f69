import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { KEY_BYTES, parsePayloadKeys } from '../settings/payload-keys.ts';
import { CliError } from './cli-error.ts';
import { EXIT } from './exit-codes.ts';
import type { CommonOptions } from './run-command.ts';
import { exitAsDocumented, runCommand } from './run-command.ts';
import type { Terminal } from './terminal.ts';
import { processTerminal, say, warn } from './terminal.ts';

const HEAD = '# The keys that encrypt what Temporal keeps. The first one encrypts; all of them decrypt.\n';

/** `gatehouse payload-keys`: the keys that encrypt what Temporal gets to keep. */
export function addPayloadKeysCommand(program: Command, terminal: Terminal = processTerminal()): void {
  const keys = program.command('payload-keys').description('make the keys that encrypt what Temporal keeps');

  keys
    .command('new')
    .description('make a key, and print its line or add it to a file')
    .option('--file <path>', 'the file of keys; made, readable by its owner alone, where there is none')
    .action((options: CommonOptions & { file?: string }) =>
      runCommand(terminal, options, () => {
        const { id, line } = makeKey();
        if (options.file === undefined) say(terminal, line);
        else warn(terminal, addTo(resolve(terminal.cwd, options.file), id, line));
        return Promise.resolve(EXIT.done);
      }),
    );

  exitAsDocumented(keys, terminal);
}

function makeKey(): { id: string; line: string } {
  const id = `${new Date().toISOString().slice(0, 10)}-${randomBytes(3).toString('hex')}`;
  return { id, line: `${id} ${randomBytes(KEY_BYTES).toString('base64url')}` };
}

/** Adds the key to the file, and says what it does there. */
function addTo(file: string, id: string, line: string): string {
  if (!existsSync(file)) {
    writeFileSync(file, `${HEAD}${line}\n`, { mode: 0o600, flag: 'wx' });
    return `${file} holds the key ${id}, which encrypts. Give the file to the API and to every worker, and back it up.`;
  }
  const text = readFileSync(file, 'utf8');
  const problem = parsePayloadKeys(text);
  if (typeof problem === 'string')
    throw new CliError('invalid_file', `${file}: ${problem}. Nothing was changed.`, EXIT.other);
  // At the end: every process must be able to decrypt with a key before the first one encrypts with it.
  writeFileSync(file, `${text.endsWith('\n') ? text : `${text}\n`}${line}\n`);
  return (
    `${file} holds the key ${id} as its last, which decrypts only. Once every process has read the file, move its line ` +
    'above the others and restart them again: then it encrypts.'
  );
}
