// Loaded by `node --import` before the program: its wall clock is wrong from the start, or jumps when its parent says so. Only
// `Date` reads that clock; `performance.now()` and timers go on as they do when the clock of a machine is set.
import { isMainThread } from 'node:worker_threads';

const RightDate = Date;
let shiftMs = Number(process.env.TEST_CLOCK_SHIFT_MS ?? 0);

/** Sets the wall clock of this process so many milliseconds ahead of everybody else's, or behind. */
export function setClockShift(ms) {
  shiftMs = ms;
}

globalThis.Date = class extends RightDate {
  constructor(...given) {
    if (given.length === 0) super(RightDate.now() + shiftMs);
    else super(...given);
  }

  static now() {
    return super.now() + shiftMs;
  }
};

if (isMainThread && process.env.TEST_CLOCK_JUMPS === 'yes') {
  process.on('message', (message) => {
    setClockShift(message.clockShiftMs);
    process.send(message);
  });
  // The program ends as if nobody listened.
  process.channel.unref();
}
