import { Option } from 'commander';
import type { Command } from 'commander';
import { readSettings } from '../settings.ts';
import type { KeyEntry, KeyRole } from '../store/keys.ts';
import { createKey, listKeys, revokeKey } from '../store/keys.ts';
import type { Store } from '../store/open.ts';
import { openStore } from '../store/open.ts';
import { CliError, usageError } from './cli-error.ts';
import { escapeText } from '../foreign/escape.ts';
import { EXIT } from './exit-codes.ts';
import type { CommonOptions } from './run-command.ts';
import { exitAsDocumented, runCommand } from './run-command.ts';
import { listPage } from './show.ts';
import type { Terminal } from './terminal.ts';
import { processTerminal, say, warn } from './terminal.ts';

interface CreateOptions extends CommonOptions {
  role: KeyRole;
  name: string;
  team?: string;
  tag?: string[];
  group?: string[];
}

const ROLES = ['agent', 'reviewer', 'admin'] as const;
const NAME = /^[A-Za-z0-9][\w.@+-]{0,99}$/;

/** `gatehouse keys`: who may ask and who may answer. Works on the store itself, so whoever can open it rules. */
export function addKeysCommand(program: Command, terminal: Terminal = processTerminal()): void {
  const keys = program.command('keys').description('make, list and revoke keys, directly on the store of the settings');

  keys
    .command('create')
    .description('make a key; it is printed once and stored as a hash')
    .addOption(new Option('--role <role>', 'what it may do').choices(ROLES).makeOptionMandatory())
    .requiredOption('--name <name>', 'who holds it, e.g. billing-agent')
    .option('--team <team>', 'the team that answers for it')
    .option('--tag <tag...>', 'labels that rules may match')
    .option('--group <group...>', 'groups of a reviewer or admin, which approvals may name')
    .option('--json', 'print { key, role, name }')
    .action((options: CreateOptions) =>
      runCommand(terminal, options, async () => {
        const { role, name, team, tag: tags, group: groups } = options;
        if (!NAME.test(name)) {
          throw usageError(
            `--name: ${JSON.stringify(name)} must be up to 100 letters, digits and . _ @ + -, a letter or digit first.`,
          );
        }
        checkGroups(role, groups);
        const key = await onStore(terminal, (store) => createKey(store, role, name, { team, tags, groups }));
        if (options.json === true) say(terminal, JSON.stringify({ key, role, name }));
        else {
          say(terminal, key);
          warn(terminal, `The ${role} key of ${name}. Keep it now: it is not shown again.`);
        }
        return EXIT.done;
      }),
    );

  keys
    .command('list')
    .description('list the keys, without the keys themselves')
    .option('--json', 'print them as a JSON array')
    .action((options: CommonOptions) =>
      runCommand(terminal, options, async () => {
        const entries = await onStore(terminal, listKeys);
        listPage(terminal, options, JSON.stringify(entries.map(toJson)), {
          head: ['ID', 'BEGINS', 'ROLE', 'NAME', 'TEAM', 'TAGS', 'GROUPS', 'MADE', 'REVOKED'],
          rows: entries.map((entry) => {
            const { id, prefix, role, name, team, tags, groups, createdAt, revokedAt } = toJson(entry);
            return [id, prefix, role, name, team ?? '', tags.join(' '), groups.join(' '), createdAt, revokedAt ?? ''];
          }),
          nextCursor: null,
          none: 'No keys.',
        });
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
        const { entry, revoked } = await onStore(terminal, (store) => revoke(store, wanted));
        if (options.json === true) say(terminal, JSON.stringify(toJson(entry)));
        else {
          const { prefix, role, principal } = entry;
          const what = `the ${role} key ${prefix}… of ${principal}`;
          say(terminal, escapeText(revoked ? `Revoked ${what}.` : `It was revoked before: ${what}.`));
        }
        return EXIT.done;
      }),
    );

  exitAsDocumented(keys, terminal);
}

function checkGroups(role: KeyRole, groups: readonly string[] = []): void {
  const wrong = groups.find((group) => !NAME.test(group));
  if (wrong !== undefined) {
    throw usageError(
      `--group: ${JSON.stringify(wrong)} must be up to 100 letters, digits and . _ @ + -, a letter or digit first.`,
    );
  }
  if (role === 'agent' && groups.length > 0) {
    throw usageError('--group: agents approve nothing, so no group is for them. Leave it out, or use --team.');
  }
}

async function revoke(store: Store, wanted: string): Promise<{ entry: KeyEntry; revoked: boolean }> {
  // A whole key begins as its prefix does, so that it may be given too.
  const found = (await listKeys(store)).filter(
    ({ id, prefix }) => id === wanted || prefix.startsWith(wanted) || wanted.startsWith(prefix),
  );
  const [entry, ...others] = found;
  if (entry === undefined) {
    throw new CliError('not_found', 'No key has that id or begins like that: see `gatehouse keys list`.', EXIT.other);
  }
  if (others.length > 0) {
    const ids = found.map(({ id, principal }) => `${id} (${principal})`).join(', ');
    throw usageError(`That fits ${found.length} keys: ${ids}. Give the id of one.`);
  }
  const revokedAt = Date.now();
  const revoked = await revokeKey(store, entry.id, revokedAt);
  return { entry: revoked ? { ...entry, revokedAt } : entry, revoked };
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

function toJson({ id, prefix, role, principal, team, tags, groups, createdAt, revokedAt }: KeyEntry) {
  return {
    id,
    prefix,
    role,
    name: principal,
    team,
    tags,
    groups,
    createdAt: new Date(createdAt).toISOString(),
    revokedAt: revokedAt === null ? null : new Date(revokedAt).toISOString(),
  };
}
