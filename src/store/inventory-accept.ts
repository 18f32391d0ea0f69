import type { CapabilityRow } from './inventory.ts';
import { chunks } from './inventory.ts';
import type { Store } from './open.ts';

/** What somebody has looked at: the capability, and the digest of what they were shown. */
export interface Looked {
  id: string;
  digest: string;
}

export type Accepted =
  { ok: true; accepted: string[]; removed: string[] } | { ok: false; why: 'not_found' | 'digest_mismatch'; id: string };

/**
 * Takes what the capabilities are now for what was looked at; one that is gone leaves the inventory. All of them or none:
 * one that changed since it was shown (another digest) stops it.
 */
export async function acceptCapabilities(
  store: Store,
  looked: readonly Looked[],
  by: { actor: string; reason: string; at: number },
): Promise<Accepted> {
  const { actor, reason, at } = by;
  return store.db.transaction().execute(async (tx) => {
    const rows = new Map<string, CapabilityRow>();
    for (const some of chunks(looked)) {
      const ids = some.map(({ id }) => id);
      const found = tx.selectFrom('capabilities').selectAll().where('id', 'in', ids);
      // Against an import that commits in between; SQLite has one writer anyway.
      for (const row of await (store.kind === 'postgres' ? found.forUpdate() : found).execute()) rows.set(row.id, row);
    }
    const accepted: CapabilityRow[] = [];
    const removed: CapabilityRow[] = [];
    for (const { id, digest } of looked) {
      const row = rows.get(id);
      if (row === undefined) return { ok: false, why: 'not_found', id };
      if (row.digest !== digest) return { ok: false, why: 'digest_mismatch', id };
      (row.gone_at === null ? accepted : removed).push(row);
    }
    for (const { id, digest } of accepted) {
      await tx
        .updateTable('capabilities')
        .set({ baseline_digest: digest, accepted_at: at, accepted_by: actor, accept_reason: reason })
        .where('id', '=', id)
        .where('digest', '=', digest)
        .execute();
    }
    for (const some of chunks(removed)) {
      const ids = some.map(({ id }) => id);
      await tx.deleteFrom('capabilities').where('id', 'in', ids).execute();
    }
    for (const server of new Set([...accepted, ...removed].map((row) => row.server))) {
      const those = (some: readonly CapabilityRow[]): { id: string; digest: string; was: string }[] =>
        some
          .filter((row) => row.server === server)
          .map(({ id, digest, baseline_digest: was }) => ({ id, digest, was }));
      const data_json = JSON.stringify({ reason, accepted: those(accepted), removed: those(removed) });
      await tx.insertInto('inventory_events').values({ kind: 'accepted', server, actor, at, data_json }).execute();
    }
    return { ok: true, accepted: accepted.map(({ id }) => id), removed: removed.map(({ id }) => id) };
  });
}
