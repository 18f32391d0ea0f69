import type { Classification, Confidence, Evidence, Operation, Reach, Sensitivity } from '@gatehouse/sdk/contract';
import type { TargetKind } from '@gatehouse/sdk/contract';
import { KINDS_BY_STRICTNESS } from './words.ts';

/** What one source makes of one part of a call. Sources add findings; the strictest of each kind is the answer. */
export interface Finding {
  operation?: Operation;
  targetKind?: TargetKind;
  environment?: Classification['environment'];
  destructive?: true;
  irreversible?: true;
  external?: true;
  reach?: Reach;
  sensitivity?: Sensitivity;
  /** How sure the source is of the operation that it names: `high` when it parsed code, `medium` for known names. */
  confidence?: Confidence;
  /**
   * The operation comes from a word that only says that something is handed over to be run (`execute_sql`, `bash`,
   * `http_request`). It counts as long as nothing has read in full what is handed over.
   */
  carrier?: true;
  /** The source has read what the call hands over, in full: its word replaces that of the carrier. */
  settles?: true;
  /** Which part of the call says so, e.g. `type` or `context.method`. */
  part: string;
  /** In words, for a person. */
  says: string;
  /** Where in that part, in UTF-16 units. */
  at?: { start: number; end: number };
}

// A source that says `unknown` has seen something that it cannot vouch for: that outweighs a claim to read or write.
const OPERATIONS: readonly Operation[] = ['delete', 'administer', 'execute', 'unknown', 'write', 'read'];
const KINDS: readonly TargetKind[] = [...KINDS_BY_STRICTNESS, 'unknown'];
const ENVIRONMENTS: readonly Classification['environment'][] = ['production', 'unknown', 'staging', 'development'];
const REACHES: readonly Reach[] = ['all', 'many', 'one'];
const CONFIDENCES: readonly Confidence[] = ['high', 'medium', 'low'];
const MAX_EVIDENCE = 20;

/** The classification that a set of findings amounts to: of each kind the strictest, `unknown` where nothing was found. */
export function strictest(all: readonly Finding[]): Classification {
  const findings = withoutSettled(all);
  const operation = first(OPERATIONS, findings, (finding) => finding.operation) ?? 'unknown';
  const environment = first(ENVIRONMENTS, findings, (finding) => finding.environment) ?? 'unknown';
  const sensitivity = new Set(findings.flatMap((finding) => finding.sensitivity ?? []));
  if (environment === 'production') sensitivity.add('production');
  const destructive = findings.some((finding) => finding.destructive);
  const decisive = findings.filter((finding) => finding.operation === operation);
  return {
    operation,
    targetKind: first(KINDS, findings, (finding) => finding.targetKind) ?? 'unknown',
    environment,
    destructive,
    reversible: operation !== 'unknown' && !destructive && !findings.some((finding) => finding.irreversible),
    external: findings.some((finding) => finding.external),
    reach: first(REACHES, findings, (finding) => finding.reach) ?? 'unknown',
    sensitivity: [...sensitivity].sort(),
    confidence: operation === 'unknown' ? 'low' : (first(CONFIDENCES, decisive, (f) => f.confidence) ?? 'low'),
    evidence: evidenceOf(findings, operation),
  };
}

/**
 * Leaves out carriers that something has read in full: those of names as soon as anything has, those of an argument when it
 * is that argument which was read, so that a `sql` that was read says nothing for the `command` beside it.
 */
function withoutSettled(all: readonly Finding[]): readonly Finding[] {
  const settled = all.flatMap((finding) => (finding.settles ? [finding.part] : []));
  if (settled.length === 0) return all;
  return all.filter(({ carrier, part }) => {
    if (carrier !== true) return true;
    return part.startsWith('context') && !settled.some((place) => isWithin(place, part) || isWithin(part, place));
  });
}

/** Whether a part is another one or stands in it: `context.steps[0].sql` in `context.steps`, not in `context.step`. */
function isWithin(part: string, whole: string): boolean {
  return part.startsWith(whole) && (part.length === whole.length || /[.[]/.test(part.charAt(whole.length)));
}

/** What decided the operation comes first; the rest keeps the order of the sources. */
function evidenceOf(findings: readonly Finding[], operation: Operation): Evidence[] {
  const decides = (finding: Finding): number => (finding.operation === operation ? 0 : 1);
  // One word is often a verb and the name of a kind at once: it is shown once.
  const shown = new Map<string, Evidence>();
  for (const { part, says, at } of [...findings].sort((a, b) => decides(a) - decides(b))) {
    const key = `${part}\n${says}\n${String(at?.start)}`;
    if (!shown.has(key)) shown.set(key, at === undefined ? { part, says } : { part, says, at });
    if (shown.size >= MAX_EVIDENCE) break;
  }
  return [...shown.values()];
}

function first<T extends string>(
  order: readonly T[],
  findings: readonly Finding[],
  pick: (finding: Finding) => T | undefined,
): T | undefined {
  let best = order.length;
  for (const finding of findings) {
    const value = pick(finding);
    if (value === undefined) continue;
    const rank = order.indexOf(value);
    if (rank >= 0 && rank < best) best = rank;
  }
  return order[best];
}
