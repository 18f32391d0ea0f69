import type { Json, JsonObject } from '@gatehouse/sdk/contract';
import canonicalize from 'canonicalize';

/** One argument that an edit changed. Undefined where there was none, or is none any more. */
export interface ArgumentChange {
  /** e.g. `steps[2].sql`. */
  place: string;
  before: Json | undefined;
  after: Json | undefined;
}

/** What differs between two sets of arguments, leaf by leaf and complete. */
export function argumentChanges(before: JsonObject, after: JsonObject): ArgumentChange[] {
  return differences(before, after, '');
}

function differences(before: Json | undefined, after: Json | undefined, place: string): ArgumentChange[] {
  if (before === undefined || after === undefined) return [{ place, before, after }];
  if (canonicalize(before) === canonicalize(after)) return [];
  if (isObject(before) && isObject(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return names.flatMap((name) => differences(before[name], after[name], place === '' ? name : `${place}.${name}`));
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    const length = Math.max(before.length, after.length);
    return Array.from({ length }, (_, at) => differences(before[at], after[at], `${place}[${String(at)}]`)).flat();
  }
  return [{ place, before, after }];
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
