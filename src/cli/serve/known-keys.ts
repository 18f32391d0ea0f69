import type { Caller } from '../../api/gateway.ts';
import { findKey, noteUse, type LiveKey } from '../../store/keys.ts';
import type { Store } from '../../store/open.ts';

/** A key that was revoked is refused within a second: what the look-up itself takes is left of it. */
const REMEMBERED_MS = 900;
const MOST = 1_000;
/** When a key was used last is told to the minute. */
const NOTED_EVERY_MS = 60_000;

/**
 * Looks keys up in the store, and remembers for less than a second who holds one: an agent's calls come in quick succession,
 * and the look-up is a tenth of the gate's own time. A key that is not known is never remembered. That it was used is put
 * down beside the call, which does not wait for it.
 */
export function createKeyLookup(store: Store): (token: string) => Promise<Caller | null> {
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
    const asked = performance.now();
    const known = remembered.get(token);
    if (known !== undefined && asked < known.until && Date.now() < known.expiresAt) return known.caller;
    const key = await findKey(store, token);
    remembered.delete(token);
    if (key === null) return null;
    if (remembered.size >= MOST) remembered.clear();
    // Counted from before the store was asked: the answer is as old as that.
    const caller = toCaller(key);
    remembered.set(token, { caller, expiresAt: key.expiresAt ?? Infinity, until: asked + REMEMBERED_MS });
    note(key.id, Date.now());
    return caller;
  };
}

function toCaller({ principal, role, team, tags, groups, owner, environment, chain, scopes }: LiveKey): Caller {
  return { principal, role, team, tags, groups, owner, environment, chain, scopes, via: 'key' };
}
