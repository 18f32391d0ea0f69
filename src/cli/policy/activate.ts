import type { ActivationRequest } from '@gatehouse/sdk/contract';
import { policyStateSchema } from '@gatehouse/sdk/contract';
import type { Command } from 'commander';
import { usageError } from '../cli-error.ts';
import { connectionFor } from '../connection.ts';
import { escapeText } from '../../foreign/escape.ts';
import { EXIT } from '../exit-codes.ts';
import { GateHttp } from '../http.ts';
import type { CommonOptions } from '../run-command.ts';
import { runCommand, withConnection } from '../run-command.ts';
import type { Terminal } from '../terminal.ts';
import { say } from '../terminal.ts';
import { withPrefix } from './versions.ts';

interface ActivateOptions extends CommonOptions {
  reason: string;
  loosens?: true;
  folder?: true;
}

/** `gatehouse policy activate` and `rollback`: another policy in force, at once and for every process. */
export function addActivateCommands(policy: Command, terminal: Terminal): void {
  withChange(policy.command('activate').description('pin a stored policy, or lift the pin'))
    .argument('[digest]', 'of a policy that was in force once: sha256: and its digits, at least the first 8')
    .option('--folder', 'lift the pin: the files of the folder hold again')
    .action((digest: string | undefined, options: ActivateOptions) =>
      runCommand(terminal, options, () => {
        if ((digest === undefined) === (options.folder === undefined)) {
          throw usageError('Name the digest of a stored policy, or say --folder: see `gatehouse policy versions`.');
        }
        const what = digest === undefined ? { folder: true as const } : { digest: withPrefix(digest) };
        return activate(terminal, options, what);
      }),
    );

  withChange(policy.command('rollback').description('pin the policy that was in force before this one')).action(
    (options: ActivateOptions) => runCommand(terminal, options, () => activate(terminal, options, { rollback: true })),
  );
}

function withChange(command: Command): Command {
  return withConnection(command)
    .requiredOption('--reason <text>', 'why; goes on record')
    .option('--loosens', 'allow it to loosen the policy, e.g. to put an enforced rule into shadow');
}

async function activate(
  terminal: Terminal,
  options: ActivateOptions,
  what: Pick<ActivationRequest, 'digest' | 'folder' | 'rollback'>,
): Promise<number> {
  const { reason, loosens } = options;
  const gate = new GateHttp(connectionFor(terminal, 'admin', options.url));
  const body: ActivationRequest = { ...what, reason, ...(loosens === undefined ? {} : { loosens }) };
  const { text, value } = await gate.post('/policy/activations', policyStateSchema, body);
  if (options.json === true) say(terminal, text);
  else {
    const from = value.pinned ? 'pinned' : 'from the folder';
    say(terminal, escapeText(`In force: ${value.digest}, ${from}.`));
    for (const { says } of value.activation?.loosened ?? []) say(terminal, escapeText(`  looser: ${says}`));
  }
  return EXIT.done;
}
