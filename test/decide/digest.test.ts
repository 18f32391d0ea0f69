import fc from 'fast-check';
import { digestAction } from '../../src/decide/digest.ts';

const action = { type: 'delete_records', target: 'db', arguments: { table: 'users', count: 1500 }, agent: 'a' };

test('the digest does not depend on the order of keys or the spelling of numbers', () => {
  const other = JSON.parse('{"count":1.5e3,"table":"users"}') as typeof action.arguments;
  expect(digestAction({ agent: 'a', arguments: other, target: 'db', type: 'delete_records' })).toBe(
    digestAction(action),
  );
  expect(digestAction(action)).toMatch(/^sha256:[0-9a-f]{64}$/);
});

test.each([
  { type: 'delete_record' },
  { target: 'db2' },
  { agent: 'b' },
  { arguments: { table: 'users', count: 1501 } },
  { arguments: { table: 'users', count: '1500' } },
])('it changes with %j', (change) => expect(digestAction({ ...action, ...change })).not.toBe(digestAction(action)));

test('it is the same after a journey as JSON', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (context) => {
      const sent = { ...action, arguments: context as Record<string, never> };
      expect(digestAction(JSON.parse(JSON.stringify(sent)) as typeof sent)).toBe(digestAction(sent));
    }),
  );
});
