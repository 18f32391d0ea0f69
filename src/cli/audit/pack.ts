import type { Command } from 'commander';
import { CliError } from '../cli-error.ts';
import { EXIT } from '../exit-codes.ts';
import type { CommonOptions } from '../run-command.ts';
import { runCommand } from '../run-command.ts';
import type { Terminal } from '../terminal.ts';
import { say } from '../terminal.ts';
import { gatherEvidence } from './pack/evidence.ts';
import { evidencePage } from './pack/page.ts';
import { warnOfGaps, withStoryDeps } from './story.ts';

/** `gatehouse audit pack`: everything about one action, in one file for whoever has nothing else. */
export function addPack(audit: Command, terminal: Terminal): void {
  audit
    .command('pack')
    .description('print an evidence pack of one action: a single HTML file without scripts, to be kept or handed over')
    .argument('<action>', 'the id of the action')
    .option('--offline', 'do not ask Temporal for the signatures: only the archive')
    .action((actionId: string, options: CommonOptions & { offline?: boolean }) =>
      runCommand(terminal, options, async () => {
        const evidence = await withStoryDeps(terminal, options.offline === true, (deps) =>
          gatherEvidence(deps, actionId),
        );
        if (evidence === null) throw new CliError('not_found', `There is no action ${actionId} on record.`, EXIT.other);
        say(terminal, evidencePage(evidence, new Date()));
        warnOfGaps(terminal, evidence.history?.unreadable ?? []);
        return EXIT.done;
      }),
    );
}
