import type { Command } from 'commander';
import type { Capability, CapabilityDetail, CapabilityStatus } from '../../inventory/wire.ts';
import { capabilityListSchema } from '../../inventory/wire.ts';
import { connectionFor } from '../connection.ts';
import { EXIT } from '../exit-codes.ts';
import { GateHttp } from '../http.ts';
import type { CommonOptions } from '../run-command.ts';
import { runCommand, withConnection } from '../run-command.ts';
import { cardStyle, listPage } from '../show.ts';
import type { Terminal } from '../terminal.ts';
import { say } from '../terminal.ts';
import { capabilityCard, changeCard } from './capability-card.ts';
import { readDiff, readOne } from './gate-inventory.ts';
import { quoted } from './words.ts';

interface ListOptions extends CommonOptions {
  server?: string;
  status?: string;
  origin?: string;
  limit?: string;
  cursor?: string;
}

/** `gatehouse inventory list`, `show` and `diff`: what agents are able to do, and what changed of it. */
export function addLookCommands(inventory: Command, terminal: Terminal): void {
  const gateOf = (options: CommonOptions): GateHttp => new GateHttp(connectionFor(terminal, 'reviewer', options.url));

  withConnection(inventory.command('list').description('list what agents are able to do'))
    .option('--server <server>', 'only those of this server')
    .option('--status <status>', 'new, changed, accepted or gone')
    .option('--origin <origin>', 'import, or traffic for what no import knows')
    .option('--limit <number>', 'how many at most, 1 to 500')
    .option('--cursor <cursor>', 'go on where the page before ended')
    .action((options: ListOptions) =>
      runCommand(terminal, options, async () => {
        const { server, status, origin, limit, cursor } = options;
        const query = { server, status, origin, limit, cursor };
        const { text, value } = await gateOf(options).get('/inventory', capabilityListSchema, { query });
        listPage(terminal, options, text, {
          head: ['CAPABILITY', 'STATUS', 'DOES', 'RISK', 'RULE', 'OUTCOME', 'USES', 'LAST SEEN'],
          rows: value.capabilities.map(listRow),
          nextCursor: value.nextCursor,
          none: 'Nothing is known: import a source with `gatehouse inventory import`.',
        });
        return EXIT.done;
      }),
    );

  withConnection(inventory.command('show').description('show one capability, whole'))
    .argument('<id>', 'server/name')
    .action((id: string, options: CommonOptions) =>
      runCommand(terminal, options, async () => {
        const { text, value } = await readOne(gateOf(options), id);
        if (options.json === true) say(terminal, text);
        else for (const line of capabilityCard(value, cardStyle(terminal))) say(terminal, line);
        return EXIT.done;
      }),
    );

  withConnection(inventory.command('diff').description('show what is new, changed or gone since somebody looked'))
    .argument('[server]', 'only that of this server')
    .addHelpText('after', '\nExit codes: 0 whatever it shows; the lines beginning with ! are to be read closely.')
    .action((server: string | undefined, options: CommonOptions) =>
      runCommand(terminal, options, async () => {
        const changes = await readDiff(gateOf(options), server);
        if (options.json === true) say(terminal, JSON.stringify({ capabilities: changes, nextCursor: null }));
        else tellChanges(terminal, changes);
        return EXIT.done;
      }),
    );
}

/** What changed comes first: it is held until somebody has looked, and a long list of new ones would hide it. */
const BY_URGENCY: readonly CapabilityStatus[] = ['changed', 'gone', 'new', 'accepted'];

function tellChanges(terminal: Terminal, changes: readonly CapabilityDetail[]): void {
  if (changes.length === 0) {
    say(terminal, 'Nothing is new, changed or gone.');
    return;
  }
  const of = BY_URGENCY.map((status) => ({ status, those: changes.filter((change) => change.status === status) }));
  for (const change of of.flatMap(({ those }) => those)) {
    for (const line of changeCard(change, cardStyle(terminal))) say(terminal, line);
  }
  const counts = of.filter(({ those }) => those.length > 0).map(({ status, those }) => `${those.length} ${status}`);
  say(terminal, `${counts.join(', ')}. When you have looked:`);
  for (const server of new Set(changes.map((change) => change.server))) {
    say(terminal, `  gatehouse inventory accept --all-of ${quoted(server)} --reason "…"`);
  }
}

function listRow(capability: Capability): string[] {
  const { id, status, origin, classification, riskScore, rule, outcome, uses, lastSeenAt } = capability;
  const { operation, destructive } = classification;
  return [
    id,
    origin === 'traffic' ? 'seen in traffic' : status,
    destructive ? `${operation}, destructive` : operation,
    String(riskScore),
    rule ?? 'none',
    outcome,
    String(uses),
    lastSeenAt,
  ];
}
