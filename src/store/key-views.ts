import type { KeyView, PrincipalView } from '@gatehouse/sdk/contract';
import { isOver } from './key-changes.ts';
import { listKeys, type KeyEntry } from './keys.ts';
import type { Store } from './open.ts';
import { listPrincipals, LONGEST_CHAIN, type Principal } from './principals.ts';

/** Whether nobody is disabled who holds a key or is behind its holder. */
type MayAct = (name: string) => boolean;

/** Every key as it may be shown, the oldest first. */
export async function viewKeys(store: Store, now: number): Promise<KeyView[]> {
  const [keys, principals] = await Promise.all([listKeys(store), listPrincipals(store)]);
  const mayAct = ableAmong(principals);
  return keys.map((key) => toKeyView(key, now, mayAct));
}

/** A key as it may be shown. Without `mayAct` its holder is taken for able to act, as that of a key just made is. */
export function toKeyView(key: KeyEntry, now: number, mayAct: MayAct = () => true): KeyView {
  const { id: keyId, prefix, role, principal: name, team, tags, groups, scopes, madeBy, replacedBy } = key;
  return {
    ...{ keyId, prefix, role, name, team, tags, groups },
    scopes: scopes as KeyView['scopes'],
    madeAt: iso(key.createdAt),
    madeBy,
    lastUsedAt: isoOrNull(key.lastUsedAt),
    expiresAt: isoOrNull(key.expiresAt),
    revokedAt: isoOrNull(key.revokedAt),
    replacedBy,
    live: !isOver(key, now) && mayAct(name),
  };
}

/** Somebody as they may be shown. */
export function toPrincipalView(principal: Principal): PrincipalView {
  const { name, kind, owner, team, tags, environment, parent, createdAt, disabledAt } = principal;
  const view = { name, kind, owner, team, tags, environment, parent };
  return { ...view, knownSince: iso(createdAt), disabledAt: isoOrNull(disabledAt) };
}

function ableAmong(principals: readonly Principal[]): MayAct {
  const known = new Map(principals.map((principal) => [principal.name, principal]));
  return (name) => {
    let one = known.get(name);
    for (let steps = 0; one !== undefined && steps <= LONGEST_CHAIN; steps += 1) {
      if (one.disabledAt !== null) return false;
      one = one.parent === null ? undefined : known.get(one.parent);
    }
    return one === undefined;
  };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

function isoOrNull(at: number | null): string | null {
  return at === null ? null : iso(at);
}
