import type { ActionView } from '@gatehouse/sdk/contract';
import { actionListSchema, actionViewSchema } from '@gatehouse/sdk/contract';
import type { Command } from 'commander';
import { actionCard, timelineCells } from './action-card.ts';
import { connectionFor } from './connection.ts';
import type { KeyRole } from './connection.ts';
import { escapeText } from '../foreign/escape.ts';
import { EXIT } from './exit-codes.ts';
import { pathPart } from './find-approval.ts';
import { GateHttp } from './http.ts';
import { columns } from './layout.ts';
import type { CommonOptions } from './run-command.ts';
import { exitAsDocumented, runCommand, withConnection } from './run-command.ts';
import { cardStyle, listPage } from './show.ts';
import type { Terminal } from './terminal.ts';
import { colorsFor, processTerminal, say } from './terminal.ts';
import { watchAction, watchActions } from './watch.ts';

interface ListOptions extends CommonOptions {
  status?: string;
  agent?: string;
  limit?: string;
  cursor?: string;
}

/** `gatehouse actions`: what agents wanted and what became of it. */
export function addActionsCommand(program: Command, terminal: Terminal = processTerminal()): void {
  const actions = program.command('actions').description('what agents wanted, and what became of it');
  const gateOf = (options: CommonOptions, role: KeyRole): GateHttp =>
    new GateHttp(connectionFor(terminal, role, options.url));

  withConnection(actions.command('list').description('list actions, the newest first'))
    .option(
      '--status <status>',
      'held, scheduled, permitted, claimed, blocked, rejected, expired, cancelled, lapsed, succeeded, failed or unknown',
    )
    .option('--agent <agent>', 'only those of this agent')
    .option('--limit <number>', 'how many at most, 1 to 200')
    .option('--cursor <cursor>', 'go on where the page before ended')
    .action((options: ListOptions) =>
      runCommand(terminal, options, async () => {
        const { status, agent, limit, cursor } = options;
        const list = await gateOf(options, 'reviewer').get('/actions', actionListSchema, {
          query: { status, agent, limit, cursor },
        });
        listPage(terminal, options, list.text, {
          head: ['ACTION', 'STATUS', 'DECISION', 'AGENT', 'WANTS', 'ASKED'],
          rows: list.value.actions.map(listRow),
          nextCursor: list.value.nextCursor,
          none: 'No actions.',
        });
        return EXIT.done;
      }),
    );

  withConnection(actions.command('show').description('show one action with its timeline'))
    .argument('<id>', 'of the action')
    .action((id: string, options: CommonOptions) =>
      runCommand(terminal, options, async () => {
        const { text, value } = await gateOf(options, 'reviewer').get(`/actions/${pathPart(id)}`, actionViewSchema);
        if (options.json === true) say(terminal, text);
        else showAction(terminal, value);
        return EXIT.done;
      }),
    );

  withConnection(
    actions.command('watch').description('print each change of one action until it is over, or of all until Ctrl-C'),
  )
    .argument('[id]', 'of the action')
    .action((id: string | undefined, options: CommonOptions) =>
      runCommand(terminal, options, () => {
        const gate = gateOf(options, 'reviewer');
        return id === undefined ? watchActions(terminal, gate, options) : watchAction(terminal, gate, id, options);
      }),
    );

  withConnection(actions.command('cancel').description('withdraw an action that has not run'))
    .argument('<id>', 'of the action')
    .option('--reason <text>', 'goes on record')
    .action((id: string, options: CommonOptions & { reason?: string }) =>
      runCommand(terminal, options, async () => {
        const { reason } = options;
        const { text, value } = await gateOf(options, 'admin').post(
          `/actions/${pathPart(id)}/cancel`,
          actionViewSchema,
          reason === undefined ? {} : { reason },
        );
        say(terminal, options.json === true ? text : `Action ${escapeText(value.actionId)} is ${value.status}.`);
        return EXIT.done;
      }),
    );

  exitAsDocumented(actions, terminal);
}

function showAction(terminal: Terminal, action: ActionView): void {
  for (const line of actionCard(action, cardStyle(terminal))) say(terminal, line);
  const timeline = action.timeline ?? [];
  if (timeline.length === 0) return;
  say(terminal, `  ${colorsFor(terminal).dim('timeline')}`);
  for (const line of columns(timeline.map(timelineCells), '    ')) say(terminal, line);
}

function listRow({ actionId, status, decision, agent, type, target, requestedAt }: ActionView): string[] {
  return [actionId, status, decision, agent, `${type} on ${target}`, requestedAt];
}
