import canonicalize from 'canonicalize';
import { assert, jsonValue, property } from 'fast-check';
import { canonical } from '../../src/verify/canonical.ts';

describe('the canonical form', () => {
  it('is that of the library, for any JSON', () => {
    assert(
      property(jsonValue({ maxDepth: 6 }), (value) => {
        expect(canonical(value)).toBe(canonicalize(value));
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['{"b":1,"a":[true,null,-0,1e21,0.000001]}', '{"a":[true,null,0,1e+21,0.000001],"b":1}'],
    [
      '{"\\u20ac":1,"\\r":2,"1":3,"\\ud83d\\ude02":4,"\\ufb33":5}',
      '{"\\r":2,"1":3,"\u20ac":1,"\u{1f602}":4,"\ufb33":5}',
    ],
    ['{"__proto__":1,"a\\u0001":"\\u2028\\ud800"}', '{"__proto__":1,"a\\u0001":"\u2028\\ud800"}'],
  ])('of %s is %s', (json, expected) => {
    expect(canonical(JSON.parse(json))).toBe(expected);
  });
});
