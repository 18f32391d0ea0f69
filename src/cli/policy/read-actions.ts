import type { ActionView } from '@gatehouse/sdk/contract';
import { actionListSchema, actionViewSchema } from '@gatehouse/sdk/contract';
import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseStrictJson } from '../../api/strict-json.ts';
import { validateBody } from '../../api/validate.ts';
import { explainRequestSchema } from '../../policy/explain/request.ts';
import type { RecordedAction } from '../../policy/simulate/simulation.ts';
import { usageError } from '../cli-error.ts';
import { escapeText } from '../../foreign/escape.ts';
import type { Terminal } from '../terminal.ts';
import { requestedAction } from './requested-action.ts';

export interface ReadActions {
  actions: RecordedAction[];
  /** One for each line that could not be read, ready to be shown. */
  problems: string[];
}

/**
 * Reads actions from a file, or standard input for `-`: on each line a page of actions or one of them as the API shows it,
 * or a guard request. Throws a usage error where the file cannot be read.
 */
export async function readActions({ cwd, stdin }: Terminal, file: string): Promise<ReadActions> {
  const input = file === '-' ? stdin : createReadStream(resolve(cwd, file));
  const read: ReadActions = { actions: [], problems: [] };
  const now = Date.now();
  let line = 0;
  try {
    for await (const text of createInterface({ input, crlfDelay: Infinity })) {
      line += 1;
      if (text.trim() === '') continue;
      try {
        read.actions.push(...readLine(text, now));
      } catch (error) {
        read.problems.push(escapeText(`${file}:${String(line)}: ${messageOf(error)}`));
      }
    }
  } catch (error) {
    throw usageError(`--input: ${file} cannot be read (${messageOf(error)}).`);
  }
  return read;
}

function readLine(text: string, now: number): RecordedAction[] {
  const json = parseStrictJson(text);
  const has = (key: string): boolean => typeof json === 'object' && json !== null && Object.hasOwn(json, key);
  if (has('actions')) return validateBody(actionListSchema, json).actions.map(fromView);
  if (has('actionId')) return [fromView(validateBody(actionViewSchema, json))];
  const { action, at } = requestedAction(validateBody(explainRequestSchema, json));
  return [{ actionId: null, action, at: at ?? now, recorded: null }];
}

function fromView({ actionId, type, target, arguments: context, agent, decidedAt, decision, status }: ActionView) {
  const action = { type, target, context, agent };
  return { actionId, action, at: Date.parse(decidedAt), recorded: { outcome: decision, status } };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
