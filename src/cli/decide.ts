import type { Command } from 'commander';
import { loadPolicyFolder } from '../decide/policy-folder.ts';
import { formatProblem } from '../policy/index.ts';
import type { LineStreams } from './answer-lines.ts';
import { standardStreams } from './answer-lines.ts';
import { decideLines } from './decide-lines.ts';

const HELP = `
Reads one guard request a line, the body of POST /api/v1/guard:
  {"action":{"type":"read_balance","target":"staging_database","context":{}},"requestId":"1"}
and writes one decision a line, in the same order. A line that is not a guard request gets a line with "decision":"BLOCK"
and an "error" that names every field that is wrong.

Exit codes: 0 every line was decided; 1 some lines were malformed; 2 the policy is broken, nothing was decided.`;

/** Adds `gatehouse decide`: decisions in process, with no server and nothing on record. */
export function addDecideCommand(program: Command, streams: LineStreams = standardStreams()): void {
  program
    .command('decide')
    .description('decide guard requests from standard input (NDJSON), with no server')
    .requiredOption('--policy <dir>', 'folder of policy files')
    .option('--agent <name>', 'who asks', 'cli')
    .addHelpText('after', HELP)
    .action(async (options: { policy: string; agent: string }) => {
      const loaded = loadPolicyFolder(options.policy);
      if (!loaded.ok) {
        for (const problem of loaded.problems) streams.errors.write(`${formatProblem(problem)}\n`);
        process.exitCode = 2;
        return;
      }
      const malformed = await decideLines(streams, options.agent, loaded);
      if (malformed > 0) process.exitCode = 1;
    });
}
