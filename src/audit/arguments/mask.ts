import type { Json, JsonObject } from '@gatehouse/sdk/contract';
import { MASKED, maskText } from './mask-text.ts';
import type { SensitiveName } from './sensitive-names.ts';

/** How lists of named values name them, as forms and headers do: `{ "name": "password", "value": … }`. */
const NAME_KEYS = ['name', 'key', 'field', 'header'] as const;

/**
 * Arguments without the values that are secret or personal by their name or by what they look like. Their shape stays: the
 * same members, the same lists, numbers and flags whose names say nothing.
 */
export function maskArguments(args: JsonObject, isSensitive: SensitiveName): JsonObject {
  return maskObject(args, isSensitive);
}

function maskObject(object: JsonObject, isSensitive: SensitiveName): JsonObject {
  const named = NAME_KEYS.some((key) => typeof object[key] === 'string' && isSensitive(object[key]));
  const kept: [string, Json][] = [];
  const taken = new Set<string>();
  for (const [key, value] of Object.entries(object)) {
    const hides = isSensitive(key) || (named && key === 'value');
    // Where a name is itself an address or a number, others may look the same behind it.
    const masked = maskText(key, isSensitive);
    let name = masked;
    for (let n = 2; taken.has(name); n += 1) name = `${masked} ${String(n)}`;
    taken.add(name);
    kept.push([name, hides ? hidden(value) : maskValue(value, isSensitive)]);
  }
  return Object.fromEntries(kept);
}

function maskValue(value: Json, isSensitive: SensitiveName): Json {
  if (typeof value === 'string') return maskString(value, isSensitive);
  if (typeof value === 'number') {
    const digits = String(value);
    return maskText(digits, isSensitive) === digits ? value : MASKED;
  }
  if (Array.isArray(value)) return value.map((one) => maskValue(one, isSensitive));
  return typeof value === 'object' && value !== null ? maskObject(value, isSensitive) : value;
}

/** A text that is JSON itself, as bodies of requests are, is read as such. */
function maskString(text: string, isSensitive: SensitiveName): string {
  if (!/^\s*[[{]/.test(text)) return maskText(text, isSensitive);
  try {
    return JSON.stringify(maskValue(JSON.parse(text) as Json, isSensitive));
  } catch {
    return maskText(text, isSensitive);
  }
}

/** Everything below a name that says enough. */
function hidden(value: Json): Json {
  if (value === null) return null;
  if (Array.isArray(value)) return value.map(hidden);
  if (typeof value !== 'object') return MASKED;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, hidden(inner)]));
}
