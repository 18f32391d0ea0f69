import type { Command } from 'commander';
import { tellStory, type Story, type StoryDeps } from '../../reconcile/story.ts';
import { openTemporal } from '../../temporal/open.ts';
import { CliError } from '../cli-error.ts';
import { EXIT } from '../exit-codes.ts';
import { escapeText } from '../../foreign/escape.ts';
import { columns } from '../layout.ts';
import type { CommonOptions } from '../run-command.ts';
import { runCommand } from '../run-command.ts';
import { clientOf } from '../serve/link.ts';
import type { Terminal } from '../terminal.ts';
import { colorsFor, say, warn } from '../terminal.ts';
import { configuredArchive } from './archive.ts';
import { withStore } from './sides.ts';

/** `gatehouse audit story`: everything that is known of one action, however long ago it was. */
export function addStory(audit: Command, terminal: Terminal): void {
  audit
    .command('story')
    .description('the complete story of an action: its record beside its history, from Temporal or the archive')
    .argument('<action>', 'the id of the action')
    .option('--offline', 'do not ask Temporal: only the archive')
    .option('--json', 'print it as JSON')
    .action((actionId: string, options: CommonOptions & { offline?: boolean }) =>
      runCommand(terminal, options, async () => {
        const story = await withStoryDeps(terminal, options.offline === true, (deps) => tellStory(deps, actionId));
        if (story.lines.length === 0) {
          throw new CliError('not_found', `Neither the record nor Temporal has an action ${actionId}.`, EXIT.other);
        }
        if (options.json === true) say(terminal, JSON.stringify(story));
        else tell(terminal, story);
        return EXIT.done;
      }),
    );
}

/** The store, the archive, and Temporal unless nobody wants it asked, for as long as `work` takes. */
export async function withStoryDeps<T>(
  terminal: Terminal,
  offline: boolean,
  work: (deps: StoryDeps) => Promise<T>,
): Promise<T> {
  return withStore(terminal, async (store, settings) => {
    const place = await configuredArchive(terminal, settings);
    if (offline) return work({ store, client: null, place });
    const temporal = await openTemporal(settings, { startServer: false, say: () => undefined, env: terminal.env });
    try {
      const client = clientOf(temporal.link);
      return await work({ store, client, place });
    } finally {
      await temporal.close();
    }
  });
}

function tell(terminal: Terminal, { history, lines }: Story): void {
  const { dim } = colorsFor(terminal);
  const rows = lines.map(({ at, from, what, who, data }) => [
    at,
    dim(from),
    escapeText(what),
    escapeText(who),
    dim(escapeText(JSON.stringify(data))),
  ]);
  for (const line of columns(rows)) say(terminal, line);
  if (history === null) {
    warn(terminal, 'There is no history: Temporal does not have it, and it is not in the archive.');
  } else if (history.from === 'archive') {
    warn(terminal, `The history is from the archive; its SHA-256 ${history.sha256 ?? ''} is the one on record.`);
  }
}
