import * as au from 'stdnum/lib/cjs/au/tfn.js';
import * as be from 'stdnum/lib/cjs/be/nn.js';
import * as br from 'stdnum/lib/cjs/br/cpf.js';
import * as ca from 'stdnum/lib/cjs/ca/sin.js';
import * as ch from 'stdnum/lib/cjs/ch/ssn.js';
import * as cn from 'stdnum/lib/cjs/cn/ric.js';
import * as de from 'stdnum/lib/cjs/de/idnr.js';
import * as dk from 'stdnum/lib/cjs/dk/cpr.js';
import * as es from 'stdnum/lib/cjs/es/dni.js';
import * as esForeign from 'stdnum/lib/cjs/es/nie.js';
import * as fi from 'stdnum/lib/cjs/fi/hetu.js';
import * as fr from 'stdnum/lib/cjs/fr/nir.js';
import * as gb from 'stdnum/lib/cjs/gb/nino.js';
import * as ie from 'stdnum/lib/cjs/ie/pps.js';
import * as inAadhaar from 'stdnum/lib/cjs/in/aadhaar.js';
import * as inPan from 'stdnum/lib/cjs/in/pan.js';
import * as it from 'stdnum/lib/cjs/it/codicefiscale.js';
import * as kr from 'stdnum/lib/cjs/kr/rrn.js';
import * as mx from 'stdnum/lib/cjs/mx/curp.js';
import * as nl from 'stdnum/lib/cjs/nl/bsn.js';
import * as no from 'stdnum/lib/cjs/no/fodselsnummer.js';
import * as pl from 'stdnum/lib/cjs/pl/pesel.js';
import * as se from 'stdnum/lib/cjs/se/personnummer.js';
import * as tr from 'stdnum/lib/cjs/tr/tckimlik.js';
import * as us from 'stdnum/lib/cjs/us/ssn.js';
import * as za from 'stdnum/lib/cjs/za/idnr.js';
import { luhnChecksumValidate, mod97base10Validate } from 'stdnum/lib/cjs/util/checksum.js';

const MODULES = {
  au,
  be,
  br,
  ca,
  ch,
  cn,
  de,
  dk,
  es,
  esForeign,
  fi,
  fr,
  gb,
  ie,
  inAadhaar,
  inPan,
  it,
  kr,
  mx,
  nl,
  no,
  pl,
  se,
  tr,
  us,
  za,
};
export type IdName = keyof typeof MODULES;

/** True when the checksum and the form of a national id are right. Never throws. */
export function isNationalId(name: IdName, text: string): boolean {
  try {
    return MODULES[name].validate(text).isValid;
  } catch {
    return false;
  }
}

export { luhnChecksumValidate, mod97base10Validate };
