import type { Command } from 'commander';
import { z } from 'zod';
import { readyFor } from '../../classify/index.ts';
import { ENGINE } from '../../decide/trial.ts';
import { explain } from '../../policy/explain/explain.ts';
import type { Explanation } from '../../policy/explain/explanation.ts';
import { explanationSchema } from '../../policy/explain/explanation.ts';
import type { ExplainRequest } from '../../policy/explain/request.ts';
import { explainRequestSchema } from '../../policy/explain/request.ts';
import { pastOfCase } from '../../policy/testing/past-of-case.ts';
import { usageError } from '../cli-error.ts';
import { connectionFor } from '../connection.ts';
import { EXIT } from '../exit-codes.ts';
import { pathPart } from '../find-approval.ts';
import { readContext } from '../guard-input.ts';
import type { Answered } from '../http.ts';
import { GateHttp } from '../http.ts';
import type { CommonOptions } from '../run-command.ts';
import { runCommand, withConnection } from '../run-command.ts';
import { cardStyle } from '../show.ts';
import type { Terminal } from '../terminal.ts';
import { say } from '../terminal.ts';
import { explanationLines } from './explanation-lines.ts';
import { loadPolicy } from './policy-files.ts';
import { requestedAction } from './requested-action.ts';

interface ExplainOptions extends CommonOptions {
  context?: string;
  agent?: string;
  team?: string;
  role?: string[];
  agentTag?: string[];
  tag?: string[];
  session?: string;
  at?: string;
  policy?: string;
  all?: true;
}

const HELP = `
  gatehouse policy explain act_7Yk2mQ                        an action on record, by the policy that decided it
  gatehouse policy explain delete_records orders --context '{"count":1500}' --agent cleanup
  gatehouse policy explain delete_records orders --policy policies    in process, with no server

Exit codes: 0 it is explained, whatever the outcome; 2 the command line or the policy is wrong; 1 and 6 as everywhere.`;

const NO_RECORD = 'There is no record here: every budget counts as unspent, and nothing as done before.';

/** `gatehouse policy explain`: why an action gets its outcome, and the smallest changes that would alter it. */
export function addExplainCommand(policy: Command, terminal: Terminal): void {
  withConnection(policy.command('explain').description('say why an action gets its outcome, and what would alter it'))
    .argument('<action>', 'the id of an action on record, or a type such as delete_records')
    .argument('[target]', 'what it is done to, with a type')
    .option('--context <json>', 'the arguments: JSON, @file, or - for standard input')
    .option('--agent <name>', 'who would ask; else the holder of the key')
    .option('--team <team>', 'the team of that agent')
    .option('--role <role...>', 'the roles of that agent; agent where nothing is said')
    .option('--agent-tag <tag...>', 'the tags of that agent')
    .option('--tag <tag...>', 'labels of the action itself')
    .option('--session <session>', 'the conversation or run that it would belong to')
    .option('--at <time>', 'when it would be asked, e.g. 2026-02-03T10:00:00Z; else now')
    .option('--policy <dir>', 'explain it here, by the policy of this folder, with no server')
    .option('--all', 'show every part of every rule that came near')
    .addHelpText('after', HELP)
    .action((action: string, target: string | undefined, options: ExplainOptions) =>
      runCommand(terminal, options, async () => {
        const { text, value } = await explained(terminal, action, target, options);
        if (options.json === true) say(terminal, text);
        else {
          const lines = explanationLines(value, cardStyle(terminal), options.all === true);
          for (const line of lines) say(terminal, line);
        }
        return EXIT.done;
      }),
    );
}

async function explained(
  terminal: Terminal,
  action: string,
  target: string | undefined,
  options: ExplainOptions,
): Promise<Answered<Explanation>> {
  const gateOf = (): GateHttp => new GateHttp(connectionFor(terminal, 'reviewer', options.url));
  if (target === undefined) {
    if (!action.startsWith('act_')) throw usageError('Name a type and a target, or the id of an action on record.');
    if (options.policy !== undefined) throw usageError('--policy: an action on record is explained by its gate.');
    return gateOf().get(`/actions/${pathPart(action)}/explanation`, explanationSchema);
  }
  const request = await readRequest(terminal, action, target, options);
  if (options.policy === undefined) return gateOf().post('/policy/explain', explanationSchema, request);
  const value = await explainHere(terminal, options.policy, request);
  return { value, text: JSON.stringify(value) };
}

async function readRequest(
  terminal: Terminal,
  type: string,
  target: string,
  options: ExplainOptions,
): Promise<ExplainRequest> {
  const { agent: name, team, role: roles, agentTag, tag: tags, session, at } = options;
  const context = await readContext(terminal, options.context);
  if (name === undefined && (team ?? roles ?? agentTag) !== undefined) {
    throw usageError('--team, --role and --agent-tag belong to an agent: name it with --agent.');
  }
  const agent = name === undefined ? {} : { agent: { name, team, roles, tags: agentTag } };
  const request = { action: { type, target, context }, ...agent, tags, session, at };
  const parsed = explainRequestSchema.safeParse(request);
  if (!parsed.success) throw usageError(z.prettifyError(parsed.error));
  return request;
}

async function explainHere(terminal: Terminal, dir: string, request: ExplainRequest): Promise<Explanation> {
  const policy = loadPolicy(terminal, dir);
  const { action, at } = requestedAction(explainRequestSchema.parse(request));
  await readyFor(action);
  const now = { now: at ?? Date.now() };
  const past = pastOfCase({ earlier: [], spent: {} }, action, policy, ENGINE.weigh, now);
  const explanation = explain({ action, situation: { ...now, past } }, policy, ENGINE, { asker: true });
  return policy.looksBack ? { ...explanation, notes: [...explanation.notes, NO_RECORD] } : explanation;
}
