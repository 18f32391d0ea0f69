import type { Json, JsonObject } from '@gatehouse/sdk/contract';

/** An object in the arguments that names where something goes: a URL, often a method, headers and a body. */
export interface RequestLike {
  /** e.g. `context.requests[1]`. */
  part: string;
  urlKey: string;
  url: string;
  method: string | undefined;
  fields: JsonObject;
}

const URL_KEYS = 'url uri endpoint href request_url requesturl target_url webhook_url webhook callback_url'.split(' ');
/** `path` is a URL only beside a method. */
const WITH_METHOD = [...URL_KEYS, 'path', 'route'];
const METHOD_KEYS = ['method', 'http_method', 'httpmethod', 'verb'];
const MAX_OBJECTS = 5000;
const MAX_DEPTH = 16;

/** Every object in the arguments that looks like a request, in order, at most 5,000 objects and 16 levels deep. */
export function requestsIn(context: JsonObject): RequestLike[] {
  const found: RequestLike[] = [];
  let left = MAX_OBJECTS;
  const into = (value: Json, part: string, depth: number): void => {
    if (value === null || typeof value !== 'object' || depth > MAX_DEPTH || --left < 0) return;
    if (Array.isArray(value)) {
      for (let i = 0; i < value.length && left > 0; i += 1) into(value[i] ?? null, `${part}[${i}]`, depth + 1);
      return;
    }
    const request = readRequest(value, part);
    if (request !== undefined) found.push(request);
    for (const [key, field] of Object.entries(value)) into(field, `${part}.${key}`, depth + 1);
  };
  into(context, 'context', 0);
  return found;
}

function readRequest(fields: JsonObject, part: string): RequestLike | undefined {
  const method = textAt(fields, METHOD_KEYS)?.text;
  const url = textAt(fields, method === undefined ? URL_KEYS : WITH_METHOD);
  if (url === undefined) return undefined;
  // `endpoint: "DELETE /users/5"`, as documentation writes it.
  const [, first, rest] = /^\s*([A-Z]{3,10})\s+(\S+)\s*$/.exec(url.text.slice(0, 10_000)) ?? [];
  return { part, urlKey: url.key, url: rest ?? url.text, method: method ?? first, fields };
}

/** The first of `names` that is a text in an object, whatever the case of its key. */
function textAt(fields: JsonObject, names: readonly string[]): { key: string; text: string } | undefined {
  for (const key of Object.keys(fields).slice(0, 200)) {
    const value = fields[key];
    if (typeof value === 'string' && value.trim() !== '' && names.includes(key.toLowerCase()))
      return { key, text: value };
  }
  return undefined;
}
