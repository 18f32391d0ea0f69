import type { JsonObject } from '@gatehouse/sdk/contract';
import fc from 'fast-check';
import { jsonLines, jsonText } from '../../src/foreign/json-lines.ts';

describe('JSON over several lines', () => {
  it('is JSON of the very same value, whatever it is', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ stringUnit: 'binary' })), (value) => {
        const same = JSON.parse(JSON.stringify(value)) as JsonObject;
        expect(JSON.parse(jsonText(same))).toEqual(same);
      }),
    );
  });

  it('has a line for each member, in canonical order', () => {
    expect(jsonText({ b: [1, { c: true }, []], a: 'x\ny', d: {} })).toBe(
      [
        '{',
        '  "a": "x\\ny",',
        '  "b": [',
        '    1,',
        '    {',
        '      "c": true',
        '    },',
        '    []',
        '  ],',
        '  "d": {}',
        '}',
      ].join('\n'),
    );
  });

  it('lights up what is asked for, where it stands', () => {
    const spansAt = (place: string) => (place === 'context.steps[1].sql' ? [{ start: 0, end: 4 }] : []);
    const lines = jsonLines({ steps: [{ sql: 'DROP it' }, { sql: 'DROP\u202e it' }] }, spansAt, 'context');
    const lit = lines.flatMap(({ pieces }) => pieces.filter((piece) => piece.lit === true).map(({ text }) => text));
    expect(lit).toEqual(['DROP']);
  });

  it('lights up what is escaped too', () => {
    const lines = jsonLines('a\u202eb', () => [{ start: 1, end: 2 }]);
    expect(lines[0]?.pieces.filter((piece) => piece.lit === true)).toEqual([
      { text: '\\u202e', why: 'bidi control U+202E', lit: true },
    ]);
  });
});
