import type { Json, JsonObject } from '@gatehouse/sdk/contract';
import type { Executor } from './definition.ts';
import { parseArguments } from './definition.ts';
import { boundedResult, ResultError } from './result.ts';

/**
 * What the executor says it would do with these arguments, or null when it has no preview. Throws
 * `InvalidArgumentsError`, `ResultError`, and whatever the preview throws.
 */
export async function previewArguments(executor: Executor, args: JsonObject): Promise<JsonObject | null> {
  if (!executor.preview) return null;
  const who = `The preview of the executor "${executor.name}"`;
  const shown: Json = boundedResult(await executor.preview(await parseArguments(executor, args)), who);
  if (typeof shown !== 'object' || shown === null || Array.isArray(shown)) {
    throw new ResultError('result_not_json', `${who} must return an object`);
  }
  return shown;
}
