import type { ApprovalView } from '@gatehouse/sdk/contract';
import { approvalListSchema, approvalViewSchema } from '@gatehouse/sdk/contract';
import type { Command } from 'commander';
import { approvalCard, digestFits, resolution } from './approval-card.ts';
import { cardStyle, listPage } from './show.ts';
import { CliError } from './cli-error.ts';
import { confirm } from './confirm.ts';
import { connectionFor } from './connection.ts';
import { escapeJson, escapeText } from './escape.ts';
import { EXIT } from './exit-codes.ts';
import { findApproval, pathPart } from './find-approval.ts';
import { GateHttp } from './http.ts';
import type { CommonOptions } from './run-command.ts';
import { exitAsDocumented, runCommand, withConnection } from './run-command.ts';
import type { Terminal } from './terminal.ts';
import { processTerminal, say, warn } from './terminal.ts';

interface ListOptions extends CommonOptions {
  status?: string;
  agent?: string;
  limit?: string;
  cursor?: string;
}

interface VerdictOptions extends CommonOptions {
  comment?: string;
  yes?: boolean;
}

/** `gatehouse approvals`: what waits for people, and their verdicts. */
export function addApprovalsCommand(program: Command, terminal: Terminal = processTerminal()): void {
  const approvals = program.command('approvals').description('what waits for people, and their verdicts');
  const gateOf = (options: CommonOptions): GateHttp => new GateHttp(connectionFor(terminal, 'reviewer', options.url));

  withConnection(approvals.command('list').description('list approvals, the newest first'))
    .option('--status <status>', 'pending, approved, denied, expired or cancelled')
    .option('--agent <agent>', 'only those that this agent asked for')
    .option('--limit <number>', 'how many at most, 1 to 200')
    .option('--cursor <cursor>', 'go on where the page before ended')
    .action((options: ListOptions) =>
      runCommand(terminal, options, async () => {
        const { status, agent, limit, cursor } = options;
        const list = await gateOf(options).get('/approvals', approvalListSchema, {
          query: { status, agent, limit, cursor },
        });
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
        const { text, value } = await findApproval(gateOf(options), id);
        if (options.json === true) say(terminal, text);
        else for (const line of approvalCard(value, cardStyle(terminal))) say(terminal, line);
        return EXIT.done;
      }),
    );

  withConnection(approvals.command('approve').description('approve exactly what is shown'))
    .argument('<id>', 'of the approval, or of its action')
    .option('--comment <text>', 'goes on record with the verdict')
    .option('--yes', 'do not ask, also at a terminal')
    .action((id: string, options: VerdictOptions) =>
      runCommand(terminal, options, () => giveVerdict(terminal, gateOf(options), id, 'approve', options)),
    );

  withConnection(approvals.command('reject').description('reject it: nothing runs, and the agent is told why'))
    .argument('<id>', 'of the approval, or of its action')
    .option('--comment <text>', 'goes on record with the verdict, and to the agent')
    .action((id: string, options: VerdictOptions) =>
      runCommand(terminal, options, () => giveVerdict(terminal, gateOf(options), id, 'reject', options)),
    );

  exitAsDocumented(approvals, terminal);
}

async function giveVerdict(
  terminal: Terminal,
  gate: GateHttp,
  id: string,
  verdict: 'approve' | 'reject',
  options: VerdictOptions,
): Promise<number> {
  const { value: before } = await findApproval(gate, id);
  // INVARIANT: I2 a person approves what they were shown: the digest that is sent is the one of exactly that.
  if (verdict === 'approve' && !digestFits(before)) {
    const detail = `The digest of approval ${before.approvalId} does not belong to what the gate shows. Nothing was sent.`;
    throw new CliError('digest_mismatch', detail, EXIT.other);
  }
  if (before.status === 'pending' && !(await present(terminal, before, verdict, options))) {
    warn(terminal, 'Nothing was sent; it is still pending.');
    return EXIT.other;
  }
  const { comment } = options;
  const body = { verdict, actionDigest: before.actionDigest, ...(comment === undefined ? {} : { comment }) };
  const path = `/approvals/${pathPart(before.approvalId)}/verdict`;
  const { text, value: after } = await gate.post(path, approvalViewSchema, body);
  if (options.json === true) {
    say(terminal, text);
    return EXIT.done;
  }
  // The gate takes the same verdict of the same person again, and nobody else's.
  const already = before.status === 'pending' ? '' : ` (already, by you)`;
  say(terminal, `${escapeText(`${after.approvalId} is ${resolution(after)}`)}${already}`);
  return EXIT.done;
}

/** Shows what the verdict is about and, at a terminal, asks before an approval. False: the person said no. */
async function present(
  terminal: Terminal,
  approval: ApprovalView,
  verdict: 'approve' | 'reject',
  options: VerdictOptions,
): Promise<boolean> {
  // With --json standard output is for the API's object alone.
  const output = options.json === true ? terminal.stderr : terminal.stdout;
  const asks = verdict === 'approve' && options.yes !== true && terminal.stdin.isTTY === true && output.isTTY === true;
  if (asks) {
    for (const line of approvalCard(approval, cardStyle(terminal, output))) output.write(`${line}\n`);
    return confirm(terminal, output, 'Approve exactly this?');
  }
  if (options.json !== true) {
    const { agent, type, target, arguments: args, actionDigest } = approval;
    const doing = verdict === 'approve' ? 'Approving' : 'Rejecting';
    say(terminal, `${doing} what ${escapeText(agent)} wants: ${escapeText(type)} on ${escapeText(target)}`);
    say(terminal, `  arguments ${escapeJson(args)}`);
    say(terminal, `  digest    ${escapeText(actionDigest)}`);
  }
  return true;
}

function listRow({ approvalId, status, severity, riskScore, agent, type, target, expiresAt }: ApprovalView): string[] {
  return [approvalId, status, `${severity} ${riskScore}`, agent, `${type} on ${target}`, expiresAt];
}
