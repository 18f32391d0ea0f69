import { arrivals } from '../../bench/arrivals.ts';

it('arrivals come at the rate that was asked for, in order, and within the time', () => {
  const due = arrivals(50, 100, 1);
  expect(due.length).toBeGreaterThan(4_500);
  expect(due.length).toBeLessThan(5_500);
  expect(due).toEqual(due.toSorted((a, b) => a - b));
  expect(due.at(-1)).toBeLessThan(100_000);
});

it('the same seed gives the same arrivals, another seed others', () => {
  expect(arrivals(10, 10, 7)).toEqual(arrivals(10, 10, 7));
  expect(arrivals(10, 10, 7)).not.toEqual(arrivals(10, 10, 8));
});
