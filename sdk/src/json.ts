import type { Json, JsonObject } from './contract/index.ts';

const DEPTH_LIMIT = 100;

/**
 * Copies a value as the JSON that the gate will see. Properties that are undefined are left out, as JSON does; whatever
 * JSON would quietly turn into something else is a problem instead, because people would approve something else.
 */
export function toJson(value: unknown, where: string): { value: Json; problems: string[] } {
  const problems: string[] = [];
  return { value: copy(value, where, 0, problems), problems };
}

/** The same for the arguments of an action, which must be an object. */
export function toJsonObject(value: unknown, where: string): { value: JsonObject; problems: string[] } {
  const copied = toJson(value, where);
  if (copied.value !== null && typeof copied.value === 'object' && !Array.isArray(copied.value)) {
    return { value: copied.value, problems: copied.problems };
  }
  if (copied.problems.length > 0) return { value: {}, problems: copied.problems };
  return { value: {}, problems: [`${where} must be an object, e.g. { table: "users" }`] };
}

function copy(value: unknown, where: string, depth: number, problems: string[]): Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (depth > DEPTH_LIMIT)
    return refuse(`${where} is nested deeper than ${DEPTH_LIMIT} levels, or in a circle`, problems);
  if (Array.isArray(value)) {
    return Array.from(value, (item: unknown, index) => copy(item, `${where}[${index}]`, depth + 1, problems));
  }
  if (isPlain(value)) return copyObject(value, where, depth, problems);
  return refuse(
    `${where} is ${describe(value)}, which JSON cannot carry; pass strings, finite numbers, booleans, null, arrays or plain objects`,
    problems,
  );
}

function copyObject(value: object, where: string, depth: number, problems: string[]): JsonObject {
  const copied: JsonObject = {};
  for (const [key, item] of Object.entries(value) as [string, unknown][]) {
    // Validators on the way drop this key, so what is decided would not be what was asked.
    if (key === '__proto__') refuse(`${where} has a property named __proto__; rename it`, problems);
    else if (item !== undefined) copied[key] = copy(item, `${where}.${key}`, depth + 1, problems);
  }
  return copied;
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // An object of another realm (a vm, an iframe) has another Object.prototype; that one has no parent either.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function describe(value: unknown): string {
  if (typeof value === 'object')
    return `an instance of a class (${Object.prototype.toString.call(value).slice(8, -1)})`;
  return typeof value === 'number' || value === undefined ? String(value) : `a ${typeof value}`;
}

function refuse(problem: string, problems: string[]): null {
  problems.push(problem);
  return null;
}
