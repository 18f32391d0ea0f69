import type { Command } from 'commander';
import { toPrincipalView, viewKeys } from '../../store/key-views.ts';
import { findPrincipal, listPrincipals } from '../../store/principals.ts';
import { Card } from '../card.ts';
import { CliError } from '../cli-error.ts';
import { EXIT } from '../exit-codes.ts';
import { sayState } from '../keys/key-lines.ts';
import { onStore } from '../keys/on-store.ts';
import type { CommonOptions } from '../run-command.ts';
import { runCommand } from '../run-command.ts';
import { cardStyle, listPage } from '../show.ts';
import type { Terminal } from '../terminal.ts';
import { say } from '../terminal.ts';

/** `gatehouse principals list` and `show`. */
export function addLookCommands(principals: Command, terminal: Terminal): void {
  principals
    .command('list')
    .description('list everybody who is known by name')
    .option('--json', 'print them as a JSON array')
    .action((options: CommonOptions) =>
      runCommand(terminal, options, async () => {
        const list = (await onStore(terminal, listPrincipals)).map(toPrincipalView);
        listPage(terminal, options, JSON.stringify(list), {
          head: ['NAME', 'KIND', 'OWNER', 'TEAM', 'ENVIRONMENT', 'PARENT', 'DISABLED'],
          rows: list.map(({ name, kind, owner, team, environment, parent, disabledAt }) =>
            [name, kind, owner, team, environment, parent, disabledAt].map((cell) => cell ?? ''),
          ),
          nextCursor: null,
          none: 'Nobody is known: a key makes its holder so.',
        });
        return EXIT.done;
      }),
    );

  principals
    .command('show')
    .description('show who somebody is, on whose behalf they act, and their keys')
    .argument('<name>', 'the name')
    .option('--json', 'print it as JSON')
    .action((name: string, options: CommonOptions) =>
      runCommand(terminal, options, async () => {
        const now = Date.now();
        const { principal, keys } = await onStore(terminal, async (store) => ({
          principal: await findPrincipal(store, name),
          keys: (await viewKeys(store, now)).filter((key) => key.name === name),
        }));
        if (principal === null) {
          throw new CliError('not_found', 'Nobody of that name is known: see `gatehouse principals list`.', EXIT.other);
        }
        const { chain, isChainDisabled, ...rest } = principal;
        const view = { ...toPrincipalView(rest), chain };
        if (options.json === true) {
          say(terminal, JSON.stringify(view));
          return EXIT.done;
        }
        const card = new Card(cardStyle(terminal));
        const state = view.disabledAt !== null ? 'disabled' : isChainDisabled ? 'disabled with its parent' : 'enabled';
        card.heading(`${view.kind} ${view.name}`, state);
        for (const [label, value] of [
          ['owner', view.owner],
          ['team', view.team],
          ['tags', view.tags.join(' ')],
          ['environment', view.environment],
          ['acts for', chain.join(', for ')],
          ['known since', view.knownSince],
          ['disabled', view.disabledAt],
        ] as const) {
          if (value !== null && value !== '') card.row(label, value);
        }
        for (const key of keys) card.row('key', `${key.keyId} ${key.role} ${sayState(key, now)}`);
        for (const line of card.finish()) say(terminal, line);
        return EXIT.done;
      }),
    );
}
