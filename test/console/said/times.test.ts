import { distanceOf, momentOf, spanOf } from '../../../src/console/said/times.ts';

describe('times for people', () => {
  it.each([
    [0, '0 s'],
    [0.4, '0 s'],
    [59, '59 s'],
    [60, '1 min'],
    [3_725, '1 h 2 min'],
    [86_400, '1 d'],
    [2_592_061, '30 d'],
  ])('%d seconds are %s', (seconds, says) => {
    expect(spanOf(seconds)).toBe(says);
  });

  it('say how far a moment is, on either side of now', () => {
    const now = Date.parse('2026-02-03T10:00:00.000Z');
    expect(distanceOf('2026-02-03T14:00:00.000Z', now)).toBe('in 4 h');
    expect(distanceOf('2026-02-03T09:57:00.000Z', now)).toBe('3 min ago');
    expect(momentOf('2026-02-03T09:57:00.123Z')).toBe('2026-02-03 09:57:00 UTC');
  });
});
