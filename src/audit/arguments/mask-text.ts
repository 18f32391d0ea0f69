import { findInText } from '../../classify/index.ts';
import type { SensitiveName } from './sensitive-names.ts';

/** How everything begins that stands in place of something else. */
export const MASK_BEGINS = '[redacted';
/** Stands for a value whose name says that it is a secret or personal. */
export const MASKED = '[redacted]';
/** Stands for a text that is longer than can be looked through, or that nothing could look through. */
const UNREAD = '[redacted: not looked through]';
/** Characters of one text that are looked through. */
const MOST = 100_000;

const EMAIL = /(?<![\w.%+-])[\w.%+-]{1,64}@[A-Za-z0-9][A-Za-z0-9.-]{0,200}\.[A-Za-z]{2,24}(?![\w-])/g;
/** With a country's code, or in groups that only telephone numbers are written in. */
const PHONE =
  /(?<![\w+.-])(?:\+\d{1,3}[ .-]?)?(?:\(\d{2,4}\)[ .-]?|\d{2,4}[ .-])\d{3,4}[ .-]\d{3,4}(?![\w-])|(?<![\w+])\+\d{9,15}(?!\w)/g;
const BEARER = /(?<!\w)(Bearer|Basic|Negotiate)\s{1,5}[\w.~+/=-]{6,}/gi;
/** A name before a value in a text: `name=`, `"name": `, `--name `. Two words apart by a space alone are no such thing. */
const NAMED = /(?<![\w.-])(?:[A-Za-z][\w.-]{0,60}["']?\s{0,5}[=:]|--?[A-Za-z][\w-]{0,60}[\s=])\s{0,5}/g;
const VALUE = /\[redacted[^\]]{0,60}\]|"[^"]*"?|'[^']*'?|[^\s,;&"')}\]]+/y;

/**
 * A text without the secrets and the personal data that can be recognised in it. What is left says what stood there.
 *
 * @param isSensitive tells by its name whether a value is one that must go, for names within the text
 */
export function maskText(text: string, isSensitive: SensitiveName): string {
  if (text.length > MOST) return UNREAD;
  const finds = findInText(text);
  if (finds === null) return UNREAD;
  let kept = '';
  let from = 0;
  for (const { name, start, end } of finds.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    // A rule that could not look has found nothing, and nothing vouches for the text.
    if (end === start) return UNREAD;
    if (end <= from) continue;
    if (start >= from) kept += `${text.slice(from, start)}[redacted: ${name}]`;
    from = end;
  }
  return maskNamed(kept + text.slice(from), isSensitive)
    .replace(BEARER, `$1 ${MASKED}`)
    .replace(EMAIL, '[redacted: e-mail address]')
    .replace(PHONE, '[redacted: phone number]');
}

function maskNamed(text: string, isSensitive: SensitiveName): string {
  let kept = '';
  let from = 0;
  for (const { 0: named, index } of text.matchAll(NAMED)) {
    const at = index + named.length;
    if (index < from || !isSensitive(named)) continue;
    VALUE.lastIndex = at;
    const value = VALUE.exec(text)?.[0];
    // The scheme before a credential is none; what comes behind it is found by its own pattern.
    if (value === undefined || /^(bearer|basic|negotiate)$/i.test(value)) continue;
    kept += text.slice(from, at) + inQuotes(value);
    from = at + value.length;
  }
  return kept + text.slice(from);
}

function inQuotes(value: string): string {
  const quote = value.startsWith('"') ? '"' : value.startsWith("'") ? "'" : '';
  return `${quote}${MASKED}${quote}`;
}
