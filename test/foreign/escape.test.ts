import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { cautionsOf, escapeJson, escapeText, piecesOf } from '../../src/foreign/escape.ts';

describe('foreign text for a terminal', () => {
  it.each([
    ['plain words stand as they are: (42) "ok" - é ü ß 東京 Привет мир', 0],
    ['a\u001b[2Jb', 1],
    ['a\u0007\u0000\u007f\u009b', 4],
    ['user\u202ecod.exe', 1],
    ['pass\u200bword', 1],
    ['a\u00a0b', 1],
    ['half \ud800', 1],
    ['tag \u{e0041}', 1],
    ['x\u0301\u0301\u0301\u0301', 2],
    ['ｐay', 1],
    ['𝗽ay', 1],
  ])('has %j with %i characters escaped', (text, escapes) => {
    const pieces = piecesOf(text);
    expect(pieces.filter(({ why }) => why !== undefined)).toHaveLength(escapes);
    const visible = pieces.map((piece) => piece.text).join('');
    // eslint-disable-next-line no-control-regex -- that there are none is the point
    expect(visible).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800]/u);
  });

  it('doubles a backslash, so that nothing can pose as an escape', () => {
    expect(escapeText('\\u202e')).toBe('\\\\u202e');
    expect(escapeText('\u202e')).toBe('\\u202e');
  });

  it('keeps a text on one line', () => {
    expect(escapeText('one\ntwo\r\tthree')).toBe('one\\ntwo\\r\\tthree');
  });

  it('marks letters that pass for Latin ones', () => {
    expect(escapeText('p\u0430ypal')).toBe('p\\u0430ypal');
    expect(cautionsOf(piecesOf('p\u0430ypal'))).toEqual(['Cyrillic letter in a word of mixed scripts U+0430']);
    expect(escapeText('\u0430\u0440\u0440\u04cf\u0435')).toBe('\\u0430\\u0440\\u0440\\u04cf\\u0435');
  });

  it('leaves text that is honestly in another script readable', () => {
    expect(escapeText('Удалить а и у сор')).toBe('Удалить а и у сор');
    expect(escapeText('Ελληνικά και Latin')).toBe('Ελληνικά και Latin');
  });

  it('is readable ASCII unchanged, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
        expect(escapeText(text)).toBe(text.replaceAll('\\', '\\\\'));
      }),
    );
  });
});

describe('JSON for a terminal', () => {
  it('is canonical where there is nothing to escape', () => {
    const value = { b: [1, 2.5, -0, 1e21, true, null], a: { 'x"\\': 'line\nbreak' }, é: {} };
    expect(escapeJson(value)).toBe(canonicalize(value));
  });

  it('is JSON of the very same value, whatever it is', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ stringUnit: 'binary' })), (value) => {
        const same: unknown = JSON.parse(JSON.stringify(value));
        expect(JSON.parse(escapeJson(same as never))).toEqual(same);
      }),
    );
  });
});
