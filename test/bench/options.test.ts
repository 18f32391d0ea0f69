import { readOptions } from '../../bench/options.ts';
import { makePlan } from '../../bench/plan.ts';
import { SHAPES } from '../../bench/slice.ts';

it('a whole run and a quick one measure every shape', () => {
  for (const args of [[], ['--quick']]) {
    const { slices } = makePlan(readOptions(args));
    expect(new Set(slices.map(({ shape }) => shape))).toEqual(new Set(SHAPES));
  }
});

it('certain shapes alone are measured under the loads that were named', () => {
  const { slices, overload } = makePlan(readOptions(['--only', 'floor,permit', '--rates', '5', '--callers', '2']));
  expect(slices).toHaveLength(2 * 2 * 3);
  expect(overload).toBeNull();
});

it('payloads are encrypted only where it was asked for', () => {
  expect([[], ['--encrypted']].map((args) => readOptions(args).encrypted)).toEqual([false, true]);
});

it('an option that makes no sense is refused by name', () => {
  expect(() => readOptions(['--only', 'fast'])).toThrow(/--only: fast is none of floor/);
  expect(() => readOptions(['--encrypted', '--stop', '5'])).toThrow('--encrypted does not go with --stop');
  expect(() => readOptions(['--rates', 'ten'])).toThrow(/--rates: ten/);
});
