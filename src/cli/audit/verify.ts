import { readFileSync } from 'node:fs';
import path from 'node:path';
import { checkpointSchema, type Checkpoint } from '@gatehouse/sdk/contract';
import type { Command } from 'commander';
import { keysFromPem } from '../../audit/checkpoint.ts';
import type { VerifyReport } from '../../audit/verify/finding.ts';
import { verifyRecord, type VerifyOptions } from '../../audit/verify/verify.ts';
import { readCheckpointKeys } from '../../store/checkpoints.ts';
import { escapeText } from '../../foreign/escape.ts';
import { usageError } from '../cli-error.ts';
import { EXIT } from '../exit-codes.ts';
import { runCommand, type CommonOptions } from '../run-command.ts';
import { colorsFor, say, warn, type Terminal } from '../terminal.ts';
import { withStore } from './sides.ts';

interface Options extends CommonOptions {
  checkpoints?: string;
  key?: string;
}

/** `gatehouse audit verify`: whether the record is what was sealed. Ends with 1 where it is not. */
export function addVerifyCommand(audit: Command, terminal: Terminal): void {
  audit
    .command('verify')
    .description('check the whole record: hashes, places, data, checkpoints, and the rows against their entries')
    .option('--checkpoints <file>', 'checkpoints that were kept outside of the database, one a line')
    .option('--key <file>', 'public keys in PEM that those may be signed with; else the keys that the store names')
    .option('--json', 'print what was found as JSON')
    .action((options: Options) =>
      runCommand(terminal, options, async () => {
        const report = await withStore(terminal, async (store) => {
          const outside =
            options.checkpoints === undefined
              ? undefined
              : {
                  checkpoints: checkpointsOf(path.resolve(terminal.cwd, options.checkpoints)),
                  keys:
                    options.key === undefined
                      ? await readCheckpointKeys(store)
                      : keysFromPem(read('--key', path.resolve(terminal.cwd, options.key))),
                };
          return verifyRecord(store, {
            ...(outside === undefined ? {} : { outside }),
            ...(terminal.stderr.isTTY === true ? { progress: progressOn(terminal) } : {}),
          });
        });
        if (options.json === true) say(terminal, JSON.stringify(report));
        else tell(terminal, report);
        return report.ok ? EXIT.done : EXIT.other;
      }),
    );
}

function tell(terminal: Terminal, report: VerifyReport): void {
  const { red, green } = colorsFor(terminal);
  for (const { code, seq, says } of report.findings) {
    say(terminal, `${red(code.padEnd(19))} ${seq === null ? '' : `entry ${String(seq)}: `}${escapeText(says)}`);
  }
  if (report.wrong > report.findings.length) say(terminal, `and ${String(report.wrong - report.findings.length)} more`);
  say(
    terminal,
    report.ok ? green('The record is whole.') : red(`The record is not whole: ${String(report.wrong)} findings.`),
  );
  const { entries, unsealed, redacted, checkpoints, vouchedFor, actions } = report;
  say(
    terminal,
    `  ${String(entries)} entries sealed, ${String(unsealed)} waiting, the data of ${String(redacted)} erased`,
  );
  say(terminal, `  ${String(checkpoints)} checkpoints, the newest that fits over ${String(vouchedFor)} entries`);
  say(terminal, `  ${String(actions)} actions agree with their entries or are named above`);
}

function progressOn(terminal: Terminal): NonNullable<VerifyOptions['progress']> {
  let next = 0;
  return (what, done) => {
    if (Date.now() < next) return;
    next = Date.now() + 1_000;
    warn(terminal, `… ${String(done)} ${what}`);
  };
}

function checkpointsOf(file: string): Checkpoint[] {
  return read('--checkpoints', file)
    .split('\n')
    .flatMap((line, at) => {
      if (line.trim() === '') return [];
      const parsed = checkpointSchema.safeParse(jsonOf(line));
      if (parsed.success) return [parsed.data];
      throw usageError(
        `--checkpoints: line ${String(at + 1)} of ${file} is no checkpoint. Give the file as it was written.`,
      );
    });
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function read(option: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw usageError(`${option}: ${file} cannot be read (${why}). Give a file that is there.`);
  }
}
