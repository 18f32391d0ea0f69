/** Turns places of the parser, in bytes of UTF-8, into places of the text, in UTF-16 units. */
export function unitsOf(text: string): (byte: number) => number {
  if (/^[\0-\x7f]*$/.test(text)) return (byte) => Math.min(byte, text.length);
  const starts: number[] = [];
  let unit = 0;
  for (const character of text) {
    // Half of a pair that has no other half is encoded in three bytes, as is what replaces it.
    const code = character.codePointAt(0) ?? 0;
    const bytes = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (let byte = 0; byte < bytes; byte += 1) starts.push(unit);
    unit += character.length;
  }
  return (byte) => starts[byte] ?? text.length;
}
