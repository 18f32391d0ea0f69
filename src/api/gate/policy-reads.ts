import type { Activation, Loosening, PolicyState, PolicyVersionList, PolicyVersionView } from '@gatehouse/sdk/contract';
import { GateProblem } from '../../decide/problem.ts';
import { formatProblem } from '../../policy/index.ts';
import { listActivations, type ActivationRow } from '../../store/activations.ts';
import { findPolicyVersions, listPolicyVersions, type PolicyVersionRow } from '../../store/policy-versions.ts';
import type { Caller } from '../gateway.ts';
import { permit } from '../permit.ts';
import type { GatewayDeps } from './deps.ts';

/** How many activations are told of at most. */
const MOST_ACTIVATIONS = 200;

/** What is in force now, and where it comes from. */
export function policyState(deps: GatewayDeps, caller: Caller): Promise<PolicyState> {
  permit(caller, 'policy.read.any');
  const { policies } = deps;
  const [inForce, folder, activation] = [policies.current(), policies.folder(), policies.activation()];
  return Promise.resolve({
    ok: inForce.ok,
    digest: inForce.ok ? inForce.policy.digest : inForce.digest,
    says: inForce.ok ? null : inForce.reason,
    rules: inForce.ok ? inForce.policy.rules.length : 0,
    pinned: activation?.pinned === 1,
    activation: activation === undefined ? null : toActivation(activation),
    folder: {
      digest: folder.ok ? folder.policy.digest : null,
      problems: policies.problems().map(formatProblem),
    },
  });
}

/** The policies that were ever in force here, and the activations, newest first. */
export async function policyVersions(
  deps: GatewayDeps,
  caller: Caller,
  { limit }: { limit: number },
): Promise<PolicyVersionList> {
  permit(caller, 'policy.read.any');
  const [versions, activations] = await Promise.all([
    listPolicyVersions(deps.store, limit),
    listActivations(deps.store, limit),
  ]);
  return {
    versions: versions.map((row) => toVersion(deps, row)),
    activations: activations.map(toActivation),
  };
}

/** One policy with its text, by its digest or the beginning of that. */
export async function policyVersion(deps: GatewayDeps, caller: Caller, digest: string): Promise<PolicyVersionView> {
  permit(caller, 'policy.read.any');
  const row = await findVersion(deps, digest);
  const activations = await listActivations(deps.store, MOST_ACTIVATIONS, row.digest);
  return { ...toVersion(deps, row), text: row.text, activations: activations.map(toActivation) };
}

/** The stored policy that a digest, or its beginning, names. */
export async function findVersion({ store }: GatewayDeps, digest: string): Promise<PolicyVersionRow> {
  const [found, ...others] = await findPolicyVersions(store, digest);
  if (found === undefined) {
    throw new GateProblem('not_found', `No policy of the digest ${digest} was ever in force here.`, { digest });
  }
  if (others.length === 0) return found;
  throw new GateProblem('invalid_request', `Several digests begin with ${digest}.`, {}, [
    { field: 'digest', problem: 'names several policies', fix: 'give more of its digits' },
  ]);
}

function toVersion(deps: GatewayDeps, row: Pick<PolicyVersionRow, 'digest' | 'first_seen_at'>) {
  const inForce = deps.policies.current();
  return {
    digest: row.digest,
    firstSeenAt: new Date(row.first_seen_at).toISOString(),
    inForce: inForce.ok && inForce.policy.digest === row.digest,
  };
}

function toActivation({ seq, digest, previous, pinned, actor, reason, at, loosened_json }: ActivationRow): Activation {
  return {
    seq,
    digest,
    previous,
    pinned: pinned === 1,
    by: actor,
    reason,
    at: new Date(at).toISOString(),
    loosened: JSON.parse(loosened_json) as Loosening[],
  };
}
