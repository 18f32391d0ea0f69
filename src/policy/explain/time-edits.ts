import { DateTime } from 'luxon';
import type { Asked, Edit } from './asked.ts';

const HOUR_MS = 3_600_000;
const HOURS = 7 * 24;

/** The full hours of the week after the action: where a window may open or close. */
export function timeEdits({ situation }: Asked, hasWindows: boolean): Edit[] {
  const { now } = situation;
  if (!hasWindows) return [];
  const first = Math.floor(now / HOUR_MS) + 1;
  return Array.from({ length: HOURS }, (_, hour) => timeEdit((first + hour) * HOUR_MS));
}

function timeEdit(now: number): Edit {
  const time = DateTime.fromMillis(now, { zone: 'UTC' });
  return {
    part: 'now',
    says: `at ${time.toFormat('ccc dd LLL HH:mm', { locale: 'en' })} UTC`,
    value: time.toISO({ suppressMilliseconds: true }),
    apply: ({ action, situation }) => ({ action, situation: { ...situation, now } }),
  };
}
