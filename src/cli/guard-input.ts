import type { JsonObject } from '@gatehouse/sdk/contract';
import { jsonObjectSchema } from '@gatehouse/sdk/contract';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { usageError } from './cli-error.ts';
import type { CommonOptions } from './run-command.ts';
import type { Terminal } from './terminal.ts';

export interface GuardCommandOptions extends CommonOptions {
  context?: string;
  key?: string;
  mode: 'permit' | 'executor';
  purpose?: string;
  session?: string;
  tag?: string[];
  wait?: boolean;
  run?: boolean;
}

/** Reads the arguments of an action: JSON as it stands, `@file`, or `-` for standard input. Throws a usage error. */
export async function readContext(terminal: Terminal, given: string | undefined): Promise<JsonObject> {
  return given === undefined ? {} : readObject(terminal, given, { option: '--context', what: 'the context' });
}

/** The same for any option that takes an object. */
export async function readObject(
  terminal: Terminal,
  given: string,
  { option, what }: { option: string; what: string },
): Promise<JsonObject> {
  const source = given === '-' ? 'standard input' : given.startsWith('@') ? given.slice(1) : option;
  const object = jsonObjectSchema.safeParse(parse(await contentOf(terminal, given, option), `${source}: ${what}`));
  if (object.success) return object.data;
  throw usageError(`${source}: ${what} is no JSON object. Give e.g. '{"table":"users","count":1500}'.`);
}

/**
 * The context with the command in it, so that the decision and the approval are bound to the very command that will run.
 * Throws a usage error where the context says something else.
 */
export function bindCommand(context: JsonObject, command: readonly string[]): JsonObject {
  if ('argv' in context) {
    throw usageError('--context: `argv` is where --run puts the command. Leave it out, or give it another name.');
  }
  return { ...context, argv: [...command] };
}

async function contentOf(terminal: Terminal, given: string, option: string): Promise<string> {
  if (given === '-') return text(terminal.stdin);
  if (!given.startsWith('@')) return given;
  const file = resolve(terminal.cwd, given.slice(1));
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw usageError(`${option}: ${file} cannot be read (${error instanceof Error ? error.message : String(error)}).`);
  }
}

function parse(json: string, what: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw usageError(`${what} is not JSON (${error instanceof Error ? error.message : String(error)}).`);
  }
}
