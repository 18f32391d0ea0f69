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
}
