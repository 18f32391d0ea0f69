import { summarize } from '../../bench/statistics.ts';

it('quantiles are values that were measured, by nearest rank', () => {
  const values = Array.from({ length: 200 }, (_, index) => 200 - index);
  expect(summarize(values)).toEqual({ n: 200, p50: 100, p95: 190, p99: 198, max: 200 });
  expect(summarize([3])).toEqual({ n: 1, p50: 3, p95: 3, p99: 3, max: 3 });
});

it('nothing measured is not a number, and so never meets a target', () => {
  expect(summarize([]).p99).toBeNaN();
});
