import type { ActivationRequest, PolicyState, PolicyVersionList, PolicyVersionView } from '@gatehouse/sdk/contract';
import type { Caller } from './gateway.ts';

/** What the routes of the policy call. Every method throws `GateProblem` for what it refuses. */
export interface PolicyGateway {
  state(caller: Caller): Promise<PolicyState>;
  versions(caller: Caller, options: { limit: number }): Promise<PolicyVersionList>;
  version(caller: Caller, digest: string): Promise<PolicyVersionView>;
  activate(caller: Caller, given: ActivationRequest): Promise<PolicyState>;
}
