import type { Command } from 'commander';
import { Option } from 'commander';
import { ROLES, type Role } from '../../access/roles.ts';
import { flawOfKey, type Scopes } from '../../access/scopes.ts';
import { parseDuration } from '../../policy/duration.ts';
import { makeKey, type NotMade } from '../../store/key-changes.ts';
import { toKeyView } from '../../store/key-views.ts';
import { usageError } from '../cli-error.ts';
import { EXIT } from '../exit-codes.ts';
import type { CommonOptions } from '../run-command.ts';
import { runCommand } from '../run-command.ts';
import type { Terminal } from '../terminal.ts';
import { say, warn } from '../terminal.ts';
import { toJson } from './key-lines.ts';
import { checkNames, onStore, operator } from './on-store.ts';

interface CreateOptions extends CommonOptions {
  role: Role;
  name: string;
  team?: string;
  tag?: string[];
  group?: string[];
  scope?: string[];
  expires?: string;
}

const WHY_NOT: Readonly<Record<NotMade, string>> = {
  name_of_agent:
    'is the name of an agent, and no other key can have it: nobody reviews what they ask for. Use another.',
  name_of_person: 'is the name of a person, and no agent can have it. Use another.',
  disabled: 'is disabled. Enable it first: gatehouse principals enable.',
};

/** `gatehouse keys create`. */
export function addCreateCommand(keys: Command, terminal: Terminal): void {
  keys
    .command('create')
    .description('make a key; it is printed once and stored as a hash')
    .addOption(new Option('--role <role>', 'what it may do').choices(ROLES).makeOptionMandatory())
    .requiredOption('--name <name>', 'who holds it, e.g. billing-agent')
    .option('--team <team>', 'the team that answers for it')
    .option('--tag <tag...>', 'labels that rules may match')
    .option('--group <group...>', 'groups of a person, which approvals may name')
    .option('--scope <scope...>', 'what it is narrowed to: action=PATTERN, target=PATTERN or read-only')
    .option('--expires <time>', 'how long it holds, e.g. 90d; without it until it is revoked')
    .option('--json', 'print { key, role, name } and what else is known of it')
    .action((options: CreateOptions) =>
      runCommand(terminal, options, async () => {
        const { role, name, team, tag: tags, group: groups, expires } = options;
        checkNames('--name', name);
        checkNames('--group', ...(groups ?? []));
        const scopes = readScopes(options.scope);
        const flaw = flawOfKey(role, groups, scopes ?? {});
        if (flaw !== null) {
          throw usageError(
            `--${flaw.field === 'groups' ? 'group' : 'scope'}: ${flaw.problem}. To mend it, ${flaw.fix}.`,
          );
        }
        const by = operator();
        const expiresAt = expires === undefined ? null : by.at + readDuration('--expires', expires) * 1000;
        const wanted = { role, principal: name, team, tags, groups, scopes, expiresAt };
        const made = await onStore(terminal, (store) => makeKey(store, wanted, by));
        if (typeof made === 'string') throw usageError(`--name: ${name} ${WHY_NOT[made]}`);
        if (options.json === true)
          say(terminal, JSON.stringify({ key: made.token, ...toJson(toKeyView(made.key, by.at)) }));
        else {
          say(terminal, made.token);
          warn(terminal, `The ${role} key of ${name}. Keep it now: it is not shown again.`);
        }
        return EXIT.done;
      }),
    );
}

function readScopes(given: readonly string[] | undefined): Scopes | undefined {
  if (given === undefined) return undefined;
  const [actions, targets]: [string[], string[]] = [[], []];
  for (const scope of given) {
    const [, kind, pattern = ''] = /^(action|target)=(.{1,500})$/.exec(scope) ?? [];
    if (kind === 'action') actions.push(pattern);
    else if (kind === 'target') targets.push(pattern);
    else if (scope !== 'read-only') {
      throw usageError(`--scope: ${JSON.stringify(scope)} is none. Write action=PATTERN, target=PATTERN or read-only.`);
    }
  }
  return {
    ...(actions.length === 0 ? {} : { actions }),
    ...(targets.length === 0 ? {} : { targets }),
    ...(given.includes('read-only') ? { readOnly: true } : {}),
  };
}

/** Seconds. Throws `CliError` that names the option. */
export function readDuration(option: string, text: string): number {
  const seconds = parseDuration(text);
  if (seconds !== undefined) return seconds;
  throw usageError(`${option}: ${JSON.stringify(text)} is no time. Write a whole number and s, m, h or d, e.g. 90d.`);
}
