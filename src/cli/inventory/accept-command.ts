import type { Command } from 'commander';
import { acceptAnswerSchema, type CapabilityDetail } from '../../inventory/wire.ts';
import { CliError, usageError } from '../cli-error.ts';
import { confirm } from '../confirm.ts';
import { connectionFor } from '../connection.ts';
import { EXIT } from '../exit-codes.ts';
import { GateHttp } from '../http.ts';
import type { CommonOptions } from '../run-command.ts';
import { runCommand, withConnection } from '../run-command.ts';
import { cardStyle } from '../show.ts';
import type { Terminal } from '../terminal.ts';
import { say, warn } from '../terminal.ts';
import { changeCard } from './capability-card.ts';
import { readDiff, readOne } from './gate-inventory.ts';

interface AcceptOptions extends CommonOptions {
  allOf?: string;
  reason: string;
  yes?: boolean;
}

/** `gatehouse inventory accept`: somebody has looked. What is accepted is bound to the digest of what was shown. */
export function addAcceptCommand(inventory: Command, terminal: Terminal): void {
  withConnection(inventory.command('accept').description('take what is new, changed or gone for looked at'))
    .argument('[ids...]', 'server/name')
    .option('--all-of <server>', 'everything of this server that nobody has looked at')
    .requiredOption('--reason <text>', 'goes on record')
    .option('--yes', 'do not ask')
    .action((ids: string[], options: AcceptOptions) =>
      runCommand(terminal, options, async () => {
        const { allOf, reason, yes = false } = options;
        if ((allOf === undefined) === (ids.length === 0)) throw usageError('Give ids, or --all-of and a server.');
        const gate = new GateHttp(connectionFor(terminal, 'admin', options.url));
        const shown = allOf === undefined ? await readEach(gate, ids) : await readDiff(gate, allOf);
        if (shown.length === 0) {
          say(terminal, 'Nothing is new, changed or gone.');
          return EXIT.done;
        }
        if (!yes && !(await askedFor(terminal, shown))) {
          throw new CliError('refused_here', 'Nothing was accepted.', EXIT.other);
        }
        const capabilities = shown.map(({ id, digest }) => ({ id, digest: digest ?? '' }));
        const { text, value } = await gate.post('/inventory/accept', acceptAnswerSchema, { capabilities, reason });
        if (options.json === true) say(terminal, text);
        else say(terminal, `Accepted ${value.accepted.length}, removed ${value.removed.length}.`);
        return EXIT.done;
      }),
    );
}

async function readEach(gate: GateHttp, ids: readonly string[]): Promise<CapabilityDetail[]> {
  const found: CapabilityDetail[] = [];
  for (const id of new Set(ids)) {
    const { value } = await readOne(gate, id);
    if (value.digest === null) {
      throw new CliError('not_found', `${id} was only seen in traffic: import its source first.`, EXIT.other);
    }
    found.push(value);
  }
  return found;
}

/** Shows what is to be accepted to a person, who says yes; without one, `--yes` has to be there. */
async function askedFor(terminal: Terminal, shown: readonly CapabilityDetail[]): Promise<boolean> {
  if (terminal.stdin.isTTY !== true)
    throw usageError('Nobody is there to ask: look with `gatehouse inventory diff`, then give --yes.');
  for (const one of shown)
    for (const line of changeCard(one, cardStyle(terminal, terminal.stderr))) warn(terminal, line);
  return confirm(terminal, terminal.stderr, `Accept ${shown.length === 1 ? 'this' : `these ${shown.length}`}?`);
}
