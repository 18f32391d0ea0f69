import type { Json } from '@gatehouse/sdk/contract';

export type Fields = Record<string, Json>;

/** The value as an object, if it is one. */
export function fieldsOf(value: Json | undefined): Fields | undefined {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : undefined;
}

/** Follows keys and indices into a syntax tree. */
export function at(value: Json | undefined, ...path: readonly (string | number)[]): Json | undefined {
  let here = value;
  for (const step of path) {
    if (Array.isArray(here)) here = typeof step === 'number' ? here[step] : undefined;
    else here = typeof step === 'string' ? fieldsOf(here)?.[step] : undefined;
  }
  return here;
}

export function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

export function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** Both syntax trees write a node as an object with one key, its kind. */
export function nodeOf(value: Json | undefined): { kind: string; node: Json } | undefined {
  if (typeof value === 'string') return { kind: value, node: null };
  const entries = Object.entries(fieldsOf(value) ?? {});
  const [first] = entries;
  return first === undefined ? undefined : { kind: first[0], node: first[1] };
}
