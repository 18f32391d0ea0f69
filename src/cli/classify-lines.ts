import type { Classification } from '@gatehouse/sdk/contract';
import { guardRequestSchema } from '@gatehouse/sdk/contract';
import { parseStrictJson } from '../api/strict-json.ts';
import { validateBody } from '../api/validate.ts';
import { classify, readyFor, strictest } from '../classify/index.ts';
import type { LineStreams } from './answer-lines.ts';
import { answerLines } from './answer-lines.ts';

/** What a line that is no guard request counts as: the worst that it could have been. */
const MALFORMED: Classification = {
  ...strictest([]),
  operation: 'execute',
  destructive: true,
  reversible: false,
  external: true,
  evidence: [{ part: 'line', says: 'it is no guard request, and is taken for the worst that it could be' }],
};

/** Classifies each line of the input, in order. Resolves to the number of malformed lines. */
export function classifyLines(streams: LineStreams): Promise<number> {
  return answerLines(streams, { answer: classifyLine, malformed: MALFORMED });
}

async function classifyLine(text: string): Promise<object> {
  const { action } = validateBody(guardRequestSchema, parseStrictJson(text));
  await readyFor(action);
  return asExecution(classify(action));
}

/** What nothing explains is printed as what it might do: run anything. */
function asExecution(classification: Classification): Classification {
  if (classification.operation !== 'unknown') return classification;
  const evidence = [
    { part: 'action', says: 'nothing tells what it does, so it is taken as one that runs something' },
    ...classification.evidence,
  ];
  return { ...classification, operation: 'execute', confidence: 'low', evidence };
}
