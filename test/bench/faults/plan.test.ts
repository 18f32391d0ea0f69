import type { Fault } from '../../../bench/faults/fault.ts';
import { readOptions } from '../../../bench/faults/options.ts';
import { planFaults } from '../../../bench/faults/plan.ts';
import { drawWishes, KINDS } from '../../../bench/faults/wishes.ts';
import { randomNumbers } from '../../../src/demo/random.ts';

const fault = (name: string, kills: number): Fault => ({ name, kills, strike: () => Promise.resolve(0) });
const KILLING = [fault('one', 1), fault('two', 2), fault('three', 3)];
const OTHERS = [fault('freeze', 0), fault('cut', 0)];
const planOf = (seed: number) => planFaults(KILLING, OTHERS, 60, randomNumbers(seed).below).map(({ name }) => name);

it('the same seed gives the same faults in the same order, and another seed another one', () => {
  expect(planOf(7)).toEqual(planOf(7));
  expect(planOf(8)).not.toEqual(planOf(7));
});

it('every kind comes round as often as the others, until enough are killed', () => {
  const names = planOf(7);
  const times = (name: string) => names.filter((each) => each === name).length;
  expect(['one', 'two', 'three'].map(times)).toEqual([10, 10, 10]);
  expect(['freeze', 'cut'].map(times)).toEqual([5, 5]);
});

it('where nothing kills, there are as many faults as kills were wanted', () => {
  const names = planFaults([], OTHERS, 6, randomNumbers(7).below).map(({ name }) => name);
  expect(names.toSorted()).toEqual(['cut', 'cut', 'cut', 'freeze', 'freeze', 'freeze']);
});

it('the same seed gives the same wishes, and all kinds are among them', () => {
  const draw = () => drawWishes(500, 'run', randomNumbers(3).below);
  expect(draw()).toEqual(draw());
  expect(new Set(draw().map(({ kind }) => kind))).toEqual(new Set(Object.keys(KINDS)));
  expect(new Set(draw().map(({ key }) => key)).size).toBe(500);
});

it('the command line is read, and what makes no sense is refused with the option and a way out', () => {
  expect(readOptions(['--kills', '9', '--soak', '2h'], 5)).toMatchObject({ kills: 9, seed: 5, soakMinutes: 120 });
  expect(readOptions(['--only', 'jumps', '--only', 'cut'], 5).only).toEqual(['jumps', 'cut']);
  expect(() => readOptions(['--soak', 'long'], 5)).toThrow('--soak: long is not a time such as 30m or 2h');
  expect(() => readOptions(['--store', 'mysql'], 5)).toThrow('--store: mysql is neither sqlite nor postgres');
  expect(() => readOptions(['--kills', '-1'], 5)).toThrow();
});
