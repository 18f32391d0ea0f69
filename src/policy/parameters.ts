import type { Parameter, ParameterValue } from './pack-schema.ts';
import type { Path } from './source-map.ts';

/** Values of a pack's parameters by name. */
export type ParameterValues = ReadonlyMap<string, ParameterValue>;

/** Whether a value is of a parameter's type. */
export function fitsParameter(parameter: Parameter, value: ParameterValue): boolean {
  if (parameter.type === 'list') return Array.isArray(value);
  return typeof value === parameter.type;
}

/** These keys are read by people and agents, never run: a parameter may stand inside of their text. */
const READ_BY_PEOPLE: ReadonlySet<unknown> = new Set(['reason', 'advice', 'description']);
const ANYWHERE = /\$\{([^{}]*)\}/g;
const WHOLE = /^\$\{([^{}]*)\}$/;

/** Called with what is wrong, where, and how to mend it. */
export type Complain = (path: Path, message: string, fix: string) => void;

/**
 * Fills in parameters where a whole value is `${name}`, and inside of texts for readers. Conditions take theirs as
 * `params.name`: no text ever becomes part of a condition.
 */
export function fillIn(value: unknown, path: Path, values: ParameterValues, complain: Complain): unknown {
  if (Array.isArray(value)) {
    return value.map((one: unknown, index) => fillIn(one, [...path, index], values, complain));
  }
  if (typeof value === 'object' && value !== null) {
    const filled = Object.entries(value).map(([key, one]) => [key, fillIn(one, [...path, key], values, complain)]);
    return Object.fromEntries(filled) as unknown;
  }
  return typeof value === 'string' && value.includes('${') ? fillText(value, path, values, complain) : value;
}

function fillText(text: string, path: Path, values: ParameterValues, complain: Complain): unknown {
  const valueOf = (name: string): ParameterValue => {
    const value = values.get(name);
    if (value !== undefined) return value;
    complain(path, `there is no parameter ${name}`, `use one of ${[...values.keys()].join(', ')}`);
    return '';
  };
  const key = path.at(-1);
  if (READ_BY_PEOPLE.has(key)) {
    return text.replace(ANYWHERE, (_whole, name: string) => [valueOf(name)].flat().join(', '));
  }
  const whole = WHOLE.exec(text)?.[1];
  if (key !== 'when' && whole !== undefined) return valueOf(whole);
  const fix = key === 'when' ? 'write params.name, without ${}' : 'make ${name} the whole value';
  complain(path, 'a parameter stands inside of a text', fix);
  return text;
}
