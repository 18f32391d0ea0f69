import type { RawFind } from './finding.ts';
import { IBAN_LENGTHS } from './iban-lengths.ts';
import { NATIONAL_IDS } from './national-ids.ts';
import type * as validators from './validators.ts';

type Validators = typeof validators;

const CARD = /(?<![\w.-])\d(?:[ -]?\d){12,18}(?![\w-])/g;
/** Visa, Mastercard, American Express, Diners, Discover, JCB, UnionPay, Maestro: beginnings and lengths (ISO/IEC 7812). */
const BRANDS =
  /^(4\d{12}(\d{3}){0,2}|5[1-5]\d{14}|2(22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|3(0[0-5]|[689]\d)\d{11}|6(011|4[4-9]\d|5\d\d)\d{12}|35(2[89]|[3-8]\d)\d{12}|62\d{14,17}|(50|5[6-9]|6[37])\d{12,17})$/;
const IBAN = /(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?: ?[A-Za-z0-9]){11,30}/g;
const LONG_RUN = /[A-Za-z0-9]{36,}/g;
const MAX_FINDS = 100;
/** So many characters before a number are searched for a word that says what it is. */
const WORD_DISTANCE = 48;

/** Card numbers, IBANs and national ids whose checksums are right; at most 100 of each. */
export function findNumbers(text: string, check: Validators): RawFind[] {
  if (!/\d{2}/.test(text)) return [];
  // A run that is longer than any number would be tried by each pattern from each of its characters.
  const short = text.replace(LONG_RUN, (run) => '_'.repeat(run.length));
  return [...findCards(short, check), ...findIbans(short, check), ...findIds(short, check)];
}

function findCards(text: string, check: Validators): RawFind[] {
  return matches(text, CARD, (written, start) => {
    const digits = written.replace(/[ -]/g, '');
    if (!BRANDS.test(digits) || /^(\d)\1+$/.test(digits) || !check.luhnChecksumValidate(digits)) return undefined;
    return { kind: 'card', name: 'card number', start, end: start + written.length };
  });
}

function findIbans(text: string, check: Validators): RawFind[] {
  return matches(text, IBAN, (written, start) => {
    const length = IBAN_LENGTHS.get(written.slice(0, 2).toUpperCase());
    if (length === undefined) return undefined;
    // Words that follow are taken along by the pattern: the country says where the number ends.
    let end = 0;
    for (let count = 0; end < written.length && count < length; end += 1) if (written[end] !== ' ') count += 1;
    const iban = written.slice(0, end).replaceAll(' ', '').toUpperCase();
    const rest = /^[A-Za-z0-9]/.test(written.slice(end));
    if (iban.length !== length || rest || !check.mod97base10Validate(iban.slice(4) + iban.slice(0, 4)))
      return undefined;
    return { kind: 'iban', name: 'IBAN', start, end: start + end };
  });
}

function findIds(text: string, check: Validators): RawFind[] {
  const lower = text.toLowerCase();
  const possible = NATIONAL_IDS.filter(({ plain, words }) => plain !== null || words.test(lower));
  return possible.flatMap(({ id, name, pattern, plain, words }) =>
    matches(text, pattern, (written, start) => {
      const said =
        plain?.test(written) === true ||
        words.test(text.slice(Math.max(0, start - WORD_DISTANCE), start).toLowerCase());
      if (!said || !check.isNationalId(id, written)) return undefined;
      return { kind: 'national_id', name, start, end: start + written.length };
    }),
  );
}

function matches(
  text: string,
  pattern: RegExp,
  read: (written: string, start: number) => RawFind | undefined,
): RawFind[] {
  const finds: RawFind[] = [];
  for (const match of text.matchAll(pattern)) {
    const find = read(match[0], match.index);
    if (find !== undefined && finds.push(find) >= MAX_FINDS) break;
  }
  return finds;
}
