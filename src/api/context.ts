import type { Logger } from 'pino';
import type { Admission } from './admission.ts';
import type { WithCaller } from './authentication.ts';
import type { Gateway } from './gateway.ts';
import type { Waits } from './waits.ts';

/** What the resources are built on. */
export interface ApiContext {
  gateway: Gateway;
  admission: Admission;
  withCaller: WithCaller;
  waits: Waits;
  logger: Logger;
  version: string;
}
