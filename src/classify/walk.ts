import type { Json, JsonObject } from '@gatehouse/sdk/contract';

/** Beyond these an argument is not looked through, and the call counts as one that cannot be vouched for. */
const MAX_FIELDS = 20_000;
const MAX_DEPTH = 32;

/**
 * Visits every named field of a JSON object, at any depth, with its key; elements of a list are visited under the key
 * of the list only when they are objects. Returns false when the limits cut it short.
 */
export function walk(root: JsonObject, visit: (key: string, value: Json) => void): boolean {
  let left = MAX_FIELDS;
  const into = (value: Json, depth: number): boolean => {
    if (value === null || typeof value !== 'object') return true;
    if (depth > MAX_DEPTH) return false;
    if (Array.isArray(value)) {
      left -= value.length;
      return left >= 0 && value.every((element) => into(element, depth + 1));
    }
    for (const key of Object.keys(value)) {
      if (--left < 0) return false;
      const field = value[key] as Json;
      visit(key, field);
      if (field !== null && typeof field === 'object' && !into(field, depth + 1)) return false;
    }
    return true;
  };
  return into(root, 0);
}
