import { isDuring, localTime, type DuringSource, type Weekday } from '../../src/policy/during.ts';
import { fileOf, problemsOf } from './support/policies.ts';

const at = (weekday: Weekday, time: string) => {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return { weekday, minute: hour * 60 + minute };
};
const OFFICE: DuringSource = { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '17:00' };
const NIGHT: DuringSource = { days: ['fri'], from: '22:00', to: '06:00' };

test.each<[string, DuringSource, Weekday, string, boolean]>([
  ['the first minute', OFFICE, 'mon', '09:00', true],
  ['the minute before', OFFICE, 'mon', '08:59', false],
  ['the minute at which it closes', OFFICE, 'mon', '17:00', false],
  ['another day', OFFICE, 'sat', '12:00', false],
  ['the evening of its day', NIGHT, 'fri', '23:00', true],
  ['the morning after', NIGHT, 'sat', '05:59', true],
  ['the morning of its own day', NIGHT, 'fri', '05:00', false],
  ['the evening after', NIGHT, 'sat', '23:00', false],
  ['the end of the day', { from: '20:00' }, 'sun', '23:59', true],
  ['the beginning of the day', { to: '06:00' }, 'sun', '00:00', true],
  ['a day alone', { days: ['sun'] }, 'sun', '00:00', true],
  ['outside of it', { ...OFFICE, outside: true }, 'sat', '12:00', true],
  ['inside of it, where outside is wanted', { ...OFFICE, outside: true }, 'mon', '12:00', false],
])('%s', (_name, during, weekday, time, open) => expect(isDuring(during, at(weekday, time))).toBe(open));

test.each([
  ['winter', Date.UTC(2026, 0, 7, 23, 30), 'Europe/Berlin', 'thu', '00:30'],
  ['summer', Date.UTC(2026, 6, 8, 22, 30), 'Europe/Berlin', 'thu', '00:30'],
  ['half an hour apart', Date.UTC(2026, 0, 7, 12, 0), 'Asia/Kolkata', 'wed', '17:30'],
  ['the hour that summer leaves out', Date.UTC(2026, 2, 29, 1, 0), 'Europe/Berlin', 'sun', '03:00'],
] as const)('the clocks of a time zone: %s', (_name, now, zone, weekday, time) => {
  expect(localTime(now, zone)).toEqual(at(weekday, time));
});

test.each([
  ['a zone that is not there', '{ from: "09:00", timeZone: Mars/Base }', /must be an IANA time zone/],
  ['a time that is none', '{ from: "9" }', /must be a time of day such as 09:00/],
  ['nothing', '{ outside: true }', /must name days, from or to/],
])('%s is refused when the policy loads', (_name, during, message) => {
  const text = fileOf([`{ id: a, reason: r, match: { during: ${during} }, effect: block }`]);
  expect(problemsOf({ 'a.yaml': text }).join('\n')).toMatch(message);
});
