import { KEY_FORMATS } from './key-formats.ts';
import type { RawFind } from './finding.ts';

const BEGIN = '-----BEGIN ';
const PRIVATE_KEY = /^-----BEGIN ((RSA|EC|DSA|OPENSSH|ENCRYPTED|SSH2 ENCRYPTED|PGP) )?PRIVATE KEY( BLOCK)?-----/;
const END = /-----END [A-Z0-9 ]{0,30}PRIVATE KEY( BLOCK)?-----/;
const MAX_KEY = 8192;
/** So many letters of base64 after the first line, or it is only talk of a key. Line ends may be written as `\n`. */
const BODY = /^(\s|\\n|\\r|[A-Za-z-]+: [^\n]{0,200}\n)*[A-Za-z0-9+/=\s\\]{24}/;
const MAX_FINDS = 100;

/** Keys in formats that their issuers document; at most 100 of each. */
export function findKeyFormats(text: string): RawFind[] {
  return KEY_FORMATS.flatMap(({ name, hint, pattern }) => {
    if (!text.includes(hint)) return [];
    const finds: RawFind[] = [];
    for (const match of text.matchAll(pattern)) {
      const end = match.index + match[0].length;
      finds.push({ kind: 'secret', name, start: end - (match.groups?.['key'] ?? match[0]).length, end });
      if (finds.length >= MAX_FINDS) break;
    }
    return finds;
  });
}

/** Private keys in PEM and PGP armour. Searched by hand: a pattern over both ends takes long on many beginnings. */
export function findPrivateKeys(text: string): RawFind[] {
  const finds: RawFind[] = [];
  let from = text.indexOf(BEGIN);
  while (from >= 0 && finds.length < MAX_FINDS) {
    const opening = PRIVATE_KEY.exec(text.slice(from, from + 80))?.[0];
    let next = from + BEGIN.length;
    if (opening !== undefined && BODY.test(text.slice(from + opening.length, from + opening.length + 600))) {
      const key = text.slice(from, from + MAX_KEY);
      const closing = END.exec(key);
      next = from + (closing === null ? Math.min(key.length, opening.length + 64) : closing.index + closing[0].length);
      finds.push({ kind: 'private_key', name: 'private key', start: from, end: next });
    }
    from = text.indexOf(BEGIN, next);
  }
  return finds;
}
