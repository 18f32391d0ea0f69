import path from 'node:path';
import type { Command } from 'commander';
import { restore } from '../../store/copy/backup.ts';
import { withStore } from '../audit/sides.ts';
import { EXIT } from '../exit-codes.ts';
import type { CommonOptions } from '../run-command.ts';
import { runCommand } from '../run-command.ts';
import type { Terminal } from '../terminal.ts';
import { warn } from '../terminal.ts';
import { copying, tellCopied } from './copied.ts';
import { assertNothingRuns } from './nothing-runs.ts';

/** `gatehouse store restore`: a backup into the store of the settings. */
export function addRestore(store: Command, terminal: Terminal): void {
  store
    .command('restore')
    .description('put a backup into the store of the settings; one that is in use is refused without --force')
    .argument('<file>', 'a backup that `gatehouse store backup` wrote')
    .option('--force', 'put it in the place of what the store holds, which is lost')
    .option('--json', 'print what came over as JSON')
    .action((file: string, options: CommonOptions & { force?: boolean }) =>
      runCommand(terminal, options, async () => {
        assertNothingRuns(terminal);
        const source = path.resolve(terminal.cwd, file);
        const force = options.force === true;
        const copied = await copying(() => withStore(terminal, (open) => restore(source, open, { force })));
        tellCopied(terminal, options, `Restored from ${file}`, copied);
        if (options.json !== true) {
          warn(
            terminal,
            'What happened since the backup is in Temporal: `gatehouse audit reconcile --repair` brings it back.',
          );
        }
        return EXIT.done;
      }),
    );
}
