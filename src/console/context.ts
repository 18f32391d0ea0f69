import type { ApiContext } from '../api/context.ts';
import type { SignIns } from './session/sign-ins.ts';
import type { Visits } from './session/visits.ts';

/** What the pages are built on: the gateway that the API has too, so that there is no second door. */
export interface ConsoleContext extends Pick<ApiContext, 'gateway' | 'waits' | 'logger'> {
  signIns: SignIns;
  visits: Visits;
}
