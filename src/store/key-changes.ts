import type { JsonObject } from '@gatehouse/sdk/contract';
import type { EventKind } from '../audit/events.ts';
import type { Role } from '../access/roles.ts';
import { appendEvents } from './events.ts';
import { KEYS_RECORD, type Change } from './keys-record.ts';
import { insertKey, keyIdOf, newToken, readKey, type KeyEntry, type KeyFacts } from './keys.ts';
import { isNameOfAgent, isNameOfPerson } from './names.ts';
import type { Store } from './open.ts';
import { findPrincipal } from './principals.ts';

/** A key that was just made: its text is told here and never again. */
export interface MadeKey {
  token: string;
  key: KeyEntry;
}

/** Why no key is made. */
export type NotMade = 'name_of_agent' | 'name_of_person' | 'disabled';

/**
 * Makes a key, on record. A name is an agent's or a person's and never both, so that nobody reviews what a key of the same
 * name asks for (I5).
 */
export async function makeKey(
  store: Store,
  { role, principal, ...facts }: { role: Role; principal: string } & KeyFacts,
  { actor, at }: Change,
): Promise<MadeKey | NotMade> {
  const holder = await findPrincipal(store, principal);
  if (holder?.disabledAt != null) return 'disabled';
  if (role === 'agent' && (await isNameOfPerson(store, principal))) return 'name_of_person';
  if (role !== 'agent' && (await isNameOfAgent(store, principal))) return 'name_of_agent';
  const token = newToken(role);
  return store.db.transaction().execute(async (tx) => {
    await insertKey(tx, { token, role, principal, ...facts, madeBy: actor }, at);
    const key = await readKey(tx, keyIdOf(token));
    if (key === null) throw new Error(`The key ${keyIdOf(token)} was not written`);
    await appendEvents(tx, KEYS_RECORD, [entry('key_made', key, { actor, at }, {})]);
    return { token, key };
  });
}

/** Why a key is not rotated. */
export type NotRotated = 'not_found' | 'over' | 'replaced';

/**
 * Makes a key that takes another's place: of the same holder, with the same rights and as long a life. The old one goes on for
 * the overlap, in milliseconds, and ends by itself.
 */
export async function rotateKey(
  store: Store,
  id: string,
  overlapMs: number,
  { actor, at }: Change,
): Promise<MadeKey | NotRotated> {
  return store.db.transaction().execute(async (tx) => {
    const old = await readKey(tx, id);
    if (old === null) return 'not_found';
    if (isOver(old, at)) return 'over';
    const token = newToken(old.role);
    const ends = Math.min(old.expiresAt ?? Infinity, at + overlapMs);
    const { numUpdatedRows } = await tx
      .updateTable('keys')
      .set({ expires_at: ends, replaced_by: keyIdOf(token) })
      .where('id', '=', id)
      .where('replaced_by', 'is', null)
      .where('revoked_at', 'is', null)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return 'replaced';
    const { role, principal, team, tags, groups, scopes } = old;
    const expiresAt = old.expiresAt === null ? null : at + (old.expiresAt - old.createdAt);
    const made = { token, role, principal, team, tags, groups, scopes, expiresAt, madeBy: actor };
    await insertKey(tx, made, at);
    const key = await readKey(tx, keyIdOf(token));
    if (key === null) throw new Error(`The key ${keyIdOf(token)} was not written`);
    const data = { replaces: id, oldEndsAt: new Date(ends).toISOString() };
    await appendEvents(tx, KEYS_RECORD, [entry('key_rotated', key, { actor, at }, data)]);
    return { token, key };
  });
}

/** Revokes a key for good, by its id, on record. False when there is no such key or it was revoked before. */
export async function revokeKey(
  store: Store,
  id: string,
  { actor, at }: Change = { actor: 'operator', at: Date.now() },
): Promise<boolean> {
  return store.db.transaction().execute(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('keys')
      .set({ revoked_at: at })
      .where('id', '=', id)
      .where('revoked_at', 'is', null)
      .executeTakeFirst();
    const key = numUpdatedRows === 0n ? null : await readKey(tx, id);
    if (key === null) return false;
    await appendEvents(tx, KEYS_RECORD, [entry('key_revoked', key, { actor, at }, {})]);
    return true;
  });
}

/** Whether a key opens nothing any more. */
export function isOver({ revokedAt, expiresAt }: KeyEntry, at: number): boolean {
  return revokedAt !== null || (expiresAt !== null && expiresAt <= at);
}

/** What the record keeps of it: never its text. */
function entry(kind: EventKind, key: KeyEntry, { actor, at }: Change, more: JsonObject) {
  const { id, prefix, principal, role, expiresAt } = key;
  const ends = expiresAt === null ? null : new Date(expiresAt).toISOString();
  return { kind, key: `${kind}:${id}`, actor, at, data: { id, prefix, principal, role, expiresAt: ends, ...more } };
}
