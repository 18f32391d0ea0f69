/**
 * The moments at which calls are due, in milliseconds from the beginning: a Poisson process, as independent agents make
 * one. The same seed gives the same moments, so that two shapes meet the same bursts.
 */
export function arrivals(rate: number, seconds: number, seed: number): number[] {
  const random = generator(seed);
  const due: number[] = [];
  for (let at = 0; ;) {
    at += (-Math.log(1 - random()) / rate) * 1000;
    if (at >= seconds * 1000) return due;
    due.push(at);
  }
}

/** mulberry32: small, and even enough for arrivals. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
