import type { Json, JsonObject } from '@gatehouse/sdk/contract';
import { createHash } from 'node:crypto';
import type { ToolDefinition } from '../decide/tool-digest.ts';

/** What a definition may have at most: what agents can present, and a person can read. */
const MAX_NAME = 200;
const MAX_DESCRIPTION = 20_000;
const MAX_SCHEMA_CHARACTERS = 60_000;
/** Levels and values of a schema, from generous to the least. A request body holds 32 levels, and the schema stands in it. */
const DEPTHS = [24, 12, 8, 6, 4, 3];
const MAX_VALUES = 10_000;
/** Bodies with these keys are refused: they reach an object's prototype in careless code. */
const DROPPED_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);
const NONE: ReadonlySet<string> = new Set();
const LONE_SURROGATE = /\p{Surrogate}/gu;

/**
 * A definition within the limits of the wire. What is cut leaves the digest of the whole in its place, so that a change
 * in the part that was cut is a change all the same.
 *
 * @param leftOut keywords of the schema that are left out without a word
 */
export function fitDefinition(whole: ToolDefinition, leftOut: ReadonlySet<string> = NONE): ToolDefinition {
  const { name, description, inputSchema, annotations } = whole;
  return {
    name: shorten(wellFormed(name), MAX_NAME),
    ...(description === undefined ? {} : { description: shorten(wellFormed(description), MAX_DESCRIPTION) }),
    ...(inputSchema === undefined ? {} : { inputSchema: fitObject(inputSchema, leftOut) }),
    ...(annotations === undefined || Object.keys(annotations).length === 0
      ? {}
      : { annotations: fitObject(annotations, NONE) }),
  };
}

/** Cuts an object at fewer and fewer levels until it is short enough. */
function fitObject(whole: JsonObject, leftOut: ReadonlySet<string>): JsonObject {
  for (const depth of DEPTHS) {
    const state: State = { cut: false, left: MAX_VALUES, leftOut };
    const fitted = cutBelow(whole, depth, false, state) as JsonObject;
    if (state.left < 0 || JSON.stringify(fitted).length > MAX_SCHEMA_CHARACTERS) continue;
    return state.cut ? { ...fitted, $comment: `Cut by Gatehouse; the whole has ${digestOf(whole)}` } : fitted;
  }
  return { $comment: `Too large, cut by Gatehouse; the whole has ${digestOf(whole)}` };
}

interface State {
  cut: boolean;
  left: number;
  leftOut: ReadonlySet<string>;
}

/** @param named the keys of this object are names of the schema's own, as below `properties`, and no keywords */
function cutBelow(value: Json, depth: number, named: boolean, state: State): Json {
  if (--state.left < 0) return null;
  if (typeof value === 'string') return wellFormed(value);
  if (value === null || typeof value !== 'object') return value;
  if (depth === 0) {
    state.cut = true;
    return Array.isArray(value) ? [] : {};
  }
  if (Array.isArray(value)) return value.map((each) => cutBelow(each, depth - 1, false, state));
  const fields: [string, Json][] = [];
  for (const [key, field] of Object.entries(value)) {
    if (DROPPED_KEYS.has(key)) state.cut = true;
    else if (named || !state.leftOut.has(key)) {
      fields.push([wellFormed(key), cutBelow(field, depth - 1, !named && key === 'properties', state)]);
    }
  }
  return Object.fromEntries(fields);
}

function shorten(text: string, most: number): string {
  if (text.length <= most) return text;
  const note = ` [cut: ${text.length} characters, ${digestOf(text)}]`;
  return `${wellFormed(text.slice(0, most - note.length))}${note}`;
}

/** PostgreSQL keeps no U+0000 in a text, and JSON readers differ over half a surrogate pair: both become U+FFFD. */
function wellFormed(text: string): string {
  return text.replace(LONE_SURROGATE, '\ufffd').replaceAll('\0', '\ufffd');
}

/** A digest of digests: what a resolved document refers to a thousand times is read once. */
function digestOf(whole: Json): string {
  const known = new Map<object, string>();
  const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
  const into = (value: Json): string => {
    if (value === null || typeof value !== 'object') return hash(JSON.stringify(value));
    const before = known.get(value);
    if (before !== undefined) return before;
    const parts = Array.isArray(value)
      ? value.map(into)
      : Object.keys(value)
          .sort()
          .map((key) => [key, into(value[key] ?? null)]);
    const digest = hash(JSON.stringify(parts));
    known.set(value, digest);
    return digest;
  };
  return `sha256:${into(whole)}`;
}
