import type { Json } from '@gatehouse/sdk/contract';

const LONGEST_TEXT = 200;
const MOST_ELEMENTS = 20;

/** A value as an explanation shows it: plain JSON, long texts and lists cut short with a word that says so. */
export function shown(value: unknown, depth = 0): Json {
  if (typeof value === 'string') {
    return value.length <= LONGEST_TEXT
      ? value
      : `${value.slice(0, LONGEST_TEXT)}… (${String(value.length)} characters)`;
  }
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return value;
  if (value === undefined) return null;
  if (depth > 3 || typeof value !== 'object') return '…';
  if (Array.isArray(value)) {
    const some: Json[] = value.slice(0, MOST_ELEMENTS).map((each) => shown(each, depth + 1));
    return value.length > MOST_ELEMENTS ? [...some, `… (${String(value.length)} elements)`] : some;
  }
  const entries = Object.entries(value).slice(0, MOST_ELEMENTS);
  return Object.fromEntries(entries.map(([key, each]) => [key, shown(each, depth + 1)]));
}
