import type { GrantList, GrantView } from '@gatehouse/sdk/contract';
import type { Caller } from './gateway.ts';

export interface GrantListOptions {
  agent?: string | undefined;
  /** true: only what can still be used; false: only what cannot. */
  live?: boolean | undefined;
  limit: number;
  cursor?: string | undefined;
}

/** The standing permissions, as the routes call for them. Reviewers and admins only. */
export interface GrantsGateway {
  list(caller: Caller, options: GrantListOptions): Promise<GrantList>;
  /** One with what happened to it. */
  show(caller: Caller, grantId: string): Promise<GrantView>;
  /** Takes it back; what it permitted until then stands. Refused where somebody took it back before. */
  revoke(caller: Caller, grantId: string, reason: string): Promise<GrantView>;
}
