import type { Command } from 'commander';
import { archiveSettled, type ArchivePass } from '../../reconcile/archive.ts';
import { openArchive, type ArchivePlace } from '../../reconcile/archive-place.ts';
import type { Settings } from '../../settings.ts';
import { usageError } from '../cli-error.ts';
import { EXIT } from '../exit-codes.ts';
import { escapeText } from '../../foreign/escape.ts';
import type { CommonOptions } from '../run-command.ts';
import { runCommand } from '../run-command.ts';
import type { Terminal } from '../terminal.ts';
import { say, warn } from '../terminal.ts';
import { operatorName, withBothSides } from './sides.ts';

interface ArchiveOptions extends CommonOptions {
  all?: boolean;
  after?: string;
}

/** `gatehouse audit archive`: what a worker does all the time, once and now. */
export function addArchive(audit: Command, terminal: Terminal): void {
  audit
    .command('archive')
    .description('archive the histories of finished actions to GATEHOUSE_ARCHIVE, going on where the last pass stopped')
    .option('--all', 'look at every finished action again; what is archived is left alone')
    .option('--after <seconds>', 'only what ended so long ago; else GATEHOUSE_ARCHIVE_AFTER_SECONDS')
    .option('--json', 'print what was done as JSON')
    .action((options: ArchiveOptions) =>
      runCommand(terminal, options, async () => {
        const pass = await withBothSides(terminal, async ({ store, client, settings }) => {
          const place = await configuredArchive(terminal, settings);
          if (place === null)
            throw usageError('There is no archive: set GATEHOUSE_ARCHIVE to a folder or s3://bucket/prefix.');
          const { archiveAfterSeconds } = settings.operations;
          const afterMs = (options.after === undefined ? archiveAfterSeconds : Number(options.after)) * 1000;
          if (!(afterMs >= 0)) throw usageError('--after: give whole seconds, e.g. 3600.');
          const deps = { store, client, place, actor: operatorName(terminal), now: Date.now };
          return archiveSettled(deps, { afterMs, fromStart: options.all === true });
        });
        if (options.json === true) say(terminal, JSON.stringify(pass));
        else tell(terminal, pass);
        return pass.gone.length === 0 ? EXIT.done : EXIT.other;
      }),
    );
}

/** The archive of the settings, or null where there is none. */
export async function configuredArchive({ env }: Terminal, settings: Settings): Promise<ArchivePlace | null> {
  const { archive } = settings.operations;
  return archive === null ? null : openArchive(archive, env);
}

function tell(terminal: Terminal, { archived, open, gone }: ArchivePass): void {
  say(terminal, `${String(archived)} histories archived.`);
  for (const id of open) warn(terminal, `${escapeText(id)} is over on record, and its workflow goes on: later.`);
  for (const id of gone) warn(terminal, `${escapeText(id)} is gone from Temporal: its history was never archived.`);
}
