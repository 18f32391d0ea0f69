const ANSI: Record<string, string> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '?': '?',
};

const ESCAPE = /\\(x[0-9a-fA-F]{1,2}|u[0-9a-fA-F]{1,4}|U[0-9a-fA-F]{1,8}|0?[0-7]{1,3}|c.|[\s\S])/g;

/** What `$'…'`, `printf` and `echo -e` make of backslashes: hexadecimal, octal and unicode escapes and the short ones. */
export function decodeEscapes(text: string): string {
  return text.replace(ESCAPE, (whole, body: string) => {
    if (/^[xuU]./.test(body)) return character(parseInt(body.slice(1), 16), whole);
    if (/^[0-7]/.test(body)) return character(parseInt(body, 8), whole);
    return ANSI[body] ?? whole;
  });
}

function character(code: number, otherwise: string): string {
  return Number.isInteger(code) && code <= 0x10ffff ? String.fromCodePoint(code) : otherwise;
}

/** Takes the backslashes off an unquoted word. */
export function unescapeBare(text: string): string {
  return text.replace(/\\(\n|[\s\S])/g, (_, next: string) => (next === '\n' ? '' : next));
}

/** Takes the backslashes off text between double quotes, where only `$`, a back-tick, `"`, `\` and a line end are special. */
export function unescapeQuoted(text: string): string {
  return text.replace(/\\([$`"\\\n])/g, (_, next: string) => (next === '\n' ? '' : next));
}
