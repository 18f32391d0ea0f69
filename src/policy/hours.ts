import type { WeeklyWindow } from '@gatehouse/sdk/contract';
import { DateTime } from 'luxon';
import { hoursOf, isEmptyWindow, WEEKDAYS } from './during.ts';

/** A time during which a window is open, in milliseconds since the epoch; the end is no longer part of it. */
export interface Opening {
  opensAt: number;
  closesAt: number;
}

/** Windows repeat by the week but for summer time, which repeats by the year: what is not found by then is never there. */
const MOST_DAYS = 372;
/** A clock that runs one minute a week would count for years; one that has come so far has run out. */
const LONGEST_COUNT_DAYS = 5 * 366;
/** How far ahead openings that follow each other without a gap are told as one. */
const LONGEST_OPENING_MS = 8 * 86_400_000;

/**
 * The next opening in which all windows are open, at `from` or later; one that is open already begins at `from`. Where
 * openings follow each other without a gap it may end although it is open at once again. Null where there is none.
 */
export function nextOpening(windows: readonly WeeklyWindow[], from: number): Opening | null {
  let at = from;
  for (const horizon = from + MOST_DAYS * 86_400_000; at < horizon;) {
    const openings = windows.map((window) => openingAfter(window, at));
    const all = openings.filter((opening) => opening !== null);
    if (all.length < openings.length) return null;
    const opensAt = Math.max(at, ...all.map((opening) => opening.opensAt));
    const closesAt = Math.min(...all.map((opening) => opening.closesAt));
    if (opensAt < closesAt) return { opensAt, closesAt };
    at = closesAt;
  }
  return null;
}

/**
 * When a time of so many seconds has passed that is counted only while the window is open. `from` and the answer are
 * milliseconds since the epoch. Without a window all time counts.
 */
export function afterOpenTime(hours: WeeklyWindow | null, from: number, seconds: number): number {
  let left = seconds * 1000;
  if (hours === null) return from + left;
  let at = from;
  for (const horizon = from + LONGEST_COUNT_DAYS * 86_400_000; at < horizon;) {
    const opening = openingAfter(hours, at);
    if (opening === null) return horizon;
    const start = Math.max(at, opening.opensAt);
    if (start + left <= opening.closesAt) return start + left;
    left -= opening.closesAt - start;
    at = opening.closesAt;
  }
  return at;
}

/** The opening of one window that is open at `at`, or else the next; null where a year has none. */
function openingAfter(window: WeeklyWindow, at: number): Opening | null {
  if (isEmptyWindow(window)) return null;
  let found: Opening | null = null;
  // One that began yesterday may reach into today.
  const yesterday = DateTime.fromMillis(at, { zone: window.timeZone ?? 'UTC' })
    .startOf('day')
    .minus({ days: 1 });
  for (let day = 0; day < MOST_DAYS; day++) {
    const opening = openingOf(window, yesterday.plus({ days: day }));
    if (found !== null && (opening === null || opening.opensAt > found.closesAt)) {
      return found;
    }
    if (opening === null || opening.closesAt <= at) continue;
    found = found === null ? opening : { opensAt: found.opensAt, closesAt: Math.max(found.closesAt, opening.closesAt) };
    if (found.closesAt - at > LONGEST_OPENING_MS) return found;
  }
  return found;
}

/** The opening that begins on a day, by the clocks of its zone; null on days that have none. */
function openingOf(window: WeeklyWindow, day: DateTime): Opening | null {
  const weekday = WEEKDAYS[day.weekday - 1] ?? 'mon';
  if (window.days !== undefined && !window.days.includes(weekday)) return null;
  const [from, to] = hoursOf(window);
  const opensAt = atMinute(day, from);
  const closesAt = atMinute(from < to ? day : day.plus({ days: 1 }), to);
  // An hour that the clocks leave out has no opening.
  return opensAt < closesAt ? { opensAt, closesAt } : null;
}

/** The moment at which the clocks show so many minutes after midnight, whatever they did during the day. */
function atMinute(day: DateTime, minute: number): number {
  const { year, month, day: date, zone } = minute < 1440 ? day : day.plus({ days: 1 });
  const ofDay = minute % 1440;
  return DateTime.fromObject(
    { year, month, day: date, hour: Math.floor(ofDay / 60), minute: ofDay % 60 },
    { zone },
  ).toMillis();
}
