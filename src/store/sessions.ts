import { createHash, randomBytes } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { Store } from './open.ts';
import type { SessionsTable } from './session-tables.ts';

const MINUTE_MS = 60_000;
/** A working day: after it a person signs in again, whatever they did meanwhile. */
const SESSION_MS = 8 * 60 * MINUTE_MS;
/** A session of which nobody has made use for so long is over. */
const IDLE_MS = 60 * MINUTE_MS;
/** Long enough to change from the terminal to the browser. */
const LINK_MS = 15 * MINUTE_MS;

/** What a browser holds, in the clear: given out once, and stored as a hash. */
export interface Opened {
  token: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

/** Whose session it is: the holder of a key, or a person of the provider. */
export type SessionHolder =
  | { via: 'key' | 'link'; keyId: string }
  | {
      via: 'oidc';
      /** The name in `people`. */
      person: string;
      groups: readonly string[];
      /** Tells the provider whom to sign out. */
      idToken: string | null;
      /** When they last proved who they are, in milliseconds since the epoch; 0 where the provider does not say. */
      authenticatedAt: number;
    };

export type SessionRow = Pick<
  Selectable<SessionsTable>,
  'id' | 'via' | 'key_id' | 'person' | 'groups_json' | 'authenticated_at'
>;

/**
 * Opens a session. Each sign-in has its own, so that nobody can be made to use a known one. `draft` is what was being typed
 * when the sign-in was asked for.
 */
export async function openSession(
  store: Store,
  holder: SessionHolder,
  now: number,
  draft: string | null = null,
): Promise<Opened> {
  // What is over for good is of no use to anybody; a sign-in is the moment to clear it away.
  await store.db.deleteFrom('sessions').where('expires_at', '<', now).execute();
  return add(store, 'session', holder, now, SESSION_MS, draft);
}

/**
 * Who is signed in with this token, or null when nobody is, any more. `isUse` says whether its holder does something, which
 * keeps a session from ending for want of use; a page that looks by itself does not.
 */
export async function findSession(
  store: Store,
  token: string,
  now: number,
  isUse: boolean,
): Promise<SessionRow | null> {
  const row = await store.db
    .selectFrom('sessions')
    .select(['id', 'via', 'key_id', 'person', 'groups_json', 'authenticated_at', 'seen_at'])
    .where('id', '=', sessionIdOf(token))
    .where('kind', '=', 'session')
    .where('ended_at', 'is', null)
    .where('expires_at', '>', now)
    .where('seen_at', '>', now - IDLE_MS)
    .executeTakeFirst();
  if (row === undefined) return null;
  if (isUse && row.seen_at <= now - MINUTE_MS) {
    await store.db.updateTable('sessions').set({ seen_at: now }).where('id', '=', row.id).execute();
  }
  return row;
}

/** Signs out: the token is worth nothing from now on, also in a copy. What tells the provider whom to sign out, or null. */
export async function endSession(store: Store, token: string, now: number): Promise<string | null> {
  const id = sessionIdOf(token);
  const row = await store.db.selectFrom('sessions').select('id_token').where('id', '=', id).executeTakeFirst();
  return (await end(store, 'session', id, now)) ? (row?.id_token ?? null) : null;
}

/** The same by what is stored of the token, for whoever has seen the session but not its token. */
export async function endSessionById(store: Store, id: string, now: number): Promise<void> {
  await end(store, 'session', id, now);
}

/** What was being typed when this session's sign-in was asked for, once; null where there is nothing. */
export async function takeDraft(store: Store, token: string): Promise<string | null> {
  const id = sessionIdOf(token);
  const row = await store.db
    .selectFrom('sessions')
    .select('draft_json')
    .where('id', '=', id)
    .where('draft_json', 'is not', null)
    .executeTakeFirst();
  if (row === undefined) return null;
  await store.db.updateTable('sessions').set({ draft_json: null }).where('id', '=', id).execute();
  return row.draft_json;
}

/** Makes a token for a link that signs the holder of a key in, once and soon. */
export async function makeLink(store: Store, keyId: string, now: number): Promise<Opened> {
  return add(store, 'link', { via: 'link', keyId }, now, LINK_MS, null);
}

/** Uses a link up. The key whose holder it signs in, or null when it is unknown, too old or used. */
export async function takeLink(store: Store, token: string, now: number): Promise<string | null> {
  const id = sessionIdOf(token);
  const row = await store.db
    .selectFrom('sessions')
    .select('key_id')
    .where('id', '=', id)
    .where('kind', '=', 'link')
    .executeTakeFirst();
  return row !== undefined && (await end(store, 'link', id, now)) ? row.key_id : null;
}

async function add(
  store: Store,
  kind: SessionsTable['kind'],
  holder: SessionHolder,
  now: number,
  lifetimeMs: number,
  draft: string | null,
): Promise<Opened> {
  const token = randomBytes(32).toString('base64url');
  const expiresAt = now + lifetimeMs;
  const ofPerson = holder.via === 'oidc' ? holder : undefined;
  await store.db
    .insertInto('sessions')
    .values({
      id: sessionIdOf(token),
      kind,
      via: holder.via,
      key_id: holder.via === 'oidc' ? null : holder.keyId,
      person: ofPerson?.person ?? null,
      groups_json: ofPerson === undefined ? null : JSON.stringify(ofPerson.groups),
      id_token: ofPerson?.idToken ?? null,
      draft_json: draft,
      authenticated_at: ofPerson?.authenticatedAt ?? now,
      created_at: now,
      seen_at: now,
      expires_at: expiresAt,
      ended_at: null,
    })
    .execute();
  return { token, expiresAt };
}

/** One statement, so that of two who come at once one is first. What it held of its holder goes with it. */
async function end(store: Store, kind: SessionsTable['kind'], id: string, now: number): Promise<boolean> {
  const { numUpdatedRows } = await store.db
    .updateTable('sessions')
    .set({ ended_at: now, id_token: null, draft_json: null })
    .where('id', '=', id)
    .where('kind', '=', kind)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** What is stored of a token. */
export function sessionIdOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
