import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { readSettings } from '../settings.ts';
import { openStore, type Store } from '../store/open.ts';
import { listVerdictKeys, revokeVerdictKey, type VerdictKey } from '../store/verdict-keys.ts';
import { CliError } from './cli-error.ts';
import { EXIT } from './exit-codes.ts';
import type { CommonOptions } from './run-command.ts';
import { exitAsDocumented, runCommand } from './run-command.ts';
import { listPage } from './show.ts';
import type { Terminal } from './terminal.ts';
import { processTerminal, say } from './terminal.ts';

/** `gatehouse verdict-keys`: the keys that sign verdicts. Works on the store itself, so whoever can open it rules. */
export function addVerdictKeysCommand(program: Command, terminal: Terminal = processTerminal()): void {
  const keys = program
    .command('verdict-keys')
    .description('list and revoke the keys that sign verdicts, directly on the store of the settings');

  keys
    .command('list')
    .description('list the public keys, the newest first')
    .option('--json', 'print them as a JSON array')
    .action((options: CommonOptions) =>
      runCommand(terminal, options, async () => {
        const list = await onStore(terminal, listVerdictKeys);
        listPage(terminal, options, JSON.stringify(list.map(toJson)), {
          head: ['ID', 'MADE', 'REVOKED'],
          rows: list.map(toJson).map(({ id, createdAt, revokedAt }) => [id, createdAt, revokedAt ?? '']),
          nextCursor: null,
          none: 'No keys: the API makes one when it starts.',
        });
        return EXIT.done;
      }),
    );

  keys
    .command('revoke')
    .description('revoke a key for good: nothing counts any more that it signs')
    .argument('<key>', 'its id')
    .requiredOption('--reason <reason>', 'why, for the record')
    .option('--json', 'print the key as it now stands')
    .action((id: string, options: CommonOptions & { reason: string }) =>
      runCommand(terminal, options, async () => {
        const { key, revoked } = await onStore(terminal, (store) => revoke(store, id, options.reason));
        if (options.json === true) say(terminal, JSON.stringify(toJson(key)));
        else if (revoked) {
          say(terminal, `Revoked the key ${key.id}. An API that signs with it does not start again: give it another.`);
        } else say(terminal, `It was revoked before: the key ${key.id}.`);
        return EXIT.done;
      }),
    );

  exitAsDocumented(keys, terminal);
}

async function revoke(store: Store, id: string, reason: string): Promise<{ key: VerdictKey; revoked: boolean }> {
  const revoked = await revokeVerdictKey(store, id, {
    actor: `operator:${userInfo().username}`,
    reason,
    at: Date.now(),
  });
  const key = (await listVerdictKeys(store)).find((each) => each.id === id);
  if (key === undefined) {
    throw new CliError('not_found', 'No key has that id: see `gatehouse verdict-keys list`.', EXIT.other);
  }
  return { key, revoked };
}

async function onStore<T>(terminal: Terminal, work: (store: Store) => Promise<T>): Promise<T> {
  const { store: target } = readSettings(terminal.env, terminal.cwd);
  const store = await openStore({ url: target.kind === 'sqlite' ? target.file : target.url });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

function toJson({ id, publicKeyPem, createdAt, revokedAt }: VerdictKey) {
  return {
    id,
    publicKeyPem,
    createdAt: new Date(createdAt).toISOString(),
    revokedAt: revokedAt === null ? null : new Date(revokedAt).toISOString(),
  };
}
