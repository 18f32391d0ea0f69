import { DateTime, IANAZone } from 'luxon';
import { z } from 'zod';

/** Days of the week as rules write them, Monday first. */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

const MINUTES_A_DAY = 1440;

const timeOfDay = z
  .string()
  .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, { error: 'must be a time of day such as 09:00 or 17:30' });

const windowShape = {
  days: z.array(z.enum(WEEKDAYS)).min(1).optional().meta({ description: 'All days where it is left out' }),
  from: timeOfDay.optional().meta({ description: 'When it opens, 00:00 where it is left out' }),
  to: timeOfDay
    .optional()
    .meta({ description: 'When it has closed, 24:00 where it is left out; before `from` it is on the next day' }),
  timeZone: z
    .string()
    .max(100)
    .refine((zone) => IANAZone.isValidZone(zone), { error: 'must be an IANA time zone such as Europe/Berlin' })
    .optional()
    .meta({ description: 'An IANA time zone such as Europe/Berlin; UTC where it is left out' }),
};
const saysWhen = (window: { days?: unknown; from?: unknown; to?: unknown }): boolean =>
  window.days !== undefined || window.from !== undefined || window.to !== undefined;

/** A window of local time. */
export const windowSchema = z.strictObject(windowShape).refine(saysWhen, { error: 'must name days, from or to' });

/** `during` of a rule's match: a window of local time. */
export const duringSchema = z
  .strictObject({
    ...windowShape,
    outside: z.boolean().optional().meta({ description: 'Matches whenever the window is closed' }),
  })
  .refine(saysWhen, { error: 'must name days, from or to' });
export type DuringSource = z.output<typeof duringSchema>;

/** A moment on the clocks of one time zone. */
export interface LocalTime {
  weekday: Weekday;
  /** Minutes since midnight by the wall clock. */
  minute: number;
}

/** What the clocks of a time zone show at `now`, milliseconds since the epoch; summer time is accounted for. */
export function localTime(now: number, timeZone: string): LocalTime {
  const local = DateTime.fromMillis(now, { zone: timeZone });
  return { weekday: WEEKDAYS[local.weekday - 1] ?? 'mon', minute: local.hour * 60 + local.minute };
}

/** Whether a window is open at a local time. A window past midnight belongs to the day on which it opens. */
export function isDuring(during: DuringSource, { weekday, minute }: LocalTime): boolean {
  const [from, to] = hoursOf(during);
  const opensOn = (day: Weekday): boolean => during.days?.includes(day) ?? true;
  const yesterday = WEEKDAYS[(WEEKDAYS.indexOf(weekday) + 6) % 7] ?? weekday;
  const open =
    from <= to
      ? opensOn(weekday) && from <= minute && minute < to
      : (opensOn(weekday) && from <= minute) || (opensOn(yesterday) && minute < to);
  return open !== (during.outside ?? false);
}

/** Whether a window is never open, or, with `outside`, always closed. */
export function isEmptyWindow(during: Pick<DuringSource, 'from' | 'to'>): boolean {
  const [from, to] = hoursOf(during);
  return from === to;
}

/** When a window opens and when it has closed, in minutes since midnight. */
export function hoursOf(during: Pick<DuringSource, 'from' | 'to'>): [from: number, to: number] {
  return [minutes(during.from) ?? 0, minutes(during.to) ?? MINUTES_A_DAY];
}

function minutes(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const [hour = 0, minute = 0] = text.split(':').map(Number);
  return hour * 60 + minute;
}
