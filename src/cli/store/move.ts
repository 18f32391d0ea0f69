import type { Command } from 'commander';
import { readSettings } from '../../settings.ts';
import { copyStore, isEmptyStore } from '../../store/copy/copy.ts';
import { openStore } from '../../store/open.ts';
import { CliError, usageError } from '../cli-error.ts';
import { EXIT } from '../exit-codes.ts';
import type { CommonOptions } from '../run-command.ts';
import { runCommand } from '../run-command.ts';
import type { Terminal } from '../terminal.ts';
import { warn } from '../terminal.ts';
import { copying, tellCopied } from './copied.ts';
import { assertNothingRuns } from './nothing-runs.ts';

/** `gatehouse store move`: from SQLite to PostgreSQL, with the chain intact. */
export function addMove(store: Command, terminal: Terminal): void {
  store
    .command('move')
    .description('copy the SQLite store of the settings to an empty PostgreSQL database, with the chain intact')
    .requiredOption(
      '--to <url>',
      'postgres://user:password@host:5432/database; or set GATEHOUSE_MOVE_TO to it and give `env`',
    )
    .option('--json', 'print what came over as JSON')
    .action((options: CommonOptions & { to: string }) =>
      runCommand(terminal, options, async () => {
        const { store: from } = readSettings(terminal.env, terminal.cwd);
        const to = options.to === 'env' ? (terminal.env['GATEHOUSE_MOVE_TO'] ?? '') : options.to;
        if (from.kind !== 'sqlite') throw usageError('DATABASE_URL is set: the store is on PostgreSQL already.');
        if (!/^postgres(ql)?:\/\//.test(to))
          throw usageError('--to: give a postgres:// address with host and database.');
        assertNothingRuns(terminal);
        const source = await openStore({ url: from.file });
        try {
          const target = await openStore({ url: to });
          try {
            if (!(await isEmptyStore(target))) {
              throw new CliError(
                'copy_refused',
                '--to: that database holds a store that is in use already.',
                EXIT.other,
              );
            }
            const copied = await copying(() => copyStore(source, target, { lockSource: true }));
            tellCopied(terminal, options, 'Moved', copied);
          } finally {
            await target.close();
          }
        } finally {
          await source.close();
        }
        if (options.json !== true) {
          warn(
            terminal,
            `Set DATABASE_URL to it from now on. ${from.file} stays as it is; keep it until you are sure.`,
          );
        }
        return EXIT.done;
      }),
    );
}
