import type { StopScope } from '@gatehouse/sdk/contract';
import { stoppedActionListSchema, stopListSchema, stopViewSchema } from '@gatehouse/sdk/contract';
import type { Command } from 'commander';
import { escapeText } from '../foreign/escape.ts';
import { connectionFor } from './connection.ts';
import { EXIT } from './exit-codes.ts';
import { pathPart } from './find-approval.ts';
import { GateHttp } from './http.ts';
import type { CommonOptions } from './run-command.ts';
import { exitAsDocumented, runCommand, withConnection } from './run-command.ts';
import { listPage } from './show.ts';
import { metRow, saysWhat, showStop, stopRow } from './stop-card.ts';
import type { Terminal } from './terminal.ts';
import { processTerminal, say } from './terminal.ts';

interface ListOptions extends CommonOptions {
  inForce?: boolean;
  limit?: string;
  cursor?: string;
}

interface ReasonOptions extends CommonOptions {
  reason: string;
}

/** Ending very many takes its time. */
const PATIENCE_SECONDS = 60;

/** What can be stopped by name, in the words of the command. */
const BY_NAME = {
  agent: 'one agent, and whatever is asked on its behalf',
  team: 'the agents of one team',
  type: 'one type of action, e.g. delete_records',
  target: 'all that is done to one target',
  server: 'the calls of one tool server',
} as const satisfies Record<Exclude<StopScope, 'everything'>, string>;

/** `gatehouse stop`: the emergency stop. It asks nothing back: whoever types it means it. */
export function addStopCommand(program: Command, terminal: Terminal = processTerminal()): void {
  const stop = program.command('stop').description('emergency stops: nothing new starts, and what waits never runs');
  const gateOf = (options: CommonOptions, role: 'reviewer' | 'admin' = 'reviewer'): GateHttp =>
    new GateHttp(connectionFor(terminal, role, options.url));

  const throwIt = (scope: StopScope, value: string | undefined, options: ReasonOptions): Promise<void> =>
    runCommand(terminal, options, async () => {
      const body = { scope, reason: options.reason, ...(value === undefined ? {} : { value }) };
      const wait = { patienceSeconds: PATIENCE_SECONDS };
      const { text, value: thrown } = await gateOf(options).post('/stops', stopViewSchema, body, wait);
      if (options.json === true) say(terminal, text);
      else showStop(terminal, thrown);
      return thrown.left === 0 ? EXIT.done : EXIT.other;
    });

  withConnection(stop.command('everything').description('stop all actions of all agents'))
    .requiredOption('--reason <text>', 'goes on record, and to every agent stopped')
    .action((options: ReasonOptions) => throwIt('everything', undefined, options));
  for (const [scope, what] of Object.entries(BY_NAME) as [keyof typeof BY_NAME, string][]) {
    withConnection(stop.command(scope).description(`stop ${what}`))
      .argument('<name>', `of the ${scope}, as actions have it`)
      .requiredOption('--reason <text>', 'goes on record, and to every agent stopped')
      .action((name: string, options: ReasonOptions) => throwIt(scope, name, options));
  }

  withConnection(stop.command('list').description('list the stops, the newest first'))
    .option('--in-force', 'only those that were not lifted')
    .option('--limit <number>', 'how many at most, 1 to 200')
    .option('--cursor <cursor>', 'go on where the page before ended')
    .action((options: ListOptions) =>
      runCommand(terminal, options, async () => {
        const { inForce, limit, cursor } = options;
        const query = { inForce: inForce === true ? 'true' : undefined, limit, cursor };
        const { text, value } = await gateOf(options).get('/stops', stopListSchema, { query });
        listPage(terminal, options, text, {
          head: ['STOP', 'STATUS', 'STOPS', 'ENDED', 'RUNNING', 'BY', 'SINCE', 'REASON'],
          rows: value.stops.map(stopRow),
          nextCursor: value.nextCursor,
          none: 'No emergency stops.',
        });
        return EXIT.done;
      }),
    );

  withConnection(stop.command('show').description('show one, with what is left of what it covers'))
    .argument('<id>', 'of the stop')
    .action((id: string, options: CommonOptions) =>
      runCommand(terminal, options, async () => {
        const { text, value } = await gateOf(options).get(`/stops/${pathPart(id)}`, stopViewSchema);
        if (options.json === true) say(terminal, text);
        else showStop(terminal, value);
        return EXIT.done;
      }),
    );

  withConnection(stop.command('actions').description('list what a stop has ended, and what it found running'))
    .argument('<id>', 'of the stop')
    .option('--running', 'only what was running already')
    .option('--limit <number>', 'how many at most, 1 to 200')
    .option('--cursor <cursor>', 'go on where the page before ended')
    .action((id: string, options: ListOptions & { running?: boolean }) =>
      runCommand(terminal, options, async () => {
        const { running, limit, cursor } = options;
        const query = { running: running === true ? 'true' : undefined, limit, cursor };
        const path = `/stops/${pathPart(id)}/actions`;
        const { text, value } = await gateOf(options).get(path, stoppedActionListSchema, { query });
        listPage(terminal, options, text, {
          head: ['ACTION', 'WAS', 'IS', 'AGENT', 'TYPE', 'TARGET'],
          rows: value.actions.map(metRow),
          nextCursor: value.nextCursor,
          none: 'It has met nothing.',
        });
        return EXIT.done;
      }),
    );

  withConnection(stop.command('lift').description('lift one: what it ended stays ended'))
    .argument('<id>', 'of the stop')
    .requiredOption('--reason <text>', 'goes on record')
    .action((id: string, options: ReasonOptions) =>
      runCommand(terminal, options, async () => {
        const path = `/stops/${pathPart(id)}/lift`;
        const { reason } = options;
        const { text, value } = await gateOf(options, 'admin').post(path, stopViewSchema, { reason });
        const says = `${value.stopId} is lifted: ${saysWhat(value)} may be asked for again. What it ended stays ended.`;
        say(terminal, options.json === true ? text : escapeText(says));
        return EXIT.done;
      }),
    );

  exitAsDocumented(stop, terminal);
}
