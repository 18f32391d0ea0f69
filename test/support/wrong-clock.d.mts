/** Sets the wall clock of this process so many milliseconds ahead of everybody else's, or behind. */
export function setClockShift(ms: number): void;
