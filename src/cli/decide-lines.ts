import { guardRequestSchema, PROBLEMS } from '@gatehouse/sdk/contract';
import type { FieldError } from '@gatehouse/sdk/contract';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { parseStrictJson } from '../api/strict-json.ts';
import { validateBody } from '../api/validate.ts';
import { digestAction } from '../decide/digest.ts';
import type { PolicyInForce } from '../decide/judge.ts';
import { judge } from '../decide/judge.ts';
import { GateProblem } from '../decide/problem.ts';

/** How much text is gathered before it is written: one write a line would cost more than the decision. */
const CHUNK_CHARACTERS = 64 * 1024;

/**
 * Decides each line of `input` and writes one line for it, in order; empty lines are passed over. Waits when `output`
 * is full. Resolves to the number of malformed lines.
 */
export async function decideLines(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  agent: string,
  policy: PolicyInForce,
): Promise<number> {
  let line = 0;
  let malformed = 0;
  let gathered = '';
  const flush = async (): Promise<void> => {
    const text = gathered;
    gathered = '';
    if (text !== '' && !output.write(text)) await once(output, 'drain');
  };
  const lines = createInterface({ input, crlfDelay: Infinity });
  // Whoever feeds the lines one by one and waits for each answer gets it: what is gathered goes out when input pauses.
  let flushing: NodeJS.Immediate | undefined;
  for await (const text of lines) {
    line += 1;
    if (text.trim() === '') continue;
    const answer = decideLine(text, line, agent, policy);
    if ('error' in answer) malformed += 1;
    gathered += `${JSON.stringify(answer)}\n`;
    clearImmediate(flushing);
    if (gathered.length >= CHUNK_CHARACTERS) await flush();
    else flushing = setImmediate(() => void flush());
  }
  clearImmediate(flushing);
  await flush();
  return malformed;
}

/** One decision, or what is wrong with the line. Never throws. */
function decideLine(text: string, line: number, agent: string, policy: PolicyInForce): object {
  try {
    const request = validateBody(guardRequestSchema, parseStrictJson(text));
    const { type, target, context } = request.action;
    const { outcome, ...judgement } = judge({ type, target, context, agent }, policy);
    const actionDigest = digestAction({ type, target, arguments: context, agent });
    return { decision: outcome, requestId: request.requestId ?? `line-${line}`, actionDigest, ...judgement };
  } catch (error) {
    const problem = error instanceof GateProblem ? error : new GateProblem('internal', String(error));
    return refuse(problem.code, problem.detail, problem.errors, line);
  }
}

function refuse(code: GateProblem['code'], detail: string, errors: readonly FieldError[], line: number): object {
  return { decision: 'BLOCK', error: { code, title: PROBLEMS[code].title, detail, line, errors } };
}
