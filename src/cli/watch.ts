import type { ActionView } from '@gatehouse/sdk/contract';
import { actionListSchema, actionViewSchema, isFinal } from '@gatehouse/sdk/contract';
import { setTimeout as delay } from 'node:timers/promises';
import { timelineCells } from './action-card.ts';
import { CliError } from './cli-error.ts';
import { escapeText } from '../foreign/escape.ts';
import { EXIT, exitCodeOf } from './exit-codes.ts';
import { pathPart } from './find-approval.ts';
import type { GateHttp } from './http.ts';
import type { CommonOptions } from './run-command.ts';
import type { Terminal } from './terminal.ts';
import { say, warn } from './terminal.ts';

const PAGE = '200';

/** Prints what happens to one action until it is over. Resolves with the exit code of how it ended. */
export async function watchAction(
  terminal: Terminal,
  gate: GateHttp,
  id: string,
  options: CommonOptions,
): Promise<number> {
  const patient = new Patient(terminal);
  let shown = '';
  let lastSeq = -Infinity;
  for (;;) {
    const { text, value } = await patient.ask(() => gate.get(`/actions/${pathPart(id)}`, actionViewSchema));
    if (options.json === true) {
      if (text !== shown) say(terminal, text);
    } else {
      const news = (value.timeline ?? []).filter(({ seq }) => seq > lastSeq);
      for (const entry of news) say(terminal, timelineCells(entry).join('  ').trimEnd());
      lastSeq = Math.max(lastSeq, ...news.map(({ seq }) => seq));
    }
    shown = text;
    if (isFinal(value.status)) {
      if (options.json !== true) say(terminal, `Action ${escapeText(value.actionId)} is ${value.status}.`);
      return exitCodeOf(value.status);
    }
    await delay(terminal.pollMs);
  }
}

/** Prints each action that goes on or changes, until the process is stopped. */
export async function watchActions(terminal: Terminal, gate: GateHttp, options: CommonOptions): Promise<number> {
  const patient = new Patient(terminal);
  const statuses = new Map<string, string>();
  for (let first = true; ; first = false) {
    const list = await patient.ask(() => gate.get('/actions', actionListSchema, { query: { limit: PAGE } }));
    const texts = (JSON.parse(list.text) as { actions: unknown[] }).actions;
    // The list has the newest first; a person reads downwards in time.
    for (const [at, action] of [...list.value.actions.entries()].reverse()) {
      const before = statuses.get(action.actionId);
      statuses.set(action.actionId, action.status);
      if (before === action.status || (first && isFinal(action.status))) continue;
      say(terminal, options.json === true ? JSON.stringify(texts[at]) : line(action));
    }
    await delay(terminal.pollMs);
  }
}

/** Sits out a gate that stops answering once it has answered: what is watched goes on without it. */
export class Patient {
  #answered: boolean;
  #told = false;

  /** @param answered whether the gate has answered before */
  constructor(
    private readonly terminal: Terminal,
    answered = false,
  ) {
    this.#answered = answered;
  }

  /** Asks until there is an answer. Throws what is not an outage, and an outage at the very first. */
  async ask<T>(question: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        const answer = await question();
        this.#answered = true;
        this.#told = false;
        return answer;
      } catch (error) {
        // Something else that answers there does not become a gate by waiting.
        const outage =
          error instanceof CliError && error.exitCode === EXIT.unavailable && error.code !== 'malformed_answer';
        if (!outage || !this.#answered) throw error;
        if (!this.#told) warn(this.terminal, 'gatehouse: the gate does not answer; waiting for it.');
        this.#told = true;
        await delay(this.terminal.pollMs);
      }
    }
  }
}

function line({ actionId, status, agent, type, target }: ActionView): string {
  return [actionId, status, agent, `${type} on ${target}`].map((cell) => escapeText(cell)).join('  ');
}
