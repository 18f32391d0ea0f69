import { isFinal } from '@gatehouse/sdk/contract';
import type { Command } from 'commander';
import { sealPending } from '../../audit/sealer.ts';
import { escapeText } from '../../foreign/escape.ts';
import { readAction } from '../../store/actions.ts';
import { redactAction } from '../../store/redact.ts';
import { CliError } from '../cli-error.ts';
import { EXIT } from '../exit-codes.ts';
import { runCommand, type CommonOptions } from '../run-command.ts';
import { say, type Terminal } from '../terminal.ts';
import { operatorName, withStore } from './sides.ts';

interface Options extends CommonOptions {
  reason: string;
}

/** `gatehouse audit redact`: erases what an action holds of the outside, visibly. */
export function addRedactCommand(audit: Command, terminal: Terminal): void {
  audit
    .command('redact')
    .description('erase the arguments, results, comments and entry data of one ended action; the chain still verifies')
    .argument('<action>', 'id of the action')
    .requiredOption('--reason <text>', 'goes on record, with who you are')
    .option('--json', 'print { action, erased }')
    .action((action: string, options: Options) =>
      runCommand(terminal, options, async () => {
        const keys = await withStore(terminal, async (store) => {
          const row = await readAction(store, action);
          if (row === undefined) throw new CliError('not_found', `There is no action ${action} on record.`, EXIT.other);
          if (!isFinal(row.status)) {
            throw new CliError(
              'not_settled',
              `${action} is ${row.status}: only what has ended can be erased.`,
              EXIT.other,
            );
          }
          // What has no place in the chain yet has no salt to take away.
          await sealPending(store);
          return redactAction(store, {
            actionId: action,
            actor: operatorName(terminal),
            reason: options.reason,
            at: Date.now(),
          });
        });
        if (keys === null) throw new CliError('already_redacted', `${action} was erased before.`, EXIT.other);
        const says = `Erased what ${action} held, and the data of ${String(keys.length)} entries. Temporal's history has its own copy until its retention ends.`;
        say(terminal, options.json === true ? JSON.stringify({ action, erased: keys }) : escapeText(says));
        return EXIT.done;
      }),
    );
}
