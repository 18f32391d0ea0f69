import { REMEMBERED_MS } from '../../access/revocation.ts';
import type { Caller } from '../../api/gateway.ts';
import { findKey, hashKey, noteUse, type LiveKey } from '../../store/keys.ts';
import type { Store } from '../../store/open.ts';

const MOST = 1_000;
/** When a key was used last is told to the minute. */
const NOTED_EVERY_MS = 60_000;

/**
 * Looks keys up in the store, and remembers for less than a second who holds one: an agent's calls come in quick succession,
 * and the look-up is a tenth of the gate's own time. A key that is not known is never remembered. That it was used is put
 * down beside the call, which does not wait for it. What is remembered is kept under the hash of the key: how long a look takes
 * tells nothing of a key, and neither does the memory of the process.
 *
 * @param clock milliseconds that only go forward
 */
export function createKeyLookup(
  store: Store,
  clock: () => number = () => performance.now(),
): (token: string) => Promise<Caller | null> {
  const remembered = new Map<string, { caller: Caller; expiresAt: number; until: number }>();
  const noted = new Map<string, number>();

  const note = (id: string, now: number): void => {
    if (now - (noted.get(id) ?? 0) < NOTED_EVERY_MS) return;
    if (noted.size >= MOST) noted.clear();
    noted.set(id, now);
    // What is lost here is a minute of "last used", of a store that has more to say about its trouble elsewhere.
    noteUse(store, id, now, NOTED_EVERY_MS).catch(() => undefined);
  };

  return async (token) => {
    const asked = clock();
    const hash = hashKey(token);
    const known = remembered.get(hash);
    if (known !== undefined && asked < known.until && Date.now() < known.expiresAt) return known.caller;
    const key = await findKey(store, token);
    remembered.delete(hash);
    if (key === null) return null;
    if (remembered.size >= MOST) remembered.clear();
    // Counted from before the store was asked: the answer is as old as that.
    const caller = toCaller(key);
    remembered.set(hash, { caller, expiresAt: key.expiresAt ?? Infinity, until: asked + REMEMBERED_MS });
    note(key.id, Date.now());
    return caller;
  };
}

function toCaller({ principal, role, team, tags, groups, owner, environment, chain, scopes }: LiveKey): Caller {
  return { principal, role, team, tags, groups, owner, environment, chain, scopes, via: 'key' };
}
