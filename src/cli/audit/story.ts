import type { Command } from 'commander';
import type { UnreadablePayloads } from '../../reconcile/open-readable.ts';
import { tellStory, type Story, type StoryDeps } from '../../reconcile/story.ts';
import { dataConverters } from '../../temporal/data-converter.ts';
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

/** The store, the archive, the keys, and Temporal unless nobody wants it asked, for as long as `work` takes. */
export async function withStoryDeps<T>(
  terminal: Terminal,
  offline: boolean,
  work: (deps: StoryDeps) => Promise<T>,
): Promise<T> {
  return withStore(terminal, async (store, settings) => {
    const place = await configuredArchive(terminal, settings);
    const { namespace } = settings.temporal;
    const opener = { namespace, codecs: dataConverters(settings.payloads, namespace).client.payloadCodecs ?? [] };
    if (offline) return work({ store, client: null, place, opener });
    const temporal = await openTemporal(settings, { startServer: false, say: () => undefined, env: terminal.env });
    try {
      const client = clientOf(temporal.link);
      return await work({ store, client, place, opener });
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
  warnOfGaps(terminal, history?.unreadable ?? []);
}

/** Says on standard error, with a stable code, what of a history cannot be read here, and what to do about it. */
export function warnOfGaps(terminal: Terminal, gaps: readonly UnreadablePayloads[]): void {
  for (const { code, keyId, payloads } of gaps) {
    const key = escapeText(JSON.stringify(keyId.slice(0, 64)));
    const why =
      code === 'payload_key_missing'
        ? `which is not in GATEHOUSE_PAYLOAD_KEYS. Add its line, anywhere but first, to read them`
        : 'and were changed, or encrypted for another action or namespace';
    warn(terminal, `${code}: ${String(payloads)} payloads of the history are encrypted with the key ${key}, ${why}.`);
  }
}
