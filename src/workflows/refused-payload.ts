/**
 * What stands in place of a payload that this gate did not encrypt for this workflow. An exception in its place would stop
 * the workflow for good: whoever can send it a message could then end an action by sending one that nobody can read.
 */
export interface RefusedPayload {
  gatehouseRefused: string;
}

/** The stand-in. `why` goes on record where the message that it came with does. */
export function refusedPayload(why: string): RefusedPayload {
  return { gatehouseRefused: why };
}

/** True for the stand-in, and for what says that it is one: neither is what was expected. */
export function isRefusedPayload(value: unknown): value is RefusedPayload {
  return typeof value === 'object' && value !== null && 'gatehouseRefused' in value;
}
