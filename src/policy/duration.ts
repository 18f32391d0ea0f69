const UNITS: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400 };
const LONGEST_SECONDS = 365 * 86_400;

/** Reads `90s`, `30m`, `24h`, `7d` into seconds; undefined for anything else, for nothing, and for more than a year. */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d{1,9})(s|m|h|d)$/.exec(text);
  const seconds = Number(match?.[1]) * (UNITS[match?.[2] ?? ''] ?? Number.NaN);
  return seconds > 0 && seconds <= LONGEST_SECONDS ? seconds : undefined;
}
