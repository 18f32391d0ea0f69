import type { Classification, Operation, TargetKind } from '@gatehouse/sdk/contract';
import { KINDS_BY_STRICTNESS } from './words.ts';

/** What one source makes of one part of a call. Sources add findings; the strictest of each kind is the answer. */
export interface Finding {
  operation?: Operation;
  targetKind?: TargetKind;
  environment?: Classification['environment'];
  /** Which part of the call says so, e.g. `type` or `context.method`. */
  part: string;
  /** In words, for a person. */
  says: string;
}

// A source that says `unknown` has seen something that it cannot vouch for: that outweighs a claim to read or write.
const OPERATIONS: readonly Operation[] = ['delete', 'administer', 'execute', 'unknown', 'write', 'read'];
const KINDS: readonly TargetKind[] = [...KINDS_BY_STRICTNESS, 'unknown'];
const ENVIRONMENTS: readonly Classification['environment'][] = ['production', 'unknown', 'staging', 'development'];

/** The classification that a set of findings amounts to: of each kind the strictest, `unknown` where nothing was found. */
export function strictest(findings: readonly Finding[]): Classification {
  return {
    operation: first(OPERATIONS, findings, (finding) => finding.operation),
    targetKind: first(KINDS, findings, (finding) => finding.targetKind),
    environment: first(ENVIRONMENTS, findings, (finding) => finding.environment),
  };
}

function first<T extends string>(
  order: readonly T[],
  findings: readonly Finding[],
  pick: (finding: Finding) => T | undefined,
): T | 'unknown' {
  let best = order.length;
  for (const finding of findings) {
    const value = pick(finding);
    if (value === undefined) continue;
    const rank = order.indexOf(value);
    if (rank < best) best = rank;
  }
  return order[best] ?? 'unknown';
}
