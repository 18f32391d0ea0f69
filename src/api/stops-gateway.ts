import type {
  LiftStopRequest,
  StopList,
  StoppedActionList,
  StopScope,
  StopView,
  ThrowStopRequest,
} from '@gatehouse/sdk/contract';
import type { Caller } from './gateway.ts';

export interface StopListOptions {
  /** true: only those in force; false: only those that were lifted. */
  inForce?: boolean | undefined;
  limit: number;
  cursor?: string | undefined;
}

export interface StoppedListOptions {
  /** true: only what was running already; false: only what never runs. */
  running?: boolean | undefined;
  limit: number;
  cursor?: string | undefined;
}

/** A stop in force, as this process knows it: what a banner says. */
export interface StopNotice {
  stopId: string;
  scope: StopScope;
  value: string | null;
  reason: string;
  thrownBy: string;
  thrownAt: string;
}

/** The emergency stops, as the routes call for them. */
export interface StopsGateway {
  /**
   * Throws one, and answers when nothing that it covers starts any more. Who threw the same one before, and has not lifted it,
   * is answered with that one, so that a repeat is harmless.
   */
  throw(caller: Caller, given: ThrowStopRequest): Promise<StopView>;
  list(caller: Caller, options: StopListOptions): Promise<StopList>;
  /** One with who threw and lifted it, and what is left of what it covers, counted now. */
  show(caller: Caller, stopId: string): Promise<StopView>;
  /** What it has met. */
  actions(caller: Caller, stopId: string, options: StoppedListOptions): Promise<StoppedActionList>;
  /** Lifts it; what it ended stays ended. Refused where somebody else lifted it before. */
  lift(caller: Caller, stopId: string, given: LiftStopRequest): Promise<StopView>;
  /** What is in force, without a look into the store: at most half a second old. */
  inForce(): StopNotice[];
}
