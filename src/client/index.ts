/** For agents inside the trust zone: the gate over a Temporal client. */
export { actionIdFor } from './action-id.ts';
export { TemporalAgent } from './agent.ts';
export type { TemporalAgentOptions, TemporalCallOptions } from './agent.ts';
export { TemporalGate } from './temporal-gate.ts';
