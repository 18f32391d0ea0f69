import type { KeyView } from '@gatehouse/sdk/contract';
import type { Command } from 'commander';
import { escapeText } from '../../foreign/escape.ts';
import { revokeKey, rotateKey, type NotRotated } from '../../store/key-changes.ts';
import { toKeyView } from '../../store/key-views.ts';
import { CliError } from '../cli-error.ts';
import { EXIT } from '../exit-codes.ts';
import type { CommonOptions } from '../run-command.ts';
import { runCommand } from '../run-command.ts';
import type { Terminal } from '../terminal.ts';
import { say, warn } from '../terminal.ts';
import { readDuration } from './create-command.ts';
import { findOne, toJson } from './key-lines.ts';
import { onStore, operator } from './on-store.ts';

const WHY_NOT: Readonly<Record<NotRotated, string>> = {
  not_found: 'That key is gone: see `gatehouse keys list`.',
  over: 'That key is revoked or expired: make a new one with `gatehouse keys create`.',
  replaced: 'That key was rotated before: rotate the one that took its place, see `gatehouse keys show`.',
};

/** `gatehouse keys rotate` and `revoke`. */
export function addChangeCommands(keys: Command, terminal: Terminal): void {
  keys
    .command('rotate')
    .description('make a key that takes the place of another: of the same holder, with the same rights')
    .argument('<key>', 'the id of the old one, or how it begins')
    .option('--overlap <time>', 'how long the old one goes on, e.g. 24h', '24h')
    .option('--json', 'print the new key and what is known of it')
    .action((wanted: string, options: CommonOptions & { overlap: string }) =>
      runCommand(terminal, options, async () => {
        const overlapMs = readDuration('--overlap', options.overlap) * 1000;
        const by = operator();
        const made = await onStore(terminal, async (store) =>
          rotateKey(store, (await findOne(store, wanted)).keyId, overlapMs, by),
        );
        if (typeof made === 'string') throw new CliError(made, WHY_NOT[made], EXIT.other);
        if (options.json === true)
          say(terminal, JSON.stringify({ key: made.token, ...toJson(toKeyView(made.key, by.at)) }));
        else {
          say(terminal, made.token);
          const ends = `The old one ends by itself in ${options.overlap}, or when its own time is over.`;
          warn(
            terminal,
            `The new ${made.key.role} key of ${made.key.principal}. Keep it now: it is not shown again. ${ends}`,
          );
        }
        return EXIT.done;
      }),
    );

  keys
    .command('revoke')
    .description('revoke a key for good')
    .argument('<key>', 'its id, or how it begins')
    .option('--json', 'print the key as it now stands')
    .action((wanted: string, options: CommonOptions) =>
      runCommand(terminal, options, async () => {
        const { key, revoked } = await onStore(terminal, async (store): Promise<{ key: KeyView; revoked: boolean }> => {
          const { keyId } = await findOne(store, wanted);
          const isFirst = await revokeKey(store, keyId, operator());
          return { key: await findOne(store, keyId), revoked: isFirst };
        });
        if (options.json === true) say(terminal, JSON.stringify(toJson(key)));
        else {
          const what = `the ${key.role} key ${key.prefix}… of ${key.name}`;
          say(terminal, escapeText(revoked ? `Revoked ${what}.` : `It was revoked before: ${what}.`));
        }
        return EXIT.done;
      }),
    );
}
