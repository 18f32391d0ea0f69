/** Milliseconds of the machine's monotonic clock, which all processes share, so that times of two of them compare. */
export function now(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
