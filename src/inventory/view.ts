import type { PolicyInForce } from '../decide/judge.ts';
import type { ToolDefinition } from '../decide/tool-digest.ts';
import { partsOfCapabilityId } from '../store/capability-id.ts';
import type { CapabilityRow } from '../store/inventory.ts';
import type { Uses } from '../store/inventory-lists.ts';
import { differencesOf } from './differences.ts';
import { judgeCapability } from './judge-capability.ts';
import { statusOf } from './status.ts';
import type { Capability, CapabilityDetail } from './wire.ts';

/** Everything that is known of a capability before it is judged. */
export interface Known {
  id: string;
  /** Undefined for what only traffic shows. */
  row: CapabilityRow | undefined;
  definition: ToolDefinition | undefined;
  uses: Uses | undefined;
}

/** A capability as it is listed, with what the policy in force says of it. */
export async function capabilityView(
  { id, row, definition, uses }: Known,
  inForce: PolicyInForce,
): Promise<Capability> {
  const { server, name } = row ?? partsOfCapabilityId(id) ?? { server: id, name: id };
  const judgement = await judgeCapability(server, definition ?? { name }, inForce);
  const times = [row?.first_seen_at, row?.last_seen_at, uses?.firstAt, uses?.lastAt].filter((at) => at !== undefined);
  return {
    id,
    server,
    name,
    description: definition?.description ?? null,
    status: row === undefined ? 'new' : statusOf(row),
    origin: row === undefined ? 'traffic' : 'import',
    digest: row?.digest ?? null,
    classification: judgement.classification,
    riskScore: judgement.riskScore,
    severity: judgement.severity,
    riskFactors: judgement.riskFactors,
    outcome: judgement.outcome,
    rule: judgement.matchedRule,
    firstSeenAt: toTime(Math.min(...times)),
    lastSeenAt: toTime(Math.max(...times)),
    uses: uses?.count ?? 0,
    outcomes: uses?.byStatus ?? {},
    accepted:
      row?.accepted_at == null
        ? null
        : { by: row.accepted_by ?? '', at: toTime(row.accepted_at), reason: row.accept_reason ?? '' },
  };
}

/** The same with the whole definition, and where it differs from the one that was looked at. */
export async function capabilityDetail(
  known: Known,
  baseline: ToolDefinition | undefined,
  inForce: PolicyInForce,
): Promise<CapabilityDetail> {
  const { definition } = known;
  const differences = baseline === undefined || definition === undefined ? [] : differencesOf(baseline, definition);
  return { ...(await capabilityView(known, inForce)), definition: definition ?? null, differences };
}

/** Milliseconds since the epoch as ISO 8601. */
export function toTime(at: number): string {
  return new Date(Number.isFinite(at) ? at : 0).toISOString();
}
