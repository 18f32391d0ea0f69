import type { Json } from '@gatehouse/sdk/contract';
import { createScanner } from 'jsonc-parser';
import { GateProblem } from '../decide/problem.ts';

/** How deep objects and arrays may be nested in a body. */
export const MAX_DEPTH = 32;

/** Keys that reach an object's prototype in careless code. None is ever a useful argument name. */
const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);
const LONE_SURROGATE = /\p{Surrogate}/u;

/** The kinds of token that matter here. The library declares them as a const enum, which cannot be imported. */
const TOKEN = {
  openBrace: 1,
  closeBrace: 2,
  openBracket: 3,
  closeBracket: 4,
  comma: 5,
  string: 10,
  number: 11,
  end: 17,
} as const;

/** An open object with the keys it has so far, or an open array. */
interface Open {
  keys: Set<string> | null;
  expectsKey: boolean;
}

/**
 * Parses JSON and refuses what `JSON.parse` lets through although two readers could take it differently: duplicate keys,
 * numbers beyond a double, lone surrogates; and what is only ever an attack: prototype keys, deep nesting.
 * The scan is iterative and comes first, so that no input reaches a recursive reader at an unbounded depth.
 * Throws `GateProblem` `invalid_json` with the place in the text.
 */
export function parseStrictJson(text: string): Json {
  refuseAmbiguity(text);
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw new GateProblem('invalid_json', describeSyntaxError(error), {}, [], { cause: error });
  }
}

/** Walks the tokens once. Syntax is not its concern: `JSON.parse` is the judge of that afterwards. */
function refuseAmbiguity(text: string): void {
  const scanner = createScanner(text, true);
  const open: Open[] = [];
  for (let token: number = scanner.scan(); token !== TOKEN.end; token = scanner.scan()) {
    const top = open.at(-1);
    switch (token) {
      case TOKEN.openBrace:
      case TOKEN.openBracket: {
        const isObject = token === TOKEN.openBrace;
        open.push({ keys: isObject ? new Set() : null, expectsKey: isObject });
        if (open.length > MAX_DEPTH) {
          refuse(
            text,
            scanner.getTokenOffset(),
            `is nested more than ${MAX_DEPTH} levels deep`,
            'flatten the arguments',
          );
        }
        break;
      }
      case TOKEN.closeBrace:
      case TOKEN.closeBracket:
        open.pop();
        break;
      case TOKEN.comma:
        if (top) top.expectsKey = top.keys !== null;
        break;
      case TOKEN.string: {
        const value = scanner.getTokenValue();
        if (LONE_SURROGATE.test(value)) {
          refuse(text, scanner.getTokenOffset(), 'has half of a surrogate pair', 'send well-formed Unicode');
        }
        if (top?.keys && top.expectsKey) {
          top.expectsKey = false;
          takeKey(text, scanner.getTokenOffset(), top.keys, value);
        }
        break;
      }
      case TOKEN.number:
        if (!Number.isFinite(Number(scanner.getTokenValue()))) {
          const shown = scanner.getTokenValue().slice(0, 40);
          refuse(
            text,
            scanner.getTokenOffset(),
            `has the number ${shown}, too large for a double`,
            'send it as a string',
          );
        }
        break;
    }
  }
}

function takeKey(text: string, offset: number, keys: Set<string>, key: string): void {
  const shown = JSON.stringify(key.slice(0, 100));
  if (FORBIDDEN_KEYS.has(key)) refuse(text, offset, `has the key ${shown}, which is not accepted`, 'rename the key');
  if (keys.has(key)) refuse(text, offset, `has the key ${shown} twice in one object`, 'send each key once');
  keys.add(key);
}

function refuse(text: string, offset: number, what: string, fix: string): never {
  const { line, column } = placeOf(text, offset);
  throw new GateProblem('invalid_json', `The body ${what} (line ${line}, column ${column}): ${fix}.`, { line, column });
}

function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}

/** Keeps V8's position and drops the excerpt of the body, which may hold a secret. */
function describeSyntaxError(error: unknown): string {
  const position = error instanceof Error ? /position \d+/.exec(error.message)?.[0] : undefined;
  const where = position ? ` (at ${position})` : '';
  return `The body is not valid JSON${where}: send exactly one JSON object, without comments or trailing characters.`;
}
