import type { CapabilityRow } from '../store/inventory.ts';
import type { CapabilityStatus } from './wire.ts';

/**
 * How the inventory knows a capability. `changed` counts from what was accepted or, while nobody has looked, from what
 * came first: what nobody ever looked at can be exchanged too.
 */
export function statusOf(
  row: Pick<CapabilityRow, 'digest' | 'baseline_digest' | 'gone_at' | 'accepted_at'>,
): CapabilityStatus {
  if (row.gone_at !== null) return 'gone';
  if (row.digest !== row.baseline_digest) return 'changed';
  return row.accepted_at === null ? 'new' : 'accepted';
}
