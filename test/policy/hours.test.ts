import * as fc from 'fast-check';
import { DateTime } from 'luxon';
import { isDuring, localTime, WEEKDAYS } from '../../src/policy/during.ts';
import { afterOpenTime, nextOpening } from '../../src/policy/hours.ts';

const zone = 'Europe/Berlin';
const at = (text: string) => DateTime.fromISO(text, { zone }).toMillis();
const say = (ms: number | null | undefined) =>
  ms == null ? ms : DateTime.fromMillis(ms, { zone }).toFormat('ccc dd.MM.yyyy HH:mm');
const workdays = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;
const office = { days: [...workdays], from: '09:00', to: '17:00', timeZone: zone };
const HOUR = 3600;

describe('time counted in business hours', () => {
  it.each([
    ['within one day', '2026-03-02T10:00', 2, 'Mon 02.03.2026 12:00'],
    ['to the very end of it', '2026-03-02T10:00', 7, 'Mon 02.03.2026 17:00'],
    ['over night', '2026-03-02T16:00', 2, 'Tue 03.03.2026 10:00'],
    ['over the weekend', '2026-03-06T16:30', 1, 'Mon 09.03.2026 09:30'],
    ['from before they begin', '2026-03-07T03:00', 8, 'Mon 09.03.2026 17:00'],
    ['over several weeks', '2026-03-02T09:00', 80, 'Fri 13.03.2026 17:00'],
    // Clocks go forward on 29.03.2026 and back on 25.10.2026: an office hour is an hour all the same.
    ['over the beginning of summer time', '2026-03-27T16:00', 2, 'Mon 30.03.2026 10:00'],
    ['over its end', '2026-10-23T16:00', 2, 'Mon 26.10.2026 10:00'],
  ])('%s', (_, from, hours, end) => expect(say(afterOpenTime(office, at(from), hours * HOUR))).toBe(end));

  it('without business hours is all time', () => {
    expect(say(afterOpenTime(null, at('2026-03-06T16:30'), 24 * HOUR))).toBe('Sat 07.03.2026 16:30');
  });

  it('a night shift belongs to the day on which it begins', () => {
    const friday = { days: ['fri' as const], from: '22:00', to: '06:00', timeZone: zone };
    expect(say(afterOpenTime(friday, at('2026-03-06T23:00'), 3 * HOUR))).toBe('Sat 07.03.2026 02:00');
    expect(say(afterOpenTime(friday, at('2026-03-07T05:00'), 2 * HOUR))).toBe('Fri 13.03.2026 23:00');
  });

  it('a night that the clocks shorten has an hour less, and one that they lengthen an hour more', () => {
    const night = { from: '22:00', to: '06:00', timeZone: zone };
    expect(say(afterOpenTime(night, at('2026-03-28T22:00'), 7 * HOUR))).toBe('Sun 29.03.2026 06:00');
    expect(say(afterOpenTime(night, at('2026-10-24T22:00'), 9 * HOUR))).toBe('Sun 25.10.2026 06:00');
  });

  it('a clock that hardly ever runs has run out after five years', () => {
    const minute = { days: ['mon' as const], from: '09:00', to: '09:01', timeZone: zone };
    const end = afterOpenTime(minute, at('2026-03-02T09:00'), 365 * 24 * HOUR);
    expect(DateTime.fromMillis(end).diff(DateTime.fromMillis(at('2026-03-02T09:00')), 'years').years).toBeCloseTo(5, 1);
  });
});

describe('the next opening', () => {
  const shown = (windows: Parameters<typeof nextOpening>[0], from: string) => {
    const opening = nextOpening(windows, at(from));
    return opening === null ? null : [say(opening.opensAt), say(opening.closesAt)];
  };
  const tuesdays = { days: ['tue' as const], from: '22:00', to: '02:00', timeZone: zone };

  it('is the coming one, or what is left of the one that is open', () => {
    expect(shown([tuesdays], '2026-03-02T10:00')).toEqual(['Tue 03.03.2026 22:00', 'Wed 04.03.2026 02:00']);
    expect(shown([tuesdays], '2026-03-04T01:00')).toEqual(['Wed 04.03.2026 01:00', 'Wed 04.03.2026 02:00']);
    expect(shown([tuesdays], '2026-03-04T02:00')).toEqual(['Tue 10.03.2026 22:00', 'Wed 11.03.2026 02:00']);
  });

  it('of several windows is when all of them are open', () => {
    const late = { from: '23:30', timeZone: zone };
    expect(shown([tuesdays, late], '2026-03-02T10:00')).toEqual(['Tue 03.03.2026 23:30', 'Wed 04.03.2026 00:00']);
    const utc = { from: '22:30', to: '23:30' };
    expect(shown([tuesdays, utc], '2026-03-02T10:00')).toEqual(['Tue 03.03.2026 23:30', 'Wed 04.03.2026 00:30']);
  });

  it('is found also where summer time alone brings two windows together', () => {
    const windows = [
      { from: '08:00', to: '09:00', timeZone: zone },
      { from: '06:00', to: '07:00' },
    ];
    expect(shown(windows, '2026-01-05T10:00')).toEqual(['Sun 29.03.2026 08:00', 'Sun 29.03.2026 09:00']);
  });

  it('is none where they never are', () => {
    expect(nextOpening([{ days: ['mon'] }, { days: ['tue'] }], at('2026-03-02T10:00'))).toBeNull();
    expect(nextOpening([{ from: '09:00', to: '09:00' }], at('2026-03-02T10:00'))).toBeNull();
  });

  it('goes on where one day follows the other', () => {
    const days = ['mon' as const, 'tue' as const];
    expect(shown([{ days, timeZone: zone }], '2026-03-01T10:00')).toEqual([
      'Mon 02.03.2026 00:00',
      'Wed 04.03.2026 00:00',
    ]);
  });

  it('a window within the hour that the clocks leave out stays shut that night', () => {
    const gap = { days: ['sun' as const], from: '02:30', to: '03:15', timeZone: zone };
    expect(shown([gap], '2026-03-28T10:00')).toEqual(['Sun 05.04.2026 02:30', 'Sun 05.04.2026 03:15']);
  });
});

// The hours around those in which clocks change are left out: there an opening is told by its ends, not by what clocks show.
const anyWindow = fc
  .record({
    days: fc.option(fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1 }), { nil: undefined }),
    from: fc.constantFrom('00:00', '05:00', '09:00', '17:30', '22:00'),
    to: fc.constantFrom('04:30', '12:00', '18:00', '23:00', '24:00'),
    timeZone: fc.constantFrom('UTC', zone, 'America/New_York', 'Asia/Kathmandu'),
  })
  .map(({ days, ...window }) => ({ ...window, ...(days === undefined ? {} : { days }) }));

test('an opening begins and ends where rules say that their window does', () => {
  fc.assert(
    fc.property(anyWindow, fc.integer({ min: 0, max: 2 * 366 * 24 * 4 }), (window, quarter) => {
      const from = Date.UTC(2026, 0, 1) + quarter * 900_000;
      const isOpen = (ms: number) => isDuring(window, localTime(ms, window.timeZone));
      const opening = nextOpening([window], from);
      if (opening === null) throw new Error('there is always one');
      expect(isOpen(opening.opensAt)).toBe(true);
      expect(isOpen(opening.closesAt - 1)).toBe(true);
      expect(opening.opensAt === from || !isOpen(opening.opensAt - 1)).toBe(true);
      for (let ms = from; ms < opening.opensAt; ms += 900_000) expect(isOpen(ms)).toBe(false);
    }),
    { numRuns: 200 },
  );
});

test('time that is counted is open time, no more and no less', () => {
  fc.assert(
    fc.property(
      anyWindow,
      fc.integer({ min: 0, max: 40_000 }),
      fc.integer({ min: 1, max: 60 }),
      (window, quarter, many) => {
        const from = Date.UTC(2026, 0, 1) + quarter * 900_000;
        const end = afterOpenTime(window, from, many * 900);
        let open = 0;
        for (let ms = from; ms < end; ms += 900_000) if (isDuring(window, localTime(ms, window.timeZone))) open += 1;
        expect(open).toBe(many);
      },
    ),
    { numRuns: 100 },
  );
});
