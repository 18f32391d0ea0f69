const UNITS = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
] as const;

/** A number of seconds for a person: the two largest units, e.g. `1 d 4 h`. */
export function spanOf(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const at = UNITS.findIndex(([, size]) => whole >= size);
  if (at < 0) return '0 s';
  let left = whole;
  const parts = UNITS.slice(at, at + 2).flatMap(([unit, size]) => {
    const count = Math.floor(left / size);
    left -= count * size;
    return count === 0 ? [] : [`${String(count)} ${unit}`];
  });
  return parts.join(' ');
}

/** How far a moment is from `now`, in milliseconds since the epoch: `in 4 h`, `3 min ago`. */
export function distanceOf(iso: string, now: number): string {
  const seconds = (Date.parse(iso) - now) / 1000;
  return seconds >= 0 ? `in ${spanOf(seconds)}` : `${spanOf(-seconds)} ago`;
}

/** A moment for a person, in UTC and to the second. */
export function momentOf(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
}
