import path from 'node:path';
import type { Command } from 'commander';
import { backUp } from '../../store/copy/backup.ts';
import { withStore } from '../audit/sides.ts';
import { EXIT } from '../exit-codes.ts';
import type { CommonOptions } from '../run-command.ts';
import { runCommand } from '../run-command.ts';
import type { Terminal } from '../terminal.ts';
import { copying, tellCopied } from './copied.ts';

/** `gatehouse store backup`: one checked file, while everything runs. */
export function addBackup(store: Command, terminal: Terminal): void {
  store
    .command('backup')
    .description('write a checked backup of the store to one SQLite file, also of PostgreSQL, while everything runs')
    .argument('<file>', 'where to; it must not be there yet')
    .option('--json', 'print what it holds as JSON')
    .action((file: string, options: CommonOptions) =>
      runCommand(terminal, options, async () => {
        const target = path.resolve(terminal.cwd, file);
        const copied = await copying(() => withStore(terminal, (open) => backUp(open, target)));
        tellCopied(terminal, options, `Backed up to ${file}`, copied);
        return EXIT.done;
      }),
    );
}
