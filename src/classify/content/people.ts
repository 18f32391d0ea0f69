import type { RawFind } from './finding.ts';

/** From so many on, addresses or numbers are a list of people and no longer a signature. */
const LIST = 5;
const MAX_COUNTED = 10_000;
/** So many signs are looked at; a text of nothing else holds no addresses. */
const MAX_SIGNS = 20_000;
const BEFORE_AT = /[A-Za-z0-9._%+-]{1,64}$/;
const AFTER_AT = /^[A-Za-z0-9][A-Za-z0-9.-]{0,200}\.[A-Za-z]{2,24}/;
const PHONE =
  /(?<![\w+.-])(?:\+\d{1,3}[ .-]?)?(?:\(\d{2,4}\)[ .-]?|\d{2,4}[ .-])\d{3,4}[ .-]?\d{3,4}(?![\w-])|(?<![\w+])\+\d{9,15}(?!\w)/g;

/** Lists of people in a text: five or more e-mail addresses that are not among `recipients`, or as many phone numbers. */
export function findPeople(text: string, recipients: ReadonlySet<string>): RawFind[] {
  return [...findEmails(text, recipients), ...findPhones(text)];
}

function findEmails(text: string, recipients: ReadonlySet<string>): RawFind[] {
  const seen = new Set<string>();
  let first: [number, number] | undefined;
  let last = 0;
  let left = MAX_SIGNS;
  for (let at = text.indexOf('@'); at >= 0 && seen.size < MAX_COUNTED && left > 0; at = text.indexOf('@', at + 1)) {
    left -= 1;
    const name = BEFORE_AT.exec(text.slice(Math.max(0, at - 64), at))?.[0];
    const host = AFTER_AT.exec(text.slice(at + 1, at + 226))?.[0];
    if (name === undefined || host === undefined) continue;
    const address = `${name}@${host}`.toLowerCase();
    if (recipients.has(address)) continue;
    seen.add(address);
    first ??= [at - name.length, at + 1 + host.length];
    last = at + 1 + host.length;
  }
  return first === undefined || seen.size < LIST
    ? []
    : [list('emails', `${seen.size} e-mail addresses`, first[0], last)];
}

function findPhones(text: string): RawFind[] {
  const seen = new Set<string>();
  let [start, end] = [-1, 0];
  for (const match of text.matchAll(PHONE)) {
    seen.add(match[0].replace(/\D/g, ''));
    if (start < 0) start = match.index;
    end = match.index + match[0].length;
    if (seen.size >= MAX_COUNTED) break;
  }
  return seen.size < LIST ? [] : [list('phones', `${seen.size} phone numbers`, start, end)];
}

function list(kind: 'emails' | 'phones', shown: string, start: number, end: number): RawFind {
  return { kind, name: `a list of ${shown}`, start, end, shown };
}
