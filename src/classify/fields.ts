import type { Json, JsonObject } from '@gatehouse/sdk/contract';

/** A text argument of a call, with its place. */
export interface TextField {
  /** The last key, lower-cased. */
  key: string;
  /** e.g. `context.steps[2].sql`. */
  part: string;
  text: string;
}

const MAX_FIELDS = 20_000;
const MAX_DEPTH = 32;

/**
 * Every text in the arguments of a call, elements of lists included, in their order. `complete` is false when the limits
 * (20,000 fields, 32 levels) cut it short. Made once for each context.
 */
export function textFields(context: JsonObject): { fields: readonly TextField[]; complete: boolean } {
  const known = cache.get(context);
  if (known !== undefined) return known;
  const fields: TextField[] = [];
  let left = MAX_FIELDS;
  const into = (value: Json, key: string, part: string, depth: number): boolean => {
    if (--left < 0) return false;
    if (typeof value === 'string') fields.push({ key, part, text: value });
    if (value === null || typeof value !== 'object') return true;
    if (depth > MAX_DEPTH) return false;
    if (Array.isArray(value))
      return value.every((element, index) => into(element, key, `${part}[${String(index)}]`, depth + 1));
    return Object.entries(value).every(([name, field]) =>
      into(field, name.toLowerCase(), `${part}.${name}`, depth + 1),
    );
  };
  const found = { complete: into(context, '', 'context', 0), fields };
  cache.set(context, found);
  return found;
}

const cache = new WeakMap<JsonObject, { fields: readonly TextField[]; complete: boolean }>();
