import { readTraceparent } from '../../src/observability/traceparent.ts';

const GOOD = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

it('takes a well-formed header as it is', () => {
  expect(readTraceparent(GOOD)).toBe(GOOD);
});

it.each([
  undefined,
  '',
  [GOOD, GOOD],
  GOOD.toUpperCase(),
  GOOD.replace('00-', 'ff-'),
  GOOD.replace('4bf92f3577b34da6a3ce929d0e0e4736', '0'.repeat(32)),
  GOOD.replace('00f067aa0ba902b7', '0'.repeat(16)),
  `${GOOD}\r\nx: y`,
])('takes anything else for none: %j', (header) => {
  expect(readTraceparent(header)).toBeUndefined();
});
