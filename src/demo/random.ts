/** Numbers that are the same at every run of one seed. For sample data alone: anyone can foretell them. */
export function randomNumbers(seed: number): {
  /** A whole number from 0 to `limit` - 1. */
  below: (limit: number) => number;
  /** A day between two days, both included, as `YYYY-MM-DD`. */
  day: (from: string, to: string) => string;
} {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  const day = (from: string, to: string): string => {
    const [start, end] = [Date.parse(from), Date.parse(to)];
    const days = Math.round((end - start) / 86_400_000);
    return new Date(start + below(days + 1) * 86_400_000).toISOString().slice(0, 10);
  };
  return { below, day };
}
