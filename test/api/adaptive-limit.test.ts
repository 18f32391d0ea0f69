import { createAdaptiveLimit } from '../../src/api/adaptive-limit.ts';

const options = { most: 20, least: 4, targetMs: 100 };

function rounds(limit: ReturnType<typeof createAdaptiveLimit>, count: number, ms: number): void {
  for (let round = 0; round < count; round += 1) {
    for (let left = limit.current(); left > 0; left -= 1) limit.took(ms);
  }
}

describe('the adaptive limit', () => {
  it('begins at the most, and stays there while work is quick', () => {
    const limit = createAdaptiveLimit(options);
    rounds(limit, 10, 100);
    expect(limit.current()).toBe(20);
  });

  it('falls by a fifth for each round with slow work in it, down to the least', () => {
    const limit = createAdaptiveLimit(options);
    rounds(limit, 1, 101);
    expect(limit.current()).toBe(16);
    rounds(limit, 50, 101);
    expect(limit.current()).toBe(4);
  });

  it('rises by one for each quick round after that', () => {
    const limit = createAdaptiveLimit(options);
    rounds(limit, 50, 101);
    rounds(limit, 3, 1);
    expect(limit.current()).toBe(7);
    rounds(limit, 50, 1);
    expect(limit.current()).toBe(20);
  });

  it('lowers the limit once a round, however many of its pieces were slow', () => {
    const limit = createAdaptiveLimit(options);
    for (let left = 19; left > 0; left -= 1) limit.took(500);
    expect(limit.current()).toBe(20);
    limit.took(1);
    expect(limit.current()).toBe(16);
  });

  it('never goes above the most, also where that is less than the least', () => {
    const limit = createAdaptiveLimit({ most: 1, least: 4, targetMs: 100 });
    rounds(limit, 5, 500);
    expect(limit.current()).toBe(1);
  });
});
