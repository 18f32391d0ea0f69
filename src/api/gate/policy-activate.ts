import { randomUUID } from 'node:crypto';
import type { ActivationRequest, Loosening, PolicyState } from '@gatehouse/sdk/contract';
import { loosenedBy } from '../../decide/policy-in-force.ts';
import { GateProblem } from '../../decide/problem.ts';
import { formatProblem, policyFromText, type Policy } from '../../policy/index.ts';
import { recordEvents } from '../../store/actions.ts';
import { appendActivation, POLICY_RECORD, type ActivationRow } from '../../store/activations.ts';
import { keepPolicyVersion } from '../../store/policy-versions.ts';
import type { Caller } from '../gateway.ts';
import { isPermitted, notPermitted, permit } from '../permit.ts';
import type { GatewayDeps } from './deps.ts';
import { findVersion, policyState } from './policy-reads.ts';

/** How often it is tried again when somebody else activates at the same moment. */
const ATTEMPTS = 3;

/**
 * Brings another policy into force, with who and why on record: a stored one is pinned for all processes, or the pin is
 * lifted. What it loosens has to be allowed in so many words, and is on record too (F23).
 *
 * INVARIANT: only who has the permission changes the policy. Whoever else tries is refused, and that is on record.
 */
export async function activatePolicy(
  deps: GatewayDeps,
  caller: Caller,
  given: ActivationRequest,
): Promise<PolicyState> {
  if (!isPermitted(caller, 'policy.activate')) {
    const data = { what: 'activation', code: 'forbidden', reason: given.reason };
    const actor = `${caller.role}:${caller.principal}`;
    const key = `refused:activation:${randomUUID()}`;
    await recordEvents(deps.store, POLICY_RECORD, [{ kind: 'refused_attempt', key, actor, at: deps.now(), data }]);
    throw notPermitted(caller, 'policy.activate');
  }
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    // What holds by the store is what it is compared with, and not what this process has heard of last.
    await deps.policies.reload();
    const last = deps.policies.activation();
    const { policy, pinned } = await wanted(deps, given, last);
    const loosened = loosenedBy(deps.policies.current(), policy);
    if (loosened.length > 0 && given.loosens !== true) throw loosensPolicy(loosened);
    if (loosened.length > 0) permit(caller, 'policy.loosen');
    await keepPolicyVersion(deps.store, policy.digest, policy.text);
    const actor = `${caller.role}:${caller.principal}`;
    const activation = { digest: policy.digest, pinned, actor, reason: given.reason, at: deps.now(), loosened };
    if ((await appendActivation(deps.store, activation, last)) !== undefined) {
      await deps.policies.reload();
      return policyState(deps, caller);
    }
  }
  throw new GateProblem(
    'unavailable',
    'Others changed the policy at the same time, so nothing was changed. Try again.',
  );
}

async function wanted(
  deps: GatewayDeps,
  { digest, folder }: ActivationRequest,
  last: ActivationRow | undefined,
): Promise<{ policy: Policy; pinned: boolean }> {
  if (folder === true) {
    const files = deps.policies.folder();
    if (files.ok && deps.policies.problems().length === 0) return { policy: files.policy, pinned: false };
    const why = deps.policies.problems().map(formatProblem)[0] ?? 'there is none';
    throw unusable('folder', `The policy of the folder cannot be used (${why})`, 'mend the files first');
  }
  const stored = digest ?? last?.previous ?? undefined;
  if (stored === undefined) throw unusable('rollback', 'There is no policy before this one', 'name a digest');
  const version = await findVersion(deps, stored);
  const parsed = policyFromText(version.text);
  if (parsed.ok && parsed.policy.digest === version.digest) return { policy: parsed.policy, pinned: true };
  const why = parsed.ok ? 'its rules have another meaning here' : (parsed.problems.map(formatProblem)[0] ?? '');
  throw unusable('digest', `This version of Gatehouse cannot use that policy (${why})`, 'use its files, mended');
}

function unusable(field: string, problem: string, fix: string): GateProblem {
  return new GateProblem('invalid_request', `${problem}: ${fix}.`, {}, [{ field: `/${field}`, problem, fix }]);
}

function loosensPolicy(loosened: readonly Loosening[]): GateProblem {
  const [first] = loosened;
  const more = loosened.length > 1 ? ` and ${String(loosened.length - 1)} more, see errors` : '';
  const detail = `That loosens the policy (${first?.says ?? ''}${more}), so nothing was changed. Say loosens: true if it is meant.`;
  const errors = loosened.map(({ says }) => ({ field: '/loosens', problem: says, fix: 'say true if it is meant' }));
  return new GateProblem('loosens_policy', detail, { loosened: loosened.length }, errors);
}
