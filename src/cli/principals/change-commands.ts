import type { Command } from 'commander';
import { Option } from 'commander';
import { escapeText } from '../../foreign/escape.ts';
import { toPrincipalView } from '../../store/key-views.ts';
import {
  disablePrincipal,
  findPrincipal,
  LONGEST_CHAIN,
  PRINCIPAL_KINDS,
  setPrincipal,
  type ChangeRefused,
  type PrincipalKind,
} from '../../store/principals.ts';
import { CliError, usageError } from '../cli-error.ts';
import { EXIT } from '../exit-codes.ts';
import { checkNames, onStore, operator } from '../keys/on-store.ts';
import type { CommonOptions } from '../run-command.ts';
import { runCommand } from '../run-command.ts';
import type { Terminal } from '../terminal.ts';
import { say } from '../terminal.ts';

interface SetOptions extends CommonOptions {
  kind?: PrincipalKind;
  owner?: string;
  team?: string;
  tag?: string[];
  environment?: string;
  parent?: string;
}

/** What takes a value away: no name begins like that. */
const NOBODY = '-';

const WHY_NOT: Readonly<Record<ChangeRefused, string>> = {
  kind_fixed: '--kind: an agent stays one, and a person becomes none. Use another name.',
  parent_unknown: '--parent: nobody of that name is known. Make its key first, or set something of it.',
  parent_no_agent: '--parent: agents act for agents. Name a person with --owner.',
  no_agent: '--parent: only an agent acts on behalf of another.',
  circle: '--parent: that agent acts on behalf of this one already, so nobody would be behind either.',
  chain_too_long: `--parent: at most ${String(LONGEST_CHAIN)} may stand behind an agent.`,
};

/** `gatehouse principals set`, `disable` and `enable`. */
export function addChangeCommands(principals: Command, terminal: Terminal): void {
  principals
    .command('set')
    .description('say who somebody is; what is not named stays, and - takes it away')
    .argument('<name>', 'the name; a new one becomes known by it, as an agent where --kind says nothing else')
    .addOption(new Option('--kind <kind>', 'what it is').choices(PRINCIPAL_KINDS))
    .option('--owner <name>', 'who answers for it')
    .option('--team <team>', 'its team; it stands over that of its keys')
    .option('--tag <tag...>', 'all of its labels, beside those of its keys')
    .option('--environment <name>', 'where it runs, e.g. production')
    .option('--parent <agent>', 'the agent on whose behalf it acts')
    .option('--json', 'print it as it now stands')
    .action((name: string, options: SetOptions) =>
      runCommand(terminal, options, async () => {
        const { kind, owner, team, tag, environment, parent } = options;
        checkNames('<name>', name);
        for (const [option, value] of Object.entries({ owner, team, environment, parent })) {
          if (value !== undefined && value !== NOBODY) checkNames(`--${option}`, value);
        }
        const tags = tag?.filter((one) => one !== NOBODY);
        checkNames('--tag', ...(tags ?? []));
        const change = {
          ...{ kind, tags, owner: orNobody(owner), team: orNobody(team) },
          ...{ environment: orNobody(environment), parent: orNobody(parent) },
        };
        const changed = await onStore(terminal, (store) => setPrincipal(store, name, change, operator()));
        if (typeof changed === 'string') throw usageError(WHY_NOT[changed]);
        const view = toPrincipalView(changed);
        if (options.json === true) say(terminal, JSON.stringify(view));
        else say(terminal, escapeText(`${name} is set. It holds everywhere within a second.`));
        return EXIT.done;
      }),
    );

  for (const [verb, disabled, says] of [
    ['disable', true, 'refuse all keys of somebody at once, and of every agent that acts on their behalf'],
    ['enable', false, 'let the keys of somebody hold again that are neither revoked nor expired'],
  ] as const) {
    principals
      .command(verb)
      .description(says)
      .argument('<name>', 'the name')
      .option('--json', 'print it as it now stands')
      .action((name: string, options: CommonOptions) =>
        runCommand(terminal, options, async () => {
          const { isFirst, principal } = await onStore(terminal, async (store) => ({
            isFirst: await disablePrincipal(store, name, disabled, operator()),
            principal: await findPrincipal(store, name),
          }));
          if (principal === null) {
            throw new CliError(
              'not_found',
              'Nobody of that name is known: see `gatehouse principals list`.',
              EXIT.other,
            );
          }
          if (options.json === true) say(terminal, JSON.stringify(toPrincipalView(principal)));
          else say(terminal, escapeText(`${name} ${isFirst ? 'is' : 'was before'} ${verb}d.`));
          return EXIT.done;
        }),
      );
  }
}

function orNobody(value: string | undefined): string | null | undefined {
  return value === NOBODY ? null : value;
}
