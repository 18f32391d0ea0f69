import { once } from 'node:events';
import { open, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { Option, type Command } from 'commander';
import { EXPORT_FORMATS, type ExportFormat } from '../../audit/export/format.ts';
import { exportRecord } from '../../audit/export/export-record.ts';
import { readBacklog } from '../../store/chain.ts';
import { usageError } from '../cli-error.ts';
import { EXIT } from '../exit-codes.ts';
import { runCommand, type CommonOptions } from '../run-command.ts';
import { warn, type Terminal } from '../terminal.ts';
import { filterFrom, placeOf, withFilter, type FilterOptions } from './filter-options.ts';
import { operatorName, withStore } from './sides.ts';
import { continueFile } from './continue-file.ts';

interface Options extends CommonOptions, FilterOptions {
  format: ExportFormat;
  after?: string;
  out?: string;
  resume?: boolean;
}

/** `gatehouse audit export`: entries that fit, in the order of the chain, to standard output or a file. */
export function addExportCommand(audit: Command, terminal: Terminal): void {
  withFilter(audit.command('export').description('write entries of the record to a file or standard output'))
    .addOption(
      new Option('--format <format>', 'ndjson alone can be verified').choices(EXPORT_FORMATS).default('ndjson'),
    )
    .option('--after <seq>', 'only what has its place behind this entry')
    .option('--out <file>', 'write there in place of standard output; it must not exist yet')
    .option('--resume', 'go on behind the last whole entry of the NDJSON file of --out')
    .action((options: Options) =>
      runCommand(terminal, options, async () => {
        const { entries, last, waiting } = await run(terminal, options);
        warn(terminal, `${String(entries)} entries, the last is ${String(last)}; go on with --after ${String(last)}`);
        if (waiting > 0) warn(terminal, `waiting for their place in the chain, and not among them: ${String(waiting)}`);
        return EXIT.done;
      }),
    );
}

async function run(terminal: Terminal, options: Options): Promise<{ entries: number; last: number; waiting: number }> {
  const filter = filterFrom(options);
  const { file, after } = await destination(terminal, options);
  try {
    return await withStore(terminal, async (store) => {
      let entries = 0;
      let last = after;
      const asked = { format: options.format, filter, after, actor: operatorName(terminal), at: Date.now() };
      for await (const piece of exportRecord(store, asked)) {
        if (file !== undefined) await file.appendFile(piece.bytes);
        else if (!terminal.stdout.write(piece.bytes)) await once(terminal.stdout, 'drain');
        entries += piece.entries;
        last = piece.last;
      }
      await file?.sync();
      return { entries, last, waiting: (await readBacklog(store)).entries };
    });
  } finally {
    await file?.close();
  }
}

async function destination(terminal: Terminal, options: Options): Promise<{ file?: FileHandle; after: number }> {
  const { out, resume = false, format } = options;
  const after = options.after === undefined ? 0 : placeOf('--after', options.after);
  if (out === undefined) {
    if (resume) throw usageError('--resume: it goes on in a file. Name it with --out.');
    return { after };
  }
  const name = path.resolve(terminal.cwd, out);
  if (resume) {
    if (format !== 'ndjson')
      throw usageError(`--resume: only NDJSON can be gone on with, not ${format}. Use --after and another file.`);
    if (options.after !== undefined) throw usageError('--resume: the file says where to go on. Leave --after out.');
    return continueFile(name);
  }
  try {
    return { file: await open(name, 'wx', 0o600), after };
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw usageError(`--out: ${name} cannot be made (${why}). Give a new file, or go on in this one with --resume.`);
  }
}
