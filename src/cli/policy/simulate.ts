import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import type { SimulationReport } from '../../policy/simulate/report.ts';
import { simulationReportSchema } from '../../policy/simulate/report.ts';
import type { SimulateRequest } from '../../policy/simulate/request.ts';
import { usageError } from '../cli-error.ts';
import { connectionFor } from '../connection.ts';
import { EXIT } from '../exit-codes.ts';
import type { Answered } from '../http.ts';
import { GateHttp } from '../http.ts';
import type { CommonOptions } from '../run-command.ts';
import { runCommand, withConnection } from '../run-command.ts';
import type { Terminal } from '../terminal.ts';
import { colorsFor, say, warn } from '../terminal.ts';
import { loadPolicy } from './policy-files.ts';
import { readActions } from './read-actions.ts';
import { simulateHere } from './simulate-here.ts';
import { simulationLines } from './simulation-lines.ts';

interface SimulateOptions extends CommonOptions {
  days: number;
  actions: number;
  limit: number;
  agent?: string;
  input?: string;
  against?: string;
  exitCode?: true;
}

/** Judging 100,000 actions twice takes about so long on a slow machine. */
const PATIENCE_SECONDS = 300;

const HELP = `
It tries the policy of the folder on the actions that the gate has on record, beside the policy in force, and changes
nothing. With --input it does so here: a file of actions as \`gatehouse actions list --json\` prints them, or one guard
request a line, with \`agent\` and \`at\` beside \`action\` where they matter.

Exit codes: 0 it was tried, whatever would change; 1 some lines of --input could not be read, or something would change
and --exit-code was given; 2 the policy or the command line is wrong; 6 as everywhere.`;

/** `gatehouse policy simulate`: what a candidate policy would have made of the actions on record. */
export function addSimulateCommand(policy: Command, terminal: Terminal): void {
  withConnection(policy.command('simulate').description('try a policy on actions of the past, and show what changes'))
    .argument('[dir]', 'folder of the policy to try', 'policies')
    .option('--days <days>', 'how far to look back', positive, 7)
    .option('--actions <number>', 'the newest so many at most, up to 100000', whole, 20_000)
    .option('--limit <number>', 'how many changes to list, up to 500', whole, 20)
    .option('--agent <agent>', 'only the actions of this agent')
    .option('--input <file>', 'actions to try it on instead of those on record, - for standard input')
    .option('--against <dir>', 'with --input: the policy to compare with; else what was decided then')
    .option('--exit-code', 'end with 1 when anything would change')
    .addHelpText('after', HELP)
    .action((dir: string, options: SimulateOptions) =>
      runCommand(terminal, options, async () => {
        const { text, value } = await simulated(terminal, dir, options);
        if (options.json === true) say(terminal, text);
        else for (const line of simulationLines(value, colorsFor(terminal))) say(terminal, line);
        const changed = options.exitCode === true && value.changed > 0;
        const unread = options.input !== undefined && value.unreadable > 0;
        return changed || unread ? EXIT.other : EXIT.done;
      }),
    );
}

async function simulated(
  terminal: Terminal,
  dir: string,
  options: SimulateOptions,
): Promise<Answered<SimulationReport>> {
  const { days, actions, limit, agent, input, against } = options;
  const candidate = loadPolicy(terminal, dir);
  if (input === undefined) {
    if (against !== undefined) throw usageError('--against: the gate compares with the policy in force. Give --input.');
    const gate = new GateHttp(connectionFor(terminal, 'reviewer', options.url));
    // The text has its packs filled in, so that the gate tries the packs of this folder.
    const body: SimulateRequest = { text: candidate.text, days, actions, limit, agent };
    return gate.post('/policy/simulate', simulationReportSchema, body, { patienceSeconds: PATIENCE_SECONDS });
  }
  const current = against === undefined ? null : loadPolicy(terminal, against);
  const { actions: read, problems } = await readActions(terminal, input);
  for (const problem of problems.slice(0, 5)) warn(terminal, problem);
  const own = agent === undefined ? read : read.filter(({ action }) => action.agent === agent);
  const value = await simulateHere({ candidate, current, limit }, own, { most: actions, unreadable: problems.length });
  return { value, text: JSON.stringify(value) };
}

function whole(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('give a whole number.');
}

function positive(text: string): number {
  if (/^\d{1,3}(\.\d+)?$/.test(text) && Number(text) > 0) return Number(text);
  throw new InvalidArgumentError('give a number above 0.');
}
