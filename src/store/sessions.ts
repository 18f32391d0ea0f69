import { createHash, randomBytes } from 'node:crypto';
import type { Store } from './open.ts';
import type { SessionsTable } from './session-tables.ts';

/** A working day: after it a person signs in again, whatever they did meanwhile. */
const SESSION_MS = 8 * 3_600_000;
/** Long enough to change from the terminal to the browser. */
const LINK_MS = 15 * 60_000;

/** What a browser holds, in the clear: given out once, and stored as a hash. */
export interface Opened {
  token: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

/** Opens a session for the holder of a key. Each sign-in has its own, so that nobody can be made to use a known one. */
export async function openSession(store: Store, keyId: string, now: number): Promise<Opened> {
  // What is over for good is of no use to anybody; a sign-in is the moment to clear it away.
  await store.db.deleteFrom('sessions').where('expires_at', '<', now).execute();
  return add(store, 'session', keyId, now, SESSION_MS);
}

/** The key whose holder is signed in with this token, or null when nobody is, any more. */
export async function findSession(store: Store, token: string, now: number): Promise<string | null> {
  const row = await store.db
    .selectFrom('sessions')
    .select('key_id')
    .where('id', '=', hashOf(token))
    .where('kind', '=', 'session')
    .where('ended_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return row?.key_id ?? null;
}

/** Signs out: the token is worth nothing from now on, also in a copy. */
export async function endSession(store: Store, token: string, now: number): Promise<void> {
  await end(store, 'session', token, now);
}

/** Makes a token for a link that signs the holder of a key in, once and soon. */
export async function makeLink(store: Store, keyId: string, now: number): Promise<Opened> {
  return add(store, 'link', keyId, now, LINK_MS);
}

/** Uses a link up. The key whose holder it signs in, or null when it is unknown, too old or used. */
export async function takeLink(store: Store, token: string, now: number): Promise<string | null> {
  const row = await store.db
    .selectFrom('sessions')
    .select('key_id')
    .where('id', '=', hashOf(token))
    .where('kind', '=', 'link')
    .executeTakeFirst();
  return row !== undefined && (await end(store, 'link', token, now)) ? row.key_id : null;
}

async function add(
  store: Store,
  kind: SessionsTable['kind'],
  keyId: string,
  now: number,
  lifetimeMs: number,
): Promise<Opened> {
  const token = randomBytes(32).toString('base64url');
  const expiresAt = now + lifetimeMs;
  await store.db
    .insertInto('sessions')
    .values({ id: hashOf(token), kind, key_id: keyId, created_at: now, expires_at: expiresAt, ended_at: null })
    .execute();
  return { token, expiresAt };
}

/** One statement, so that of two who come at once one is first. */
async function end(store: Store, kind: SessionsTable['kind'], token: string, now: number): Promise<boolean> {
  const { numUpdatedRows } = await store.db
    .updateTable('sessions')
    .set({ ended_at: now })
    .where('id', '=', hashOf(token))
    .where('kind', '=', kind)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
