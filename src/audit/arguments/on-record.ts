import { createHash } from 'node:crypto';
import type { JsonObject } from '@gatehouse/sdk/contract';
import canonicalize from 'canonicalize';
import { readyForTexts } from '../../classify/index.ts';
import { maskArguments } from './mask.ts';
import { MASK_BEGINS } from './mask-text.ts';
import { sensitiveNames } from './sensitive-names.ts';

/** What the record holds of arguments beside their digest: all, what is neither secret nor personal, or nothing. */
export type ArgumentsKept = 'full' | 'redacted' | 'digest';

export interface ArgumentsSettings {
  as: ArgumentsKept;
  /** Names of values that are masked beside those that are known. */
  names: readonly string[];
}

/** What stands in place of arguments that are not kept. */
export const ERASED_ARGUMENTS = '{"erased":true}';

/** Whether arguments as a row has them may be less than were asked for: their digest tells. */
export function mayLack(json: string): boolean {
  return json === ERASED_ARGUMENTS || json.includes(MASK_BEGINS);
}

/** What goes on record of arguments, and what of them stays once their action has ended. */
export interface ArgumentsOnRecord {
  readonly as: ArgumentsKept;
  /** Members for the data of an entry. */
  inEntry(args: JsonObject): { arguments?: JsonObject; argumentsLeftOut?: 'by setting' | 'too long' };
  /** What stays of them in the row of an action that has ended, as JSON text. */
  afterEnd(json: string): string;
}

/** Characters of arguments that an entry holds: entries are read by the thousand. Longer ones stand in it by their digest. */
const LONGEST = 16_384;

/** Reads arguments as the settings have it. `redacted` loads what recognises secrets, before anything is put on record. */
export async function argumentsOnRecord({ as, names }: ArgumentsSettings): Promise<ArgumentsOnRecord> {
  if (as === 'redacted') await readyForTexts();
  const isSensitive = sensitiveNames(names);
  const left = (args: JsonObject): JsonObject => (as === 'full' ? args : masked(args, isSensitive));
  return {
    as,
    inEntry: (args) => {
      if (as === 'digest') return { argumentsLeftOut: 'by setting' };
      const kept = left(args);
      return JSON.stringify(kept).length > LONGEST ? { argumentsLeftOut: 'too long' } : { arguments: kept };
    },
    afterEnd: (json) => {
      if (as === 'full' || json === ERASED_ARGUMENTS) return json;
      return as === 'digest' ? ERASED_ARGUMENTS : JSON.stringify(left(JSON.parse(json) as JsonObject));
    },
  };
}

/** What is left of arguments has a digest of its own, so that nobody can put something else there. */
export function digestOfLeft(row: { context_json: string; run_context_json: string | null }): string {
  const left = [row.context_json, row.run_context_json].map((json) =>
    json === null ? null : (JSON.parse(json) as JsonObject),
  );
  return createHash('sha256')
    .update(canonicalize(left) ?? '', 'utf8')
    .digest('hex');
}

/** Whatever goes wrong while looking, nothing is kept that was not looked at. */
function masked(args: JsonObject, isSensitive: ReturnType<typeof sensitiveNames>): JsonObject {
  try {
    return maskArguments(args, isSensitive);
  } catch {
    return JSON.parse(ERASED_ARGUMENTS) as JsonObject;
  }
}
