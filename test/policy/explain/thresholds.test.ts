import type { Outcome } from '@gatehouse/sdk/contract';
import { findThresholds } from '../../../src/policy/explain/thresholds.ts';

const PROBES = [1000, 500, 100, 50, 10, 1, 0];
const below =
  (limit: number): ((value: number) => Outcome) =>
  (value) =>
    value <= limit ? 'ALLOW' : 'BLOCK';

test('the number nearest to the one that was asked with which another outcome begins is found', () => {
  expect(findThresholds(1500, PROBES, 1, below(137))).toEqual([{ outcome: 'ALLOW', value: 137, throughout: true }]);
  expect(findThresholds(15.5, [10, 1, 0], 0.01, below(7.25))).toEqual([
    { outcome: 'ALLOW', value: 7.25, throughout: true },
  ]);
});

test('each other outcome has its own beginning', () => {
  const three = (value: number): Outcome => (value > 700 ? 'BLOCK' : value > 40 ? 'REQUIRE_APPROVAL' : 'ALLOW');
  expect(findThresholds(1500, PROBES, 1, three)).toEqual([
    { outcome: 'REQUIRE_APPROVAL', value: 700, throughout: false },
    { outcome: 'ALLOW', value: 40, throughout: true },
  ]);
});

test('an outcome that does not reach to the end is not told as one that does', () => {
  const island = (value: number): Outcome => (value <= 600 && value >= 40 ? 'ALLOW' : 'BLOCK');
  expect(findThresholds(1500, PROBES, 1, island)).toEqual([{ outcome: 'ALLOW', value: 600, throughout: false }]);
});

test('nothing is found where the outcome never changes, or nobody may ask any more', () => {
  expect(findThresholds(1500, PROBES, 1, () => 'BLOCK')).toEqual([]);
  expect(findThresholds(1500, PROBES, 1, () => undefined)).toEqual([]);
});
