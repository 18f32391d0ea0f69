import { watchPolls } from '../../../src/cli/serve/backlog.ts';

const HOUR_MS = 3_600_000;

/** Looks at the last poll at these moments of this process; the polls are by the server's clock. */
function looks(...moments: [at: number, lastPollMs: number][]): boolean[] {
  let at = 0;
  const isServed = watchPolls(() => at);
  return moments.map(([moment, lastPollMs]) => {
    at = moment;
    return isServed(lastPollMs);
  });
}

it.each([
  ['as far as that of this process', 0],
  ['an hour ahead', HOUR_MS],
  ['an hour behind', -HOUR_MS],
])('a worker is alive while it goes on polling, where the clock of the server is %s', (_, shift) => {
  const polls = 10 * HOUR_MS + shift;
  expect(looks([0, polls], [1_000, polls + 900], [2_000, polls + 1_800])).toEqual([false, true, true]);
});

it('a worker is dead five seconds after its polls went on for the last time', () => {
  const ends = looks([0, 100], [1_000, 900], [3_000, 900], [5_900, 900], [6_000, 900]);
  expect(ends).toEqual([false, true, true, true, false]);
});

it('a poll in a pause of the looks says nothing: the worker may have died since', () => {
  expect(looks([0, 100], [HOUR_MS, 60_000], [HOUR_MS + 1_000, 60_000])).toEqual([false, false, false]);
});

it('without any poll there is no worker', () => {
  expect(looks([0, 0], [1_000, 0])).toEqual([false, false]);
});
