import type { KeyView } from '@gatehouse/sdk/contract';
import type { Command } from 'commander';
import { viewKeys } from '../../store/key-views.ts';
import { Card } from '../card.ts';
import { EXIT } from '../exit-codes.ts';
import type { CommonOptions } from '../run-command.ts';
import { runCommand } from '../run-command.ts';
import { cardStyle, listPage } from '../show.ts';
import type { Terminal } from '../terminal.ts';
import { say } from '../terminal.ts';
import { findOne, sayScopes, sayState, toJson } from './key-lines.ts';
import { onStore } from './on-store.ts';

/** `gatehouse keys list` and `show`. */
export function addLookCommands(keys: Command, terminal: Terminal): void {
  keys
    .command('list')
    .description('list the keys, without the keys themselves')
    .option('--json', 'print them as a JSON array')
    .action((options: CommonOptions) =>
      runCommand(terminal, options, async () => {
        const now = Date.now();
        const entries = await onStore(terminal, (store) => viewKeys(store, now));
        listPage(terminal, options, JSON.stringify(entries.map(toJson)), {
          head: ['ID', 'BEGINS', 'ROLE', 'NAME', 'STATE', 'EXPIRES', 'LAST USED'],
          rows: entries.map((key) => {
            const { keyId, prefix, role, name, expiresAt, lastUsedAt } = key;
            return [keyId, prefix, role, name, sayState(key, now), expiresAt ?? '', lastUsedAt ?? ''];
          }),
          nextCursor: null,
          none: 'No keys.',
        });
        return EXIT.done;
      }),
    );

  keys
    .command('show')
    .description('show everything that is known of a key but the key itself')
    .argument('<key>', 'its id, or how it begins')
    .option('--json', 'print it as JSON')
    .action((wanted: string, options: CommonOptions) =>
      runCommand(terminal, options, async () => {
        const key = await onStore(terminal, (store) => findOne(store, wanted));
        if (options.json === true) say(terminal, JSON.stringify(toJson(key)));
        else showKey(terminal, key);
        return EXIT.done;
      }),
    );
}

function showKey(terminal: Terminal, key: KeyView): void {
  const card = new Card(cardStyle(terminal));
  card.heading(`Key ${key.keyId}`, sayState(key, Date.now()));
  for (const [label, value] of [
    ['begins', key.prefix],
    ['role', key.role],
    ['holder', key.name],
    ['team', key.team],
    ['tags', key.tags.join(' ')],
    ['groups', key.groups.join(' ')],
    ['scopes', sayScopes(key.scopes)],
    ['made', `${key.madeAt} by ${key.madeBy ?? 'nobody on record'}`],
    ['last used', key.lastUsedAt],
    ['expires', key.expiresAt],
    ['revoked', key.revokedAt],
    ['replaced by', key.replacedBy],
  ] as const) {
    if (value !== null && value !== '') card.row(label, value);
  }
  for (const line of card.finish()) say(terminal, line);
}
