import { guardRequestSchema } from '@gatehouse/sdk/contract';
import { parseStrictJson } from '../api/strict-json.ts';
import { validateBody } from '../api/validate.ts';
import { readyFor } from '../classify/index.ts';
import { digestAction } from '../decide/digest.ts';
import type { PolicyInForce } from '../decide/judge.ts';
import { judge } from '../decide/judge.ts';
import type { LineStreams } from './answer-lines.ts';
import { answerLines } from './answer-lines.ts';

/** Decides each line of the input, in order. Resolves to the number of malformed lines, which are answered by a BLOCK. */
export function decideLines(streams: LineStreams, agent: string, policy: PolicyInForce): Promise<number> {
  return answerLines(streams, {
    answer: (text, line) => decideLine(text, line, agent, policy),
    malformed: { decision: 'BLOCK' },
  });
}

async function decideLine(text: string, line: number, agent: string, policy: PolicyInForce): Promise<object> {
  const request = validateBody(guardRequestSchema, parseStrictJson(text));
  const { type, target, context, tool } = request.action;
  const asked = { tool, session: request.session, tags: request.tags };
  await readyFor(request.action);
  const { outcome, ...judgement } = judge({ type, target, context, agent, ...asked }, policy, { now: Date.now() });
  const actionDigest = digestAction({ type, target, arguments: context, agent });
  return { decision: outcome, requestId: request.requestId ?? `line-${line}`, actionDigest, ...judgement };
}
