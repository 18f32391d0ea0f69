import type { Command } from 'commander';
import { usageError } from '../cli-error.ts';
import type { KeyRole } from '../connection.ts';
import { connectionFor } from '../connection.ts';
import { readObject } from '../guard-input.ts';
import { GateHttp } from '../http.ts';
import type { CommonOptions } from '../run-command.ts';
import { runCommand, withConnection } from '../run-command.ts';
import type { Terminal } from '../terminal.ts';
import { giveBulkVerdict } from './give-bulk.ts';
import { giveVerdict } from './give-verdict.ts';
import type { GrantOptions } from './grant-options.ts';
import { grantOf } from './grant-options.ts';
import type { VerdictOptions } from './present.ts';

const ID = 'of the approval, or of its action';
const COMMENT = 'goes on record with the verdict';

/** `gatehouse approvals approve`, `reject` and every other verdict. */
export function addVerdictCommands(approvals: Command, terminal: Terminal): void {
  const gateOf = (options: CommonOptions, role: KeyRole = 'reviewer'): GateHttp =>
    new GateHttp(connectionFor(terminal, role, options.url));

  withConnection(approvals.command('approve').description('approve exactly what is shown'))
    .argument('<ids...>', ID)
    .option('--comment <text>', COMMENT)
    .option('--yes', 'do not ask, also at a terminal')
    .option('--grant <name>', 'let the same agent do it again without asking, under this name')
    .option('--uses <number>', 'with --grant: how often, beside this time')
    .option('--within <duration>', 'with --grant: for how long, e.g. 8h')
    .option('--same <arguments...>', 'with --grant: the arguments that must be as they are now; else all of them')
    .option('--any-arguments', 'with --grant: whatever the arguments are')
    .action((ids: string[], options: VerdictOptions & GrantOptions) =>
      runCommand(terminal, options, () => {
        const grant = grantOf(options);
        const [id = '', ...others] = ids;
        if (others.length === 0) {
          const given = { verdict: 'approve', ...said(options), ...(grant === undefined ? {} : { grant }) } as const;
          return giveVerdict(terminal, gateOf(options), id, given, options);
        }
        if (grant !== undefined) throw usageError('--grant: belongs to one approval. Name one.');
        return giveBulkVerdict(terminal, gateOf(options), ids, 'approve', options);
      }),
    );

  withConnection(approvals.command('reject').description('reject it: nothing runs, and the agent is told why'))
    .argument('<ids...>', ID)
    .option('--comment <text>', `${COMMENT}, and to the agent`)
    .action((ids: string[], options: VerdictOptions) =>
      runCommand(terminal, options, () => {
        const [id = '', ...others] = ids;
        if (others.length > 0) return giveBulkVerdict(terminal, gateOf(options), ids, 'reject', options);
        return giveVerdict(terminal, gateOf(options), id, { verdict: 'reject', ...said(options) }, options);
      }),
    );

  withConnection(approvals.command('edit').description('approve it with other arguments, which are judged anew'))
    .argument('<id>', ID)
    .requiredOption('--arguments <json>', 'the whole arguments: JSON, @file, or - for standard input')
    .option('--comment <text>', `${COMMENT}, and to the agent`)
    .option('--yes', 'do not ask, also at a terminal')
    .action((id: string, options: VerdictOptions & { arguments: string }) =>
      runCommand(terminal, options, async () => {
        const from = { option: '--arguments', what: 'what the action should have' };
        const args = await readObject(terminal, options.arguments, from);
        const given = { verdict: 'edit', arguments: args, ...said(options) } as const;
        return giveVerdict(terminal, gateOf(options), id, given, options);
      }),
    );

  withConnection(approvals.command('ask').description('ask the agent something; its answer appears with the approval'))
    .argument('<id>', ID)
    .argument('<question>', 'what the agent should answer')
    .action((id: string, question: string, options: VerdictOptions) =>
      runCommand(terminal, options, () =>
        giveVerdict(terminal, gateOf(options), id, { verdict: 'ask', question }, options),
      ),
    );

  withConnection(approvals.command('delegate').description('let somebody else answer in your place'))
    .argument('<id>', ID)
    .requiredOption('--to <name>', 'who answers instead')
    .option('--comment <text>', COMMENT)
    .action((id: string, options: VerdictOptions & { to: string }) =>
      runCommand(terminal, options, () => {
        const given = { verdict: 'delegate', to: options.to, ...said(options) } as const;
        return giveVerdict(terminal, gateOf(options), id, given, options);
      }),
    );

  for (const [verdict, says] of [
    ['abstain', 'say that you have seen it and leave it to others'],
    ['withdraw', 'take back your approval, abstention or delegation while it is open'],
  ] as const) {
    withConnection(approvals.command(verdict).description(says))
      .argument('<id>', ID)
      .option('--comment <text>', COMMENT)
      .action((id: string, options: VerdictOptions) =>
        runCommand(terminal, options, () =>
          giveVerdict(terminal, gateOf(options), id, { verdict, ...said(options) }, options),
        ),
      );
  }

  withConnection(approvals.command('override').description('break-glass: approve it alone, whatever the terms'))
    .argument('<id>', ID)
    .requiredOption('--reason <text>', 'why; loud on record, for whoever looks afterwards')
    .option('--yes', 'do not ask, also at a terminal')
    .action((id: string, options: VerdictOptions & { reason: string }) =>
      runCommand(terminal, options, () => {
        const given = { verdict: 'override', comment: options.reason } as const;
        return giveVerdict(terminal, gateOf(options, 'admin'), id, given, options);
      }),
    );
}

function said({ comment }: VerdictOptions): { comment?: string } {
  return comment === undefined ? {} : { comment };
}
