import type { Json } from '@gatehouse/sdk/contract';
import type { ToolDefinition } from '../decide/tool-digest.ts';
import type { Difference } from './wire.ts';

const MAX_DIFFERENCES = 200;

/**
 * Where two definitions differ, part by part: the description as a whole, the schema and the annotations value by value.
 * Null stands for a part that is not there.
 */
export function differencesOf(before: ToolDefinition, after: ToolDefinition): Difference[] {
  const old = partsOf(before);
  const now = partsOf(after);
  const all: Difference[] = [];
  for (const part of new Set([...old.keys(), ...now.keys()])) {
    const was = old.get(part) ?? null;
    const is = now.get(part) ?? null;
    if (was !== is) all.push({ part, before: was, after: is });
  }
  if (all.length <= MAX_DIFFERENCES) return all;
  const more = `${all.length - MAX_DIFFERENCES} more differences`;
  return [...all.slice(0, MAX_DIFFERENCES), { part: '…', before: null, after: more }];
}

function partsOf({ description, inputSchema, annotations }: ToolDefinition): Map<string, string> {
  const parts = new Map<string, string>();
  if (description !== undefined) parts.set('description', description);
  if (inputSchema !== undefined) flatten('inputSchema', inputSchema, parts);
  if (annotations !== undefined) flatten('annotations', annotations, parts);
  return parts;
}

function flatten(path: string, value: Json, parts: Map<string, string>): void {
  if (value === null || typeof value !== 'object') {
    parts.set(path, JSON.stringify(value));
    return;
  }
  const fields = Object.entries(value);
  if (fields.length === 0) parts.set(path, Array.isArray(value) ? '[]' : '{}');
  // A list of plain values (`required`, `enum`) is one thing: its order moves too easily.
  if (Array.isArray(value) && value.every((each) => each === null || typeof each !== 'object')) {
    parts.set(path, JSON.stringify(value));
    return;
  }
  for (const [key, field] of fields) {
    const step = Array.isArray(value) ? `[${key}]` : /^[\w$-]+$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
    flatten(`${path}${step}`, field, parts);
  }
}
