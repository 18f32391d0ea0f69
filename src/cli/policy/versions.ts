import type { Activation } from '@gatehouse/sdk/contract';
import { policyVersionListSchema, policyVersionViewSchema } from '@gatehouse/sdk/contract';
import type { Command } from 'commander';
import { connectionFor } from '../connection.ts';
import { escapeText } from '../../foreign/escape.ts';
import { EXIT } from '../exit-codes.ts';
import { pathPart } from '../find-approval.ts';
import { GateHttp } from '../http.ts';
import type { CommonOptions } from '../run-command.ts';
import { runCommand, withConnection } from '../run-command.ts';
import { listPage } from '../show.ts';
import type { Terminal } from '../terminal.ts';
import { say } from '../terminal.ts';

/** `gatehouse policy versions` and `show`: what was in force when, by whom and why, and the text of each. */
export function addVersionCommands(policy: Command, terminal: Terminal): void {
  withConnection(policy.command('versions').description('list what came into force, by whom and why; the newest first'))
    .option('--limit <number>', 'how many at most, 1 to 200')
    .action((options: CommonOptions & { limit?: string }) =>
      runCommand(terminal, options, async () => {
        const { limit } = options;
        const gate = new GateHttp(connectionFor(terminal, 'reviewer', options.url));
        const { text, value } = await gate.get('/policy/versions', policyVersionListSchema, { query: { limit } });
        const current = value.activations[0]?.seq;
        listPage(terminal, options, text, {
          head: ['', 'DIGEST', 'WHEN', 'BY', 'WHY', 'LOOSENS'],
          rows: value.activations.map((each) => row(each, each.seq === current)),
          nextCursor: null,
          none: 'No policy was ever in force here.',
        });
        return EXIT.done;
      }),
    );

  withConnection(policy.command('show').description('print the text of a policy that was in force once'))
    .argument('<digest>', 'sha256: and its digits, at least the first 8')
    .action((digest: string, options: CommonOptions) =>
      runCommand(terminal, options, async () => {
        const gate = new GateHttp(connectionFor(terminal, 'reviewer', options.url));
        const path = `/policy/versions/${pathPart(withPrefix(digest))}`;
        const { text, value } = await gate.get(path, policyVersionViewSchema);
        if (options.json === true) say(terminal, text);
        else for (const line of pretty(value.text).split('\n')) say(terminal, escapeText(line));
        return EXIT.done;
      }),
    );
}

/** A digest as the API takes it: people may leave out what all have in front. */
export function withPrefix(digest: string): string {
  return digest.startsWith('sha256:') ? digest : `sha256:${digest}`;
}

/** The canonical text has no line breaks; for people it gets some. */
function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function row({ digest, at, by, reason, pinned, loosened }: Activation, current: boolean): string[] {
  const state = current ? (pinned ? 'pinned' : 'in force') : '';
  return [state, digest, at, by, reason, loosened.length === 0 ? '' : loosened.map(({ says }) => says).join('; ')];
}
