import { PROBLEMS } from '@gatehouse/sdk/contract';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { GateProblem } from '../decide/problem.ts';

/** Where a command that answers lines reads and writes; the process's own streams unless a test gives others. */
export interface LineStreams {
  input: NodeJS.ReadableStream;
  output: NodeJS.WritableStream;
  errors: NodeJS.WritableStream;
}

/** What is made of one line, counted from 1. What it throws becomes the answer to that line, as a problem. */
export interface Answering {
  answer: (text: string, line: number) => Promise<object>;
  /** What is said beside the problem of a line that could not be answered: the strictest there is. */
  malformed: object;
}

/** How much text is gathered before it is written: one write a line would cost more than the answer. */
const CHUNK_CHARACTERS = 64 * 1024;

/**
 * Answers each line of `input` with one line of JSON, in order; empty lines are passed over. Waits when `output` is full.
 * Resolves to the number of lines that could not be answered.
 */
export async function answerLines({ input, output }: LineStreams, { answer, malformed }: Answering): Promise<number> {
  let line = 0;
  let failed = 0;
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
    let answered: object;
    try {
      answered = await answer(text, line);
    } catch (error) {
      failed += 1;
      answered = { ...malformed, error: problemOf(error, line) };
    }
    gathered += `${JSON.stringify(answered)}\n`;
    clearImmediate(flushing);
    if (gathered.length >= CHUNK_CHARACTERS) await flush();
    else flushing = setImmediate(() => void flush());
  }
  clearImmediate(flushing);
  await flush();
  return failed;
}

/** The streams of this process. */
export function standardStreams(): LineStreams {
  return { input: process.stdin, output: process.stdout, errors: process.stderr };
}

function problemOf(error: unknown, line: number): object {
  const { code, detail, errors } = error instanceof GateProblem ? error : new GateProblem('internal', String(error));
  return { code, title: PROBLEMS[code].title, detail, line, errors };
}
