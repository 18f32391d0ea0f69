import type { NoticeDelivery } from '@gatehouse/sdk/contract';
import { noticeListSchema } from '@gatehouse/sdk/contract';
import type { Command } from 'commander';
import { loadNotices } from '../notices/load.ts';
import { sendTest } from '../notices/send.ts';
import { SendError } from '../notices/send-error.ts';
import { readSettings } from '../settings.ts';
import { CliError, usageError } from './cli-error.ts';
import { connectionFor } from './connection.ts';
import { EXIT } from './exit-codes.ts';
import { GateHttp } from './http.ts';
import type { CommonOptions } from './run-command.ts';
import { exitAsDocumented, runCommand, withConnection } from './run-command.ts';
import { linksFor } from './serve/notices.ts';
import { listPage } from './show.ts';
import type { Terminal } from './terminal.ts';
import { processTerminal, say } from './terminal.ts';

interface ListOptions extends CommonOptions {
  action?: string;
  channel?: string;
  state?: string;
  limit?: string;
  cursor?: string;
}

/** `gatehouse notices`: who was told of what, and whether a channel can be reached. */
export function addNoticesCommand(program: Command, terminal: Terminal = processTerminal()): void {
  const notices = program.command('notices').description('who was told of what, and whether people can be reached');

  withConnection(notices.command('list').description('list messages and how far each has come, the newest first'))
    .option('--action <id>', 'only those about this action')
    .option('--channel <name>', 'only those to this channel')
    .option('--state <state>', 'gathered, waiting, failed, sent, given_up, merged or dropped')
    .option('--limit <number>', 'how many at most, 1 to 200')
    .option('--cursor <cursor>', 'go on where the page before ended')
    .action((options: ListOptions) =>
      runCommand(terminal, options, async () => {
        const { action, channel, state, limit, cursor } = options;
        const gate = new GateHttp(connectionFor(terminal, 'reviewer', options.url));
        const query = { action, channel, state, limit, cursor };
        const { text, value } = await gate.get('/notices', noticeListSchema, { query });
        listPage(terminal, options, text, {
          head: ['AT', 'NOTICE', 'CHANNEL', 'TO', 'STATE', 'TRIES', 'ABOUT', 'PROBLEM'],
          rows: value.notices.map(listRow),
          nextCursor: value.nextCursor,
          none: 'Nobody was told of anything.',
        });
        return EXIT.done;
      }),
    );

  notices
    .command('test')
    .description('send a message that says nothing but that it arrives, from this machine with its settings')
    .argument('<channel>', 'of the file that GATEHOUSE_NOTICES names')
    .option('--json', 'print { channel, sent } as JSON, and problems as JSON on standard error')
    .action((name: string, options: CommonOptions) =>
      runCommand(terminal, options, async () => {
        await tryChannel(terminal, name);
        say(terminal, options.json === true ? JSON.stringify({ channel: name, sent: true }) : `${name}: sent.`);
        return EXIT.done;
      }),
    );

  exitAsDocumented(notices, terminal);
}

async function tryChannel(terminal: Terminal, name: string): Promise<void> {
  const settings = readSettings(terminal.env, terminal.cwd);
  if (settings.notices === undefined) {
    throw usageError('GATEHOUSE_NOTICES is not set: give the path of the file of channels and routes.');
  }
  const config = loadNotices(settings.notices, terminal.env);
  const channel = config.channels.get(name);
  if (channel === undefined) {
    throw usageError(
      `There is no channel ${name} in ${config.file}: there are ${[...config.channels.keys()].join(', ')}.`,
    );
  }
  try {
    await sendTest(config, channel, linksFor(settings));
  } catch (error) {
    if (!(error instanceof SendError)) throw error;
    throw new CliError('not_sent', `${name}: ${error.message}.`, EXIT.unavailable);
  }
}

function listRow(delivery: NoticeDelivery): string[] {
  const { createdAt, notice, channel, recipient, state, attempts, actionId, lastError } = delivery;
  return [createdAt, notice, channel, recipient ?? '-', state, String(attempts), actionId ?? '-', lastError ?? ''];
}
