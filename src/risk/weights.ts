import type { Classification, Operation, Severity, TargetKind } from '@gatehouse/sdk/contract';
import type { Quantity } from '../classify/amount.ts';
import type { Sensitivity } from '../classify/words.ts';

/** Points for what the action does. Deleting and changing who may do what weigh most: both are hard to take back. */
export const OPERATION_POINTS: Record<Operation, number> = {
  read: 5,
  write: 20,
  execute: 30,
  unknown: 35,
  administer: 40,
  delete: 40,
};

/** Points for the kind of thing it is done to, by how much damage a mistake there does. */
export const KIND_POINTS: Record<TargetKind, number> = {
  payment: 15,
  shell: 15,
  cloud: 10,
  database: 10,
  code: 5,
  filesystem: 5,
  messaging: 5,
  api: 5,
  unknown: 5,
};

/** Points for where it happens. An environment that nobody named may be production. */
export const ENVIRONMENT_POINTS: Record<Classification['environment'], number> = {
  production: 25,
  unknown: 10,
  staging: 3,
  development: 0,
};

/** Points for what it touches, each once. */
export const SENSITIVITY_POINTS: Record<Sensitivity, number> = { secrets: 30, personal: 10, money: 5 };

/** Points from this quantity upwards, largest first. Money in the currency of the call; nothing is converted. */
export const AMOUNT_BANDS: readonly (readonly [from: number, points: number])[] = [
  [100_000, 35],
  [10_000, 25],
  [1_000, 15],
  [100, 5],
];

/** The same for things and people reached. */
export const COUNT_BANDS: readonly (readonly [from: number, points: number])[] = [
  [1_000, 20],
  [100, 15],
  [10, 5],
];

/** A quantity that is there but cannot be understood counts like a large one. */
export const UNCLEAR_POINTS = 15;
/** The call reaches everything or everyone. */
export const EVERYTHING_POINTS = 20;
/** Nobody says who asks. */
export const ANONYMOUS_POINTS = 10;
export const ANONYMOUS_AGENTS: ReadonlySet<string> = new Set(['', 'anonymous', 'unknown']);

/** The score from which each severity begins, strictest first. */
export const SEVERITY_BANDS: readonly (readonly [from: number, severity: Severity])[] = [
  [75, 'critical'],
  [50, 'high'],
  [25, 'medium'],
  [0, 'low'],
];

/** Severities from mildest to strictest. */
export const SEVERITIES: readonly Severity[] = SEVERITY_BANDS.map(([, severity]) => severity).reverse();

/** Points of a quantity by its bands. */
export function bandPoints(quantity: Quantity, bands: typeof AMOUNT_BANDS): number {
  if (quantity.state === 'missing') return 0;
  if (quantity.state === 'unclear') return UNCLEAR_POINTS;
  return bands.find(([from]) => quantity.value >= from)?.[1] ?? 0;
}
