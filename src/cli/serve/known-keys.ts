import { findKey, type KeyRecord } from '../../store/keys.ts';
import type { Store } from '../../store/open.ts';

/** A key that was revoked is refused after this time at the latest. */
const REMEMBERED_MS = 1_000;
const MOST = 1_000;

/**
 * Looks keys up in the store, and remembers for a second who holds one: an agent's calls come in quick succession, and the
 * look-up is a tenth of the gate's own time. A key that is not known is never remembered.
 */
export function createKeyLookup(store: Store): (token: string) => Promise<KeyRecord | null> {
  const remembered = new Map<string, { key: KeyRecord; until: number }>();
  return async (token) => {
    const known = remembered.get(token);
    if (known !== undefined && performance.now() < known.until) return known.key;
    const key = await findKey(store, token);
    remembered.delete(token);
    if (key === null) return null;
    if (remembered.size >= MOST) remembered.clear();
    remembered.set(token, { key, until: performance.now() + REMEMBERED_MS });
    return key;
  };
}
