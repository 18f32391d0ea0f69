import type { Json, JsonObject } from '@gatehouse/sdk/contract';
import type { Edit, OutcomeOf, Place } from './asked.ts';
import { argumentsOf, editArgument, partOf } from './asked.ts';
import type { Constants } from './constants.ts';
import { environmentEdits } from './environment-edits.ts';
import { lengthEdits, numberEdits, smallest } from './number-edits.ts';

const MOST_ARGUMENTS = 30;
const MOST_TEXTS = 12;
/** A number as people write it into a text: `12,000` or `12000.50`. */
const WRITTEN_NUMBER = /^\s*-?\d{1,3}(?:,\d{3})+(?:\.\d+)?\s*$|^\s*-?\d{1,15}(?:\.\d+)?\s*$/;

/** Single changes of the arguments: another number, fewer elements, a flag turned, a field left out, a known word. */
export function argumentEdits(context: JsonObject, constants: Constants, outcomeOf: OutcomeOf): Edit[] {
  return argumentsOf(context, MOST_ARGUMENTS).flatMap(({ place, value }) => [
    ...valueEdits(place, value, constants, outcomeOf),
    editArgument(place, undefined, `without ${partOf(place)}`),
  ]);
}

function valueEdits(place: Place, value: Json, constants: Constants, outcomeOf: OutcomeOf): Edit[] {
  if (typeof value === 'number') return withSmallest(place, value, constants, outcomeOf);
  if (typeof value === 'boolean') return [editArgument(place, !value, `${partOf(place)} ${String(!value)}`)];
  if (Array.isArray(value)) {
    if (value.length < 2) return [];
    return [...lengthEdits(place, value, outcomeOf), smallest(place, value, constants.numbers)];
  }
  if (typeof value !== 'string') return [];
  const number = WRITTEN_NUMBER.test(value) ? Number(value.replaceAll(',', '')) : undefined;
  return [
    ...(number === undefined ? [] : asNumber(place, number, constants, outcomeOf)),
    ...environmentEdits(place, value),
    ...(constants.texts.get(String(place.at(-1))) ?? [])
      .filter((text) => text !== value)
      .slice(0, MOST_TEXTS)
      .map((text) => editArgument(place, text, `${partOf(place)} ${JSON.stringify(text)}`)),
  ];
}

/** The number itself in place of a text that says it, and smaller ones. */
function asNumber(place: Place, number: number, constants: Constants, outcomeOf: OutcomeOf): Edit[] {
  const plain = editArgument(place, number, `${partOf(place)} as the number ${String(number)}`);
  return [plain, ...withSmallest(place, number, constants, outcomeOf)];
}

function withSmallest(place: Place, number: number, { numbers }: Constants, outcomeOf: OutcomeOf): Edit[] {
  return [...numberEdits(place, number, numbers, outcomeOf), smallest(place, number, numbers)];
}
