import type { Json, JsonObject } from '@gatehouse/sdk/contract';
import { OVERRIDE_HEADERS, OVERRIDE_PARAMETERS } from './methods.ts';

/** Methods that headers, the query or the body put in place of the one of the request, upper-cased, with their place. */
export function overridesOf(fields: JsonObject, url: URL | null): { part: string; method: string }[] {
  const found: { part: string; method: string }[] = [];
  const note = (part: string, value: unknown): void => {
    if (typeof value === 'string') found.push({ part, method: value.trim().slice(0, 40).toUpperCase() });
  };
  for (const [name, value] of headersOf(fields)) if (OVERRIDE_HEADERS.has(name)) note('headers', value);
  for (const key of ['params', 'query', 'body', 'data', 'json', 'form']) {
    const value = fields[key];
    if (value === null || typeof value !== 'object' || Array.isArray(value)) continue;
    for (const name of Object.keys(value).slice(0, 1000)) {
      if (OVERRIDE_PARAMETERS.has(name.toLowerCase())) note(`${key}.${name}`, value[name]);
    }
  }
  if (url === null) return found;
  for (const [name, value] of url.searchParams) if (OVERRIDE_PARAMETERS.has(name.toLowerCase())) note('url', value);
  return found;
}

/** Headers as an object, as a list of `Name: value`, of `[name, value]` or of `{ name, value }`, or as one text. */
function headersOf(fields: JsonObject): [string, Json | undefined][] {
  const headers = fields['headers'] ?? fields['header'];
  if (typeof headers === 'string') return headers.slice(0, 16_384).split(/\r?\n/).map(splitLine);
  if (headers === null || typeof headers !== 'object') return [];
  if (!Array.isArray(headers))
    return Object.entries(headers).map(([name, value]) => [name.trim().toLowerCase(), value]);
  return headers.slice(0, 1000).map((one): [string, Json | undefined] => {
    if (typeof one === 'string') return splitLine(one);
    if (Array.isArray(one)) return [nameOf(one[0]), one[1]];
    return one !== null && typeof one === 'object' ? [nameOf(one['name'] ?? one['key']), one['value']] : ['', null];
  });
}

function splitLine(line: string): [string, string] {
  const colon = line.indexOf(':');
  return colon < 0 ? ['', ''] : [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1)];
}

function nameOf(value: Json | undefined): string {
  return typeof value === 'string' ? value.trim().toLowerCase() : '';
}
