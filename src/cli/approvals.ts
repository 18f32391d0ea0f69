import type { ApprovalView } from '@gatehouse/sdk/contract';
import { approvalBackgroundSchema, approvalListSchema } from '@gatehouse/sdk/contract';
import type { Command } from 'commander';
import { approvalCard } from './approval-card.ts';
import { addAroundCommands } from './approvals/around-commands.ts';
import { backgroundCard } from './approvals/background-rows.ts';
import { addVerdictCommands } from './approvals/verdict-commands.ts';
import { listGroups } from './approvals/list-groups.ts';
import { usageError } from './cli-error.ts';
import { connectionFor } from './connection.ts';
import { EXIT } from './exit-codes.ts';
import { findApproval, pathPart } from './find-approval.ts';
import { GateHttp } from './http.ts';
import type { CommonOptions } from './run-command.ts';
import { exitAsDocumented, runCommand, withConnection } from './run-command.ts';
import { cardStyle, listPage } from './show.ts';
import type { Terminal } from './terminal.ts';
import { processTerminal, say } from './terminal.ts';

interface ListOptions extends CommonOptions {
  status?: string;
  mine?: boolean;
  severity?: string;
  secondLook?: boolean;
  order?: string;
  group?: string | true;
  agent?: string;
  limit?: string;
  cursor?: string;
}

/** `gatehouse approvals`: what waits for people, and their verdicts. */
export function addApprovalsCommand(program: Command, terminal: Terminal = processTerminal()): void {
  const approvals = program.command('approvals').description('what waits for people, and their verdicts');
  const gateOf = (options: CommonOptions): GateHttp => new GateHttp(connectionFor(terminal, 'reviewer', options.url));

  withConnection(approvals.command('list').description('list approvals, the newest first'))
    .option('--status <status>', 'pending, approved, denied, expired or cancelled')
    .option('--mine', 'only open ones in which you have a say now')
    .option('--severity <severity>', 'low, medium, high or critical')
    .option('--second-look', 'only break-glass approvals that nobody else has looked at yet')
    .option('--order <order>', 'newest, oldest or riskiest first')
    .option('--group [key]', 'open ones that are alike as one; with a key those of that group')
    .option('--agent <agent>', 'only those that this agent asked for')
    .option('--limit <number>', 'how many at most, 1 to 200')
    .option('--cursor <cursor>', 'go on where the page before ended')
    .action((options: ListOptions) =>
      runCommand(terminal, options, async () => {
        const { status, severity, order, agent, limit, cursor } = options;
        const mine = options.mine === true ? 'true' : undefined;
        const secondLook = options.secondLook === true ? 'missing' : undefined;
        const { group } = options;
        if (group === true) {
          if (status !== undefined && status !== 'pending')
            throw usageError('--group: only open approvals are grouped. Leave out --status.');
          if (secondLook !== undefined)
            throw usageError('--group: only open approvals are grouped. Leave out --second-look.');
          return listGroups(terminal, gateOf(options), options, { mine, severity, order, agent, limit, cursor });
        }
        const query = { status, mine, severity, secondLook, order, group, agent, limit, cursor };
        const list = await gateOf(options).get('/approvals', approvalListSchema, { query });
        listPage(terminal, options, list.text, {
          head: ['APPROVAL', 'STATUS', 'SEVERITY', 'AGENT', 'WANTS', 'OPEN UNTIL'],
          rows: list.value.approvals.map(listRow),
          nextCursor: list.value.nextCursor,
          none: 'No approvals.',
        });
        return EXIT.done;
      }),
    );

  withConnection(approvals.command('show').description('show one approval, complete'))
    .argument('<id>', 'of the approval, or of its action')
    .action((id: string, options: CommonOptions) =>
      runCommand(terminal, options, async () => {
        const gate = gateOf(options);
        const { text, value } = await findApproval(gate, id);
        if (options.json === true) {
          say(terminal, text);
          return EXIT.done;
        }
        const path = `/approvals/${pathPart(value.approvalId)}/background`;
        const { value: background } = await gate.get(path, approvalBackgroundSchema);
        const style = cardStyle(terminal);
        for (const line of [...approvalCard(value, style), ...backgroundCard(background, style)]) say(terminal, line);
        return EXIT.done;
      }),
    );

  addVerdictCommands(approvals, terminal);
  addAroundCommands(approvals, terminal);
  exitAsDocumented(approvals, terminal);
}

function listRow(approval: ApprovalView): string[] {
  const { approvalId, severity, riskScore, agent, type, target, expiresAt } = approval;
  return [
    approvalId,
    statusOf(approval),
    `${severity} ${riskScore}`,
    agent,
    `${type} on ${target}`,
    expiresAt ?? 'answered',
  ];
}

function statusOf({ status, breakGlass, secondLook }: ApprovalView): string {
  if (!breakGlass) return status;
  return `${status}, break-glass${secondLook === null ? ', second look due' : ''}`;
}
