import fc from 'fast-check';
import { MAX_DEPTH, parseStrictJson } from '../../src/api/strict-json.ts';
import { GateProblem } from '../../src/decide/problem.ts';

function refusal(text: string): GateProblem {
  try {
    parseStrictJson(text);
  } catch (error) {
    if (error instanceof GateProblem) return error;
    throw error;
  }
  throw new Error(`was accepted: ${text.slice(0, 100)}`);
}

const hasForbiddenKey = (value: unknown): boolean => /"(__proto__|constructor|prototype)":/.test(JSON.stringify(value));
const hasLoneSurrogate = (value: unknown): boolean => /\\ud[89a-f]/.test(JSON.stringify(value));

describe('the strict JSON parser', () => {
  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8 }), fc.constantFrom(undefined, 2), (value, indent) => {
        fc.pre(!hasForbiddenKey(value) && !hasLoneSurrogate(value));
        const text = JSON.stringify(value, null, indent);
        expect(parseStrictJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('refuses every text that JSON.parse refuses', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(), fc.string({ maxLength: 3 }), (value, at, noise) => {
        const text = JSON.stringify(value);
        const broken = text.slice(0, at % (text.length + 1)) + noise + text.slice((at % (text.length + 1)) + 1);
        let valid = true;
        try {
          JSON.parse(broken);
        } catch {
          valid = false;
        }
        if (!valid) expect(refusal(broken).code).toBe('invalid_json');
      }),
    );
  });

  it('names a duplicate key and its place', () => {
    const problem = refusal('{\n  "count": 1,\n  "count": 1500\n}');
    expect(problem.detail).toContain('"count" twice in one object (line 3, column 3)');
    expect(problem.facts).toEqual({ line: 3, column: 3 });
  });

  it('sees a duplicate through escapes', () => {
    expect(refusal('{"a":1,"\\u0061":2}').detail).toContain('"a" twice');
  });

  it('takes the same key in different objects', () => {
    expect(parseStrictJson('{"a":{"a":[{"a":1},{"a":"a"}]},"b":"a"}')).toEqual({
      a: { a: [{ a: 1 }, { a: 'a' }] },
      b: 'a',
    });
  });

  it('finds every duplicate that was put anywhere in a document', () => {
    const key = fc.string({ minLength: 1, maxLength: 5 }).filter((each) => !hasForbiddenKey({ [each]: 1 }));
    fc.assert(
      fc.property(key, fc.jsonValue({ maxDepth: 3 }), fc.jsonValue({ maxDepth: 3 }), (name, first, second) => {
        fc.pre(!hasForbiddenKey([first, second]) && !hasLoneSurrogate([name, first, second]));
        const text = `[{"x":[{${JSON.stringify(name)}:${JSON.stringify(first)},${JSON.stringify(name)}:${JSON.stringify(second)}}]}]`;
        expect(refusal(text).detail).toContain('twice in one object');
      }),
    );
  });

  it.each(['__proto__', 'constructor', 'prototype', '\\u005f_proto__'])('refuses the key %s at any depth', (key) => {
    expect(refusal(`{"a":[{"${key}":1}]}`).detail).toContain('which is not accepted');
  });

  it('takes such a word as a value', () => {
    expect(parseStrictJson('{"a":"__proto__"}')).toEqual({ a: '__proto__' });
  });

  it('refuses numbers that a double cannot hold', () => {
    expect(refusal('[1e999]').detail).toContain('1e999');
    expect(parseStrictJson('[1.7976931348623157e308, -0, 1e-999]')).toEqual([1.7976931348623157e308, -0, 0]);
  });

  it('refuses half of a surrogate pair, in keys and in values', () => {
    expect(refusal('["\\ud83d"]').detail).toContain('surrogate');
    expect(refusal('{"\\ude00":1}').detail).toContain('surrogate');
    expect(parseStrictJson('["\\ud83d\\ude00"]')).toEqual(['😀']);
  });

  it('takes the deepest nesting that is allowed, and not one level more', () => {
    const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
    expect(parseStrictJson(deep(MAX_DEPTH))).toBeInstanceOf(Array);
    expect(refusal(deep(MAX_DEPTH + 1)).detail).toContain('32 levels');
  });

  it('survives a megabyte of brackets', () => {
    for (const text of ['['.repeat(1e6), '{"a":'.repeat(2e5), ']'.repeat(1e6)])
      expect(refusal(text).code).toBe('invalid_json');
  });

  it('does not repeat the body in its message', () => {
    expect(refusal('{"password": "hunter2" oops}').detail).not.toContain('hunter2');
  });
});
