import { z } from 'zod';

const UNITS: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400 };
const LONGEST_SECONDS = 365 * 86_400;
/** What stands where a duration could and nothing ends. */
export const NEVER = 'never';

/** Reads `90s`, `30m`, `24h`, `7d` into seconds; undefined for anything else, for nothing, and for more than a year. */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d{1,9})(s|m|h|d)$/.exec(text);
  const seconds = Number(match?.[1]) * (UNITS[match?.[2] ?? ''] ?? Number.NaN);
  return seconds > 0 && seconds <= LONGEST_SECONDS ? seconds : undefined;
}

/** A duration as rules write it. */
export const durationSchema = z
  .string()
  .refine((text) => parseDuration(text) !== undefined, { error: 'must be a duration such as 90s, 30m, 24h or 7d' })
  .meta({ description: 'How long: a whole number and s, m, h or d' });

/** A duration, or `never`. */
export const durationOrNeverSchema = z.string().refine((text) => text === NEVER || parseDuration(text) !== undefined, {
  error: 'must be a duration such as 90s, 30m, 24h or 7d, or never',
});
