import type { Json, Outcome } from '@gatehouse/sdk/contract';
import { sayNumber } from '../numbers.ts';
import type { Edit, OutcomeOf, Place } from './asked.ts';
import { editArgument, partOf } from './asked.ts';
import { findThresholds } from './thresholds.ts';

/** Numbers at which risk and policies often begin to count. */
const USUAL = [0, 1, 5, 10, 20, 50, 100, 500, 1_000, 10_000, 100_000, 1_000_000];
const MOST_PROBES = 40;

/** The nearest values of a number, below it and above, with which another outcome comes out. */
export function numberEdits(place: Place, value: number, constants: readonly number[], outcomeOf: OutcomeOf): Edit[] {
  const grain = Number.isInteger(value) ? 1 : 0.01;
  const near = constants.flatMap((constant) => [constant - grain, constant, constant + grain]);
  const probes = [...new Set([...USUAL, ...near])]
    .filter((probe) => probe >= 0 && probe !== value && (grain < 1 || Number.isInteger(probe)))
    .sort((a, b) => Math.abs(a - value) - Math.abs(b - value));
  const edit = (to: number, says: string): Edit => editArgument(place, to, says);
  const part = partOf(place);
  return [
    ...along(
      probes.filter((probe) => probe < value),
      'at most',
    ),
    ...along(
      probes.filter((probe) => probe > value),
      'at least',
    ),
  ];

  function along(side: number[], word: string): Edit[] {
    const outcomeAt = (to: number): Outcome | undefined => outcomeOf(edit(to, ''));
    return findThresholds(value, thin(side), grain, outcomeAt).map((each) =>
      edit(each.value, `${part} ${each.throughout ? `${word} ` : 'of '}${sayNumber(each.value)}`),
    );
  }
}

/** The nearest ones, and always the farthest: how far an outcome reaches is seen there. */
function thin(probes: number[]): number[] {
  const last = probes.at(-1);
  return probes.length <= MOST_PROBES || last === undefined ? probes : [...probes.slice(0, MOST_PROBES - 1), last];
}

/** A number as small as can be, and a list of one element: what may help beside another change. */
export function smallest(place: Place, value: number | readonly Json[], constants: readonly number[]): Edit {
  const least = editArgument(
    place,
    typeof value === 'number' ? 1 : value.slice(0, 1),
    `${partOf(place)} as small as can be`,
  );
  const refine = (outcomeOf: OutcomeOf): Edit[] =>
    typeof value === 'number' ? numberEdits(place, value, constants, outcomeOf) : lengthEdits(place, value, outcomeOf);
  return { ...least, refine };
}

/** Shorter lists, down to one element, with which another outcome comes out. */
export function lengthEdits(place: Place, list: readonly Json[], outcomeOf: OutcomeOf): Edit[] {
  const probes = [...new Set([1, ...USUAL, list.length - 1])]
    .filter((length) => length >= 1 && length < list.length)
    .sort((a, b) => b - a);
  const edit = (length: number, says: string): Edit => editArgument(place, list.slice(0, length), says);
  return findThresholds(list.length, probes, 1, (length) => outcomeOf(edit(length, ''))).map(({ value }) =>
    edit(value, `${partOf(place)} with at most ${sayNumber(value)} ${value === 1 ? 'element' : 'elements'}`),
  );
}
