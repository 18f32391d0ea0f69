import type { IdName } from './validators.ts';

/** How the id of one country is written, and what makes a number of that form more than a number. */
export interface NationalId {
  id: IdName;
  name: string;
  /** Every way to write it. */
  pattern: RegExp;
  /** The way that only this id is written; where it fits, no word is needed beside it. */
  plain: RegExp | null;
  /** Words before it, or in the name of the argument. */
  words: RegExp;
}

const NEVER = null;
const ALWAYS = /^/;

/** Ids with a checksum or a strict form, from the documentation of the countries; checked by the library `stdnum`. */
export const NATIONAL_IDS: readonly NationalId[] = [
  {
    id: 'us',
    name: 'social security number (US)',
    pattern: /(?<![\w-])\d{3}[- ]?\d{2}[- ]?\d{4}(?![\w-])/g,
    plain: /^\d{3}-\d\d-\d{4}$/,
    words: /ssn|social.?security/,
  },
  {
    id: 'gb',
    name: 'national insurance number (UK)',
    pattern: /(?<!\w)[A-Z]{2} ?\d\d ?\d\d ?\d\d ?[A-D](?!\w)/g,
    plain: / .* .* /,
    words: /nino|national.?insurance|\bni\b/,
  },
  {
    id: 'ca',
    name: 'social insurance number (CA)',
    pattern: /(?<![\w-])\d{3}[- ]?\d{3}[- ]?\d{3}(?![\w-])/g,
    plain: NEVER,
    words: /\bsin\b|social.?insurance/,
  },
  {
    id: 'au',
    name: 'tax file number (AU)',
    pattern: /(?<![\w-])\d{3}[- ]?\d{3}[- ]?\d{2,3}(?![\w-])/g,
    plain: NEVER,
    words: /\btfn\b|tax.?file/,
  },
  { id: 'ie', name: 'PPS number (IE)', pattern: /(?<!\w)\d{7}[A-W][A-IW]?(?!\w)/g, plain: NEVER, words: /\bpps/ },
  {
    id: 'de',
    name: 'tax id (DE)',
    pattern: /(?<![\w.])\d{2} ?\d{3} ?\d{3} ?\d{3}(?![\w.])/g,
    plain: / .* .* /,
    words: /steuer|idnr|tax.?id|\btin\b/,
  },
  {
    id: 'fr',
    name: 'social security number (FR)',
    pattern: /(?<!\w)[12] ?\d\d ?\d\d ?\d[\dAB] ?\d{3} ?\d{3} ?\d\d(?!\w)/g,
    plain: ALWAYS,
    words: /\bnir\b|s[ée]cu/,
  },
  {
    id: 'it',
    name: 'codice fiscale (IT)',
    pattern: /(?<!\w)[A-Z]{6}\d\d[A-EHLMPRST]\d\d[A-Z]\d{3}[A-Z](?!\w)/g,
    plain: ALWAYS,
    words: /fiscale/,
  },
  { id: 'es', name: 'DNI (ES)', pattern: /(?<!\w)\d{8}-?[A-Z](?!\w)/g, plain: /-/, words: /\bdni\b|\bnif\b/ },
  {
    id: 'esForeign',
    name: 'NIE (ES)',
    pattern: /(?<!\w)[XYZ]-?\d{7}-?[A-Z](?!\w)/g,
    plain: /-/,
    words: /\bnie\b|\bnif\b/,
  },
  {
    id: 'nl',
    name: 'BSN (NL)',
    pattern: /(?<![\w.])\d{4}\.?\d{2}\.?\d{3}(?![\w.])/g,
    plain: NEVER,
    words: /\bbsn\b|burgerservice|sofi/,
  },
  {
    id: 'be',
    name: 'national number (BE)',
    pattern: /(?<!\w)\d\d\.?\d\d\.?\d\d-?\d{3}\.?\d\d(?!\w)/g,
    plain: /\..*-.*\./,
    words: /rijksregister|registre.?national|national|niss|insz/,
  },
  {
    id: 'ch',
    name: 'AHV number (CH)',
    pattern: /(?<!\w)756\.?\d{4}\.?\d{4}\.?\d\d(?!\w)/g,
    plain: ALWAYS,
    words: /ahv|avs/,
  },
  { id: 'pl', name: 'PESEL (PL)', pattern: /(?<!\w)\d{11}(?!\w)/g, plain: NEVER, words: /pesel/ },
  {
    id: 'se',
    name: 'personnummer (SE)',
    pattern: /(?<!\w)(\d\d)?\d{6}[-+]?\d{4}(?!\w)/g,
    plain: NEVER,
    words: /person.?n(ummer|r)|personal/,
  },
  { id: 'dk', name: 'CPR number (DK)', pattern: /(?<!\w)\d{6}[- ]?\d{4}(?!\w)/g, plain: NEVER, words: /\bcpr/ },
  {
    id: 'no',
    name: 'fødselsnummer (NO)',
    pattern: /(?<!\w)\d{6} ?\d{5}(?!\w)/g,
    plain: NEVER,
    words: /f[øo]dsel|person.?n(ummer|r)/,
  },
  {
    id: 'fi',
    name: 'henkilötunnus (FI)',
    pattern: /(?<!\w)\d{6}[-+A]\d{3}[0-9A-FHJ-NPR-Y](?!\w)/g,
    plain: ALWAYS,
    words: /hetu/,
  },
  {
    id: 'br',
    name: 'CPF (BR)',
    pattern: /(?<!\w)\d{3}\.?\d{3}\.?\d{3}-?\d\d(?!\w)/g,
    plain: /\..*\..*-/,
    words: /\bcpf\b/,
  },
  {
    id: 'mx',
    name: 'CURP (MX)',
    pattern: /(?<!\w)[A-Z]{4}\d{6}[HMX][A-Z]{5}[A-Z0-9]\d(?!\w)/g,
    plain: ALWAYS,
    words: /curp/,
  },
  {
    id: 'inAadhaar',
    name: 'Aadhaar (IN)',
    pattern: /(?<![\w-] ?)[2-9]\d{3}[ -]?\d{4}[ -]?\d{4}(?! ?[\w-])/g,
    plain: / .* /,
    words: /aadh?aar/,
  },
  {
    id: 'inPan',
    name: 'PAN (IN)',
    pattern: /(?<!\w)[A-Z]{5}\d{4}[A-Z](?!\w)/g,
    plain: NEVER,
    words: /\bpan\b|permanent.?account/,
  },
  { id: 'cn', name: 'resident id (CN)', pattern: /(?<!\w)\d{17}[\dX](?!\w)/g, plain: ALWAYS, words: /身份证/ },
  {
    id: 'kr',
    name: 'resident registration number (KR)',
    pattern: /(?<!\w)\d{6}-?[1-8]\d{6}(?!\w)/g,
    plain: /-/,
    words: /주민|\brrn\b|resident/,
  },
  { id: 'tr', name: 'kimlik number (TR)', pattern: /(?<!\w)[1-9]\d{10}(?!\w)/g, plain: NEVER, words: /kimlik|\btc/ },
  {
    id: 'za',
    name: 'id number (ZA)',
    pattern: /(?<!\w)\d{6} ?\d{4} ?\d{3}(?!\w)/g,
    plain: NEVER,
    words: /\bid.?(number|no|nr)|rsa.?id|national.?id/,
  },
];
