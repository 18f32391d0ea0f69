import type { ExecutorRegistry } from '../../activities/executors/registry.ts';
import type { VerdictSigner } from '../../audit/verdict-signature.ts';
import type { TemporalGate } from '../../client/temporal-gate.ts';
import type { DecideDeps } from '../../decide/deps.ts';
import type { PolicyHolder } from '../../decide/policy-in-force.ts';

/** What the gateway needs: the shared steps, the workflows, and what it alone holds. */
export interface GatewayDeps extends DecideDeps {
  policies: PolicyHolder;
  temporal: TemporalGate;
  executors: ExecutorRegistry;
  signer: VerdictSigner;
  permitSeconds: number;
  leaseSeconds: number;
  /** How many questions of one agent may wait for people; 0, or left out, for any number. */
  maxPendingPerAgent?: number;
  /** How old a sign-in may be for what needs a recent one, in milliseconds; 15 minutes where it is left out. */
  stepUpMs?: number;
}
