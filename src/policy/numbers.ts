const UNITS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

/** Seconds as people say them: `hour`, `30 minutes`, `2 days`. */
export function sayDuration(seconds: number): string {
  const [unit, size] = UNITS.find(([, each]) => seconds % each === 0) ?? UNITS[3];
  const count = seconds / size;
  return count === 1 ? unit : `${String(count)} ${unit}s`;
}

/** A number with thousands apart and at most two decimals, the same on every machine. */
export function sayNumber(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 2 });
}
