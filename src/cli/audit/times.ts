import { usageError } from '../cli-error.ts';

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * A moment as a person gives it: a date or time of ISO 8601, or so long ago, e.g. `90m`, `12h` or `30d`. In milliseconds
 * since the epoch. Throws `CliError` that names the option.
 */
export function momentOf(text: string, option: string, now = Date.now()): number {
  const [, amount, unit = ''] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  if (amount !== undefined) return now - Number(amount) * (UNITS[unit] ?? 0);
  const at = /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:?\d{2})?)?$/.test(text) ? Date.parse(text) : NaN;
  if (!Number.isNaN(at)) return at;
  throw usageError(
    `${option}: ${JSON.stringify(text)} is no time: give e.g. 2026-11-01, 2026-11-01T12:00:00Z or 30d for so long ago.`,
  );
}
