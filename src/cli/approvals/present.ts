import type { ApprovalView, JsonObject } from '@gatehouse/sdk/contract';
import { digestFits } from '../../console/said/cautions.ts';
import { argumentChanges } from '../../console/said/changes.ts';
import { escapeJson, escapeText } from '../../foreign/escape.ts';
import { approvalCard } from '../approval-card.ts';
import { Card } from '../card.ts';
import { CliError } from '../cli-error.ts';
import { confirm } from '../confirm.ts';
import { EXIT } from '../exit-codes.ts';
import type { CommonOptions } from '../run-command.ts';
import { cardStyle } from '../show.ts';
import type { Output, Terminal } from '../terminal.ts';
import { say } from '../terminal.ts';

export interface VerdictOptions extends CommonOptions {
  comment?: string;
  yes?: boolean;
}

/** Throws `CliError` where the digest that a verdict would be bound to is not the one of what the gate shows. */
export function checkDigest(approval: ApprovalView): void {
  if (digestFits(approval)) return;
  const detail = `The digest of approval ${approval.approvalId} does not belong to what the gate shows. Nothing was sent.`;
  throw new CliError('digest_mismatch', detail, EXIT.other);
}

/** Where a person looks: with --json standard output is for the API's object alone. */
export function outputFor(terminal: Terminal, { json }: VerdictOptions): Output {
  return json === true ? terminal.stderr : terminal.stdout;
}

/** Whether there is a person at a terminal who wants to be asked. */
export function isAsked(terminal: Terminal, options: VerdictOptions): boolean {
  const output = outputFor(terminal, options);
  return options.yes !== true && terminal.stdin.isTTY === true && output.isTTY === true;
}

/** Shows the whole question and asks whether to go on. False: the person said no. */
export function askAbout(
  terminal: Terminal,
  approval: ApprovalView,
  options: VerdictOptions,
  question: string,
  edited?: JsonObject,
): Promise<boolean> {
  const output = outputFor(terminal, options);
  const style = cardStyle(terminal, output);
  for (const line of approvalCard(approval, style)) output.write(`${line}\n`);
  if (edited !== undefined) for (const line of editLines(terminal, output, approval, edited)) output.write(`${line}\n`);
  return confirm(terminal, output, question);
}

/** Says in short what a verdict is about, where nobody is asked. */
export function sayWhat(
  terminal: Terminal,
  doing: string,
  approval: ApprovalView,
  options: VerdictOptions,
  edited?: JsonObject,
): void {
  if (options.json === true) return;
  const { agent, type, target, arguments: args, actionDigest } = approval;
  say(terminal, `${doing} what ${escapeText(agent)} wants: ${escapeText(type)} on ${escapeText(target)}`);
  say(terminal, `  arguments ${escapeJson(args)}`);
  say(terminal, `  digest    ${escapeText(actionDigest)}`);
  if (edited !== undefined) {
    for (const line of editLines(terminal, terminal.stdout, approval, edited)) say(terminal, line);
  }
}

function editLines(
  terminal: Terminal,
  output: Output,
  { arguments: args }: ApprovalView,
  edited: JsonObject,
): string[] {
  const card = new Card(cardStyle(terminal, output));
  card.changes('changes', argumentChanges(args, edited));
  return card.finish();
}
