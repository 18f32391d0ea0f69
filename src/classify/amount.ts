import type { Json } from '@gatehouse/sdk/contract';
import { tokenize } from './tokens.ts';

/** A quantity as found: nothing said, said and understood, or said in a way that nobody should guess at. */
export type Quantity = { state: 'missing' } | { state: 'known'; value: number } | { state: 'unclear' };

const AMOUNT_WORDS = new Set(['amount', 'amounts', 'price', 'cents', 'usd', 'eur', 'gbp']);
const AMOUNT_LAST_WORDS = new Set(['total', 'sum', 'cost', 'fee', 'payout']);
const MAX_DEPTH = 32;

/**
 * How much money a value speaks of. Fields of one object are alternatives (the largest counts), elements of a list add up.
 * Only a finite number that is not negative is understood: a string, a null or a nested mystery is unclear.
 */
export function findAmount(value: Json, depth = 0): Quantity {
  if (value === null || typeof value !== 'object') return { state: 'missing' };
  if (depth > MAX_DEPTH) return { state: 'unclear' };
  if (Array.isArray(value)) return value.map((element) => findAmount(element, depth + 1)).reduce(sum, MISSING);
  let found: Quantity = MISSING;
  for (const key of Object.keys(value)) {
    const field = value[key] as Json;
    found = larger(found, isAmountKey(key) ? readAmount(field, depth + 1) : findAmount(field, depth + 1));
  }
  return found;
}

const MISSING: Quantity = { state: 'missing' };

function isAmountKey(key: string): boolean {
  const words = tokenize(key.slice(0, 200));
  return words.some((word) => AMOUNT_WORDS.has(word)) || AMOUNT_LAST_WORDS.has(words.at(-1) ?? '');
}

function readAmount(value: Json, depth: number): Quantity {
  if (typeof value === 'number') {
    return Number.isFinite(value) && value >= 0 ? { state: 'known', value } : { state: 'unclear' };
  }
  if (value === null || typeof value !== 'object' || depth > MAX_DEPTH) return { state: 'unclear' };
  // { amount: { value: 12, currency: "EUR" } }: a text with a digit in it may be the amount, one without is a label.
  const inner = Object.values(value).filter((field) => typeof field !== 'string' || /\d/.test(field));
  if (inner.length === 0) return { state: 'unclear' };
  return inner.map((field) => readAmount(field, depth + 1)).reduce(Array.isArray(value) ? sum : larger, MISSING);
}

function sum(a: Quantity, b: Quantity): Quantity {
  return combine(a, b, (x, y) => x + y);
}

function larger(a: Quantity, b: Quantity): Quantity {
  return combine(a, b, Math.max);
}

function combine(a: Quantity, b: Quantity, join: (x: number, y: number) => number): Quantity {
  if (a.state === 'unclear' || b.state === 'unclear') return { state: 'unclear' };
  if (a.state === 'missing') return b;
  if (b.state === 'missing') return a;
  return { state: 'known', value: join(a.value, b.value) };
}
