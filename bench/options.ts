import { parseArgs } from 'node:util';
import { SHAPES, type Shape } from './slice.ts';

export interface BenchOptions {
  /** About a minute, to see that everything works; its numbers mean little. */
  quick: boolean;
  /** PostgreSQL as the store, and a Temporal server in production shape on it. */
  postgres: boolean;
  /** With payload encryption: a key is made for the run. */
  encrypted: boolean;
  /** Only judgements in process. */
  decide: boolean;
  /** Only evaluation and classification in process. */
  evaluate: boolean;
  /** Only a candidate policy on so many actions on record. */
  simulate: boolean;
  /** Only so many open questions at once: lists, verdicts and a restart among them; null for none of it. */
  pending: number | null;
  /** Only an emergency stop with so many open questions; null for none of it. */
  stop: number | null;
  /** Only three times what is sustained, with verdicts in its midst, and what comes after. */
  overload: boolean;
  /** Only a record of so many actions: inbox, search, export, verification; null for none of it. */
  record: number | null;
  /** Keep the work folder with databases and logs. */
  keep: boolean;
  /** Write CPU profiles of API and worker into the work folder, and keep it. */
  profile: boolean;
  /** Only these shapes, in turns, in open loops at `rates` and in closed ones of `callers`. */
  only: readonly Shape[] | null;
  rates: readonly number[];
  callers: readonly number[];
  /** Seconds for each of those. */
  seconds: number;
}

/** Reads the command line. Throws for an option that it does not know, and for a value that makes no sense. */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      postgres: { type: 'boolean', default: false },
      encrypted: { type: 'boolean', default: false },
      decide: { type: 'boolean', default: false },
      evaluate: { type: 'boolean', default: false },
      simulate: { type: 'boolean', default: false },
      overload: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      profile: { type: 'boolean', default: false },
      only: { type: 'string' },
      rates: { type: 'string', default: '' },
      callers: { type: 'string', default: '' },
      seconds: { type: 'string', default: '30' },
      pending: { type: 'string' },
      stop: { type: 'string' },
      record: { type: 'string' },
    },
  });
  const alone = ['decide', 'evaluate', 'simulate', 'pending', 'stop', 'record'] as const;
  const other = alone.find((each) => values[each] !== undefined && values[each] !== false);
  if (values.encrypted && other !== undefined) throw new Error(`--encrypted does not go with --${other}`);
  return {
    ...values,
    keep: values.keep || values.profile,
    pending: values.pending === undefined ? null : positive('--pending', values.pending),
    stop: values.stop === undefined ? null : positive('--stop', values.stop),
    record: values.record === undefined ? null : positive('--record', values.record),
    only: values.only === undefined ? null : values.only.split(',').map(shapeNamed),
    rates: numbers('--rates', values.rates),
    callers: numbers('--callers', values.callers),
    seconds: positive('--seconds', values.seconds),
  };
}

function shapeNamed(name: string): Shape {
  const shape = SHAPES.find((each) => each === name);
  if (shape === undefined) throw new Error(`--only: ${name} is none of ${SHAPES.join(', ')}`);
  return shape;
}

function numbers(option: string, text: string): number[] {
  return text === '' ? [] : text.split(',').map((each) => positive(option, each));
}

function positive(option: string, text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`${option}: ${text} is not a number above 0`);
  return value;
}
