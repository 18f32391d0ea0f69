import type { ActionView, GuardAnswer, JsonObject } from '@gatehouse/sdk/contract';
import { actionViewSchema, approvalViewSchema, guardAnswerSchema, isFinal } from '@gatehouse/sdk/contract';
import { setTimeout as delay } from 'node:timers/promises';
import { CliError } from './cli-error.ts';
import type { Connection } from './connection.ts';
import { escapeText } from '../foreign/escape.ts';
import { EXIT, exitCodeOf } from './exit-codes.ts';
import { pathPart } from './find-approval.ts';
import type { GuardCommandOptions } from './guard-input.ts';
import type { Answered } from './http.ts';
import { GateHttp } from './http.ts';
import type { Terminal } from './terminal.ts';
import { colorsFor, say, warn } from './terminal.ts';
import { Patient } from './watch.ts';

/** An action as the command line asks for it. */
export interface Wanted {
  type: string;
  target: string;
  context: JsonObject;
  /** Names the action: asked again with it, it is the same one. */
  key: string;
}

const POLL_SECONDS = 25;

/** Asks for a decision, claims nothing, and resolves with the exit code of where the action then stands. */
export async function askGate(
  terminal: Terminal,
  connection: Connection,
  wanted: Wanted,
  options: GuardCommandOptions,
): Promise<number> {
  const gate = new GateHttp(connection);
  const { type, target, context, key } = wanted;
  const { mode, purpose, session, tag: tags } = options;
  const body = {
    action: { type, target, context },
    mode,
    claim: false,
    ...(purpose === undefined ? {} : { purpose }),
    ...(session === undefined ? {} : { session }),
    ...(tags === undefined ? {} : { tags }),
  };
  const answer: Answered<GuardAnswer> = await gate
    .post('/guard', guardAnswerSchema, body, { headers: { 'idempotency-key': key } })
    .catch((error: unknown) => {
      // Without the key a repeat would be a second action, and the first may have been taken.
      if (error instanceof CliError && error.exitCode === EXIT.unavailable) {
        warn(terminal, `gatehouse: to ask again for the same action, add --key ${escapeText(key)}`);
      }
      throw error;
    });
  const waits = options.wait === true && isUnderWay(answer.value, mode);
  if (waits && options.json !== true) print(terminal, answer.value, key);
  const last = waits ? await waitFor(terminal, gate, answer.value, mode) : answer;
  if (options.json === true) say(terminal, last.text);
  else print(terminal, last.value, key);
  return exitCodeFor(last.value);
}

/** What a shell learns. An answer that blocks and permits at once permits nothing. */
export function exitCodeFor({ decision, status }: GuardAnswer): number {
  const code = exitCodeOf(status);
  return decision === 'BLOCK' && code === EXIT.done ? EXIT.blocked : code;
}

function isUnderWay({ status }: GuardAnswer, mode: 'permit' | 'executor'): boolean {
  return mode === 'executor' ? !isFinal(status) : status === 'held' || status === 'scheduled';
}

async function waitFor(
  terminal: Terminal,
  gate: GateHttp,
  first: GuardAnswer,
  mode: 'permit' | 'executor',
): Promise<Answered<ActionView>> {
  const patient = new Patient(terminal, true);
  const path = `/actions/${pathPart(first.actionId)}`;
  let { approvalId, status } = first;
  for (;;) {
    const began = performance.now();
    // While people decide it is the approval that changes; reading the action would wait for its end.
    const question = approvalId === null ? undefined : `/approvals/${pathPart(approvalId)}`;
    if (mode === 'permit' && status === 'held' && question !== undefined) {
      const poll = { waitSeconds: POLL_SECONDS, query: { claim: 'false' } };
      await patient.ask(() => gate.get(question, approvalViewSchema, poll));
    }
    const waitSeconds = mode === 'executor' || status === 'scheduled' ? POLL_SECONDS : 0;
    const action = await patient.ask(() => gate.get(path, actionViewSchema, { waitSeconds }));
    if (!isUnderWay(action.value, mode)) return action;
    ({ approvalId, status } = action.value);
    // A gate that does not hold the request open must not be asked in a tight circle.
    const hurry = terminal.pollMs - (performance.now() - began);
    if (hurry > 0) await delay(hurry);
  }
}

function print(terminal: Terminal, answer: GuardAnswer | ActionView, key: string): void {
  const { bold, green, yellow, red } = colorsFor(terminal);
  const color = { ALLOW: green, REQUIRE_APPROVAL: yellow, BLOCK: red }[answer.decision];
  say(terminal, `${bold(color(answer.decision))}  ${answer.status}  ${escapeText(answer.reason)}`);
  say(terminal, `  action    ${escapeText(answer.actionId)}`);
  if (answer.status === 'held' && answer.approvalId !== null) {
    say(
      terminal,
      `  approval  ${escapeText(answer.approvalId)}, open until ${escapeText(answer.expiresAt ?? 'it is resolved')}`,
    );
    say(terminal, `  go on     the same command with --key ${escapeText(key)} --wait`);
  }
  if (answer.status === 'scheduled') {
    say(terminal, '  approved  it may run once its window opens');
    say(terminal, `  go on     the same command with --key ${escapeText(key)} --wait`);
  }
  if (answer.grant !== null)
    say(terminal, `  leave     ${escapeText(`${answer.grant.name}, of ${answer.grant.givenBy}`)}`);
  if (answer.matchedRule !== null) say(terminal, `  rule      ${escapeText(answer.matchedRule)}`);
  say(terminal, `  risk      ${answer.riskScore} of 100, ${answer.severity}`);
  const settlement = 'settlement' in answer ? answer.settlement : null;
  if (settlement === null) return;
  const why = settlement.error ?? settlement.reason;
  say(terminal, `  settled   ${settlement.status}${why === null ? '' : `: ${escapeText(why)}`}`);
}
