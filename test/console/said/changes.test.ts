import { argumentChanges } from '../../../src/console/said/changes.ts';

describe('what an edit changed', () => {
  it('is told leaf by leaf', () => {
    const before = { amount: 50, to: 'eve', steps: [{ sql: 'a' }, { sql: 'b' }], gone: { deep: true } };
    const after = { amount: 20, to: 'eve', steps: [{ sql: 'a' }, { sql: 'c' }, 'new'], added: null };
    expect(argumentChanges(before, after)).toEqual([
      { place: 'added', before: undefined, after: null },
      { place: 'amount', before: 50, after: 20 },
      { place: 'gone', before: { deep: true }, after: undefined },
      { place: 'steps[1].sql', before: 'b', after: 'c' },
      { place: 'steps[2]', before: undefined, after: 'new' },
    ]);
  });

  it('is nothing where only the order of keys differs', () => {
    expect(argumentChanges({ a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 })).toEqual([]);
  });

  it('is the whole value where it has become something else', () => {
    expect(argumentChanges({ a: [1] }, { a: { 0: 1 } })).toEqual([{ place: 'a', before: [1], after: { 0: 1 } }]);
  });
});
