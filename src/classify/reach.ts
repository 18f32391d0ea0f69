import type { Json, JsonObject } from '@gatehouse/sdk/contract';
import type { Quantity } from './amount.ts';
import { tokenize } from './tokens.ts';
import { walk } from './walk.ts';
import { EVERYTHING_WORDS } from './words.ts';

/** How many things and people a call reaches. */
export interface Reached {
  count: Quantity;
  recipients: Quantity;
  everything: boolean;
}

const COUNT_KEYS = /(^|_)(count|rows|quantity|affected|records_affected|number_of_[a-z]+|size_of_batch)$/;
const RECIPIENT_KEYS = new Set(
  'to cc bcc recipient recipients emails phone phones channel channels user_ids'.split(' '),
);
const FILTER_KEYS = new Set('where filter condition conditions selector scope ids target targets'.split(' '));
const ALWAYS_TRUE = /^(\*|%|true|1|(\d+)\s*=\s*\2|'([^']*)'\s*=\s*'\3')$/i;

/** Reads counts, recipients and words for "all of it" out of the arguments and the type. */
export function findReach(type: string, context: JsonObject): Reached {
  let count: Quantity = { state: 'missing' };
  let recipients: Quantity = { state: 'missing' };
  let everything = tokenize(type).some((word) => EVERYTHING_WORDS.has(word));
  const complete = walk(context, (rawKey, value) => {
    const key = rawKey.toLowerCase();
    if (COUNT_KEYS.test(key)) count = most(count, readCount(value));
    else if (Array.isArray(value)) count = most(count, { state: 'known', value: value.length });
    if (RECIPIENT_KEYS.has(key)) {
      recipients = plus(recipients, countRecipients(value));
      everything ||= namesEverybody(value);
    }
    if (FILTER_KEYS.has(key)) everything ||= selectsEverything(value);
    if (EVERYTHING_WORDS.has(key) && value !== false && value !== null) everything = true;
  });
  if (!complete) return { count: { state: 'unclear' }, recipients: { state: 'unclear' }, everything: true };
  return { count, recipients, everything };
}

function readCount(value: Json): Quantity {
  if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return { state: 'known', value };
  return { state: 'unclear' };
}

function countRecipients(value: Json): Quantity {
  if (typeof value === 'string') {
    return { state: 'known', value: value.split(/[,;\n]/).filter((one) => one.trim() !== '').length };
  }
  if (!Array.isArray(value)) return { state: 'unclear' };
  return value.map(countRecipients).reduce(plus, { state: 'known', value: 0 });
}

function namesEverybody(value: Json): boolean {
  if (Array.isArray(value)) return value.some(namesEverybody);
  if (typeof value !== 'string') return false;
  const word = value.trim().toLowerCase().replace(/^[@#]/, '').split('@', 1)[0] ?? '';
  return EVERYTHING_WORDS.has(word) || ['channel', 'here', 'everyone', '*'].includes(word);
}

function selectsEverything(value: Json): boolean {
  if (Array.isArray(value)) return value.some((one) => one === '*' || one === 'all');
  if (typeof value === 'string') {
    const text = value.trim();
    return text === '' || text.toLowerCase() === 'all' || ALWAYS_TRUE.test(text);
  }
  return value === null || value === true || (typeof value === 'object' && Object.keys(value).length === 0);
}

function most(a: Quantity, b: Quantity): Quantity {
  if (a.state === 'unclear' || b.state === 'unclear') return { state: 'unclear' };
  if (a.state === 'missing') return b;
  return b.state === 'missing' ? a : { state: 'known', value: Math.max(a.value, b.value) };
}

function plus(a: Quantity, b: Quantity): Quantity {
  if (a.state === 'unclear' || b.state === 'unclear') return { state: 'unclear' };
  if (a.state === 'missing') return b;
  return b.state === 'missing' ? a : { state: 'known', value: a.value + b.value };
}
