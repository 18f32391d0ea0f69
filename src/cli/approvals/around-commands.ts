import { approvalViewSchema } from '@gatehouse/sdk/contract';
import type { Command } from 'commander';
import { escapeText } from '../../foreign/escape.ts';
import { connectionFor } from '../connection.ts';
import { EXIT } from '../exit-codes.ts';
import { findApproval, pathPart } from '../find-approval.ts';
import { GateHttp } from '../http.ts';
import type { CommonOptions } from '../run-command.ts';
import { runCommand, withConnection } from '../run-command.ts';
import type { Terminal } from '../terminal.ts';
import { say } from '../terminal.ts';
import type { VerdictOptions } from './present.ts';

/** `gatehouse approvals answer` and `second-look`: what is said of an approval beside the verdicts. */
export function addAroundCommands(approvals: Command, terminal: Terminal): void {
  withConnection(approvals.command('answer').description("answer a reviewer's question, as the agent that asked"))
    .argument('<id>', 'of the approval, or of its action')
    .argument('<question>', 'its id, e.g. q1')
    .argument('<answer>', 'what the reviewer reads')
    .action((id: string, questionId: string, answer: string, options: CommonOptions) =>
      runCommand(terminal, options, async () => {
        const gate = new GateHttp(connectionFor(terminal, 'agent', options.url));
        const { value: before } = await findApproval(gate, id);
        const path = `/approvals/${pathPart(before.approvalId)}/answers`;
        const { text, value } = await gate.post(path, approvalViewSchema, { questionId, answer });
        say(
          terminal,
          options.json === true ? text : `Answered ${escapeText(questionId)} of ${escapeText(value.approvalId)}.`,
        );
        return EXIT.done;
      }),
    );

  withConnection(approvals.command('second-look').description('say that you have looked at a break-glass approval'))
    .argument('<id>', 'of the approval, or of its action')
    .option('--comment <text>', 'goes on record')
    .action((id: string, options: VerdictOptions) =>
      runCommand(terminal, options, async () => {
        const gate = new GateHttp(connectionFor(terminal, 'reviewer', options.url));
        const { value: before } = await findApproval(gate, id);
        const { comment } = options;
        const path = `/approvals/${pathPart(before.approvalId)}/second-look`;
        const body = comment === undefined ? {} : { comment };
        const { text, value } = await gate.post(path, approvalViewSchema, body);
        const by = value.secondLook?.by ?? 'you';
        say(terminal, options.json === true ? text : escapeText(`${by} has looked at ${value.approvalId}.`));
        return EXIT.done;
      }),
    );
}
