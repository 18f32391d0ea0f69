import type { Command } from 'commander';
import type { LineStreams } from './answer-lines.ts';
import { standardStreams } from './answer-lines.ts';
import { classifyLines } from './classify-lines.ts';

const HELP = `
Reads one guard request a line, the body of POST /api/v1/guard:
  {"action":{"type":"execute_sql","target":"orders","context":{"sql":"DELETE FROM orders"}}}
and writes one classification a line, in the same order: operation, destructive, targetKind, environment, reversible,
external, reach, sensitivity, confidence, and as evidence which part of the call says so. A call that nothing explains is
an "execute" of low confidence. A line that is not a guard request is a destructive "execute" with an "error" that names
every field that is wrong.

Exit codes: 0 every line was classified; 1 some lines were malformed.`;

/** Adds `gatehouse classify`: what calls would do, in process, with no policy and no server. */
export function addClassifyCommand(program: Command, streams: LineStreams = standardStreams()): void {
  program
    .command('classify')
    .description('say what guard requests from standard input (NDJSON) would do, with no policy and no server')
    .addHelpText('after', HELP)
    .action(async () => {
      if ((await classifyLines(streams)) > 0) process.exitCode = 1;
    });
}
