import type { Json, JsonObject, Outcome } from '@gatehouse/sdk/contract';
import type { Situation, TriedAction } from '../trial.ts';

/** What is judged: the action, and what is known beside it. */
export interface Asked {
  action: TriedAction;
  situation: Situation;
}

/** A way to alter what is asked. */
export interface Edit {
  part: string;
  says: string;
  value?: Json | undefined;
  apply(asked: Asked): Asked;
  /** For an edit that goes as far as it can: how far it has to go, where another edit is made as well. */
  refine?: (outcomeOf: OutcomeOf) => Edit[];
}

/** What comes out with an edit; undefined once there were too many. */
export type OutcomeOf = (edit: Edit) => Outcome | undefined;

export type Place = readonly (string | number)[];

/** An edit of one argument; `undefined` leaves it out. */
export function editArgument(place: Place, value: Json | undefined, says: string): Edit {
  return {
    part: partOf(place),
    says,
    value,
    apply: ({ action, situation }) => ({
      situation,
      action: { ...action, context: set(action.context, place, value) as JsonObject },
    }),
  };
}

/** An edit of what is said of the action beside its arguments. */
export function editAction(part: string, fields: Partial<TriedAction>, says: string, value?: Json): Edit {
  return { part, says, value, apply: ({ action, situation }) => ({ situation, action: { ...action, ...fields } }) };
}

/** A place as a person writes it: `context.to[0]`. */
export function partOf(place: Place): string {
  return `context${place.map((step) => (typeof step === 'number' ? `[${String(step)}]` : `.${step}`)).join('')}`;
}

/** A copy of a value in which the place holds something else; the rest is shared. */
function set(value: Json, [step, ...rest]: Place, to: Json | undefined): Json {
  if (step === undefined) return to ?? null;
  if (Array.isArray(value)) return value.map((each, at) => (at === step ? set(each, rest, to) : each));
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value);
  if (rest.length === 0 && to === undefined) return Object.fromEntries(entries.filter(([key]) => key !== step));
  if (!Object.hasOwn(value, step)) return { ...value, [step]: set({}, rest, to) };
  return Object.fromEntries(entries.map(([key, each]) => [key, key === step ? set(each, rest, to) : each]));
}

/** The arguments with their places, at most `most` of them, three levels deep. */
export function argumentsOf(context: JsonObject, most: number): { place: Place; value: Json }[] {
  const found: { place: Place; value: Json }[] = [];
  const into = (value: JsonObject, place: Place): void => {
    for (const [key, each] of Object.entries(value)) {
      if (found.length >= most) return;
      found.push({ place: [...place, key], value: each });
      if (typeof each === 'object' && each !== null && !Array.isArray(each) && place.length < 2) {
        into(each, [...place, key]);
      }
    }
  };
  into(context, []);
  return found;
}
