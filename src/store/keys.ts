import { createHash, randomBytes } from 'node:crypto';
import type { Selectable, Transaction } from 'kysely';
import type { Role } from '../access/roles.ts';
import type { Scopes } from '../access/scopes.ts';
import type { Db, Store } from './open.ts';
import { findPrincipal, knowPrincipal } from './principals.ts';
import type { KeysTable, Tables } from './schema.ts';

export interface KeyRecord {
  id: string;
  prefix: string;
  principal: string;
  role: Role;
  /** The team that answers for its holder. */
  team: string | null;
  /** Labels that rules may match. */
  tags: string[];
  /** The groups that its holder belongs to, for the terms of approvals. */
  groups: string[];
  /** What it is narrowed to; null where it may do all that its role may. */
  scopes: Scopes | null;
  /** From when on it is not known any more, in milliseconds since the epoch; null for never. */
  expiresAt: number | null;
}

/** A key that holds, with what is known of who holds it. */
export interface LiveKey extends KeyRecord {
  owner: string | null;
  environment: string | null;
  /** On whose behalf an agent acts: its parent first, then that one's. */
  chain: string[];
}

/** What may be known of a key beside its holder's name. */
export interface KeyFacts {
  team?: string | null | undefined;
  tags?: readonly string[] | undefined;
  groups?: readonly string[] | undefined;
  scopes?: Scopes | null | undefined;
  /** Milliseconds since the epoch. */
  expiresAt?: number | null | undefined;
  /** Who made it, as the record names them. */
  madeBy?: string | undefined;
}

export type NewKey = { token: string; role: Role; principal: string } & KeyFacts;

const PREFIX_CHARACTERS = 12;

/** The text of a new key. 256 random bits need no slow hash: SHA-256 is what is stored. */
export function newToken(role: Role): string {
  return `gh_${role}_${randomBytes(4).toString('hex')}${randomBytes(32).toString('base64url')}`;
}

/** The id of a key, which tells nothing of its text. */
export function keyIdOf(token: string): string {
  return hashKey(token).slice(0, 16);
}

/** Makes a key and returns it in the clear, the only time that this is possible. */
export async function createKey(store: Store, role: Role, principal: string, facts: KeyFacts = {}): Promise<string> {
  const token = newToken(role);
  await addKey(store, { token, role, principal, ...facts });
  return token;
}

/** Registers a key whose text is known already, e.g. the development keys of the data folder. Doing it again changes nothing. */
export async function addKey(store: Store, key: NewKey): Promise<void> {
  await insertKey(store.db, key, Date.now());
}

/** The same in the middle of something larger. */
export async function insertKey(db: Db | Transaction<Tables>, key: NewKey, at: number): Promise<void> {
  const { token, role, principal, team = null, tags, groups, scopes, expiresAt = null, madeBy = null } = key;
  const kind = role === 'agent' ? 'agent' : 'person';
  await knowPrincipal(db, { name: principal, kind, at });
  await db
    .insertInto('keys')
    .values({
      id: keyIdOf(token),
      prefix: token.slice(0, `gh_${role}_`.length + PREFIX_CHARACTERS),
      hash: hashKey(token),
      principal,
      role,
      team,
      tags_json: tags === undefined ? null : JSON.stringify(tags),
      groups_json: groups === undefined ? null : JSON.stringify(groups),
      scopes_json: scopes == null ? null : JSON.stringify(scopes),
      created_at: at,
      expires_at: expiresAt,
      revoked_at: null,
      last_used_at: null,
      made_by: madeBy,
      replaced_by: null,
    })
    .onConflict((conflict) => conflict.column('hash').doNothing())
    .execute();
}

/** Who holds this key, or null when nobody does: it was revoked, its time is over, or its holder is disabled. */
export async function findKey(store: Store, token: string, now: number = Date.now()): Promise<LiveKey | null> {
  return findLive(store, 'hash', hashKey(token), now);
}

/** The same by the key's id, for whoever has shown the key before. */
export async function findKeyById(store: Store, id: string, now: number = Date.now()): Promise<LiveKey | null> {
  return findLive(store, 'id', id, now);
}

/**
 * The database compares hashes of what was presented: how long that takes tells of the hash, and nothing of the key. The
 * holder's facts stand over those that the key was made with.
 */
async function findLive(store: Store, column: 'hash' | 'id', value: string, now: number): Promise<LiveKey | null> {
  const row = await store.db
    .selectFrom('keys')
    .selectAll()
    .where(column, '=', value)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  if (row === undefined || (row.expires_at !== null && row.expires_at <= now)) return null;
  const key = toRecord(row);
  const holder = await findPrincipal(store, key.principal);
  if (holder === null) return { ...key, owner: null, environment: null, chain: [] };
  if (holder.disabledAt !== null || holder.isChainDisabled) return null;
  const { owner, environment, chain, team, tags } = holder;
  return { ...key, owner, environment, chain, team: team ?? key.team, tags: [...new Set([...key.tags, ...tags])] };
}

/** A key as it may be shown: everything but the key. Times are milliseconds since the epoch. */
export interface KeyEntry extends KeyRecord {
  createdAt: number;
  madeBy: string | null;
  revokedAt: number | null;
  /** When it was used last, to the minute. */
  lastUsedAt: number | null;
  /** The id of the key that takes its place. */
  replacedBy: string | null;
}

/** Every key that was ever made, the oldest first. */
export async function listKeys(store: Store): Promise<KeyEntry[]> {
  const rows = await store.db.selectFrom('keys').selectAll().orderBy('created_at').orderBy('id').execute();
  return rows.map(toEntry);
}

/** One key by its id, whether it holds or not. */
export async function readKey(db: Db | Transaction<Tables>, id: string): Promise<KeyEntry | null> {
  const row = await db.selectFrom('keys').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : toEntry(row);
}

function toEntry(row: Selectable<KeysTable>): KeyEntry {
  return {
    ...toRecord(row),
    createdAt: row.created_at,
    madeBy: row.made_by,
    revokedAt: row.revoked_at,
    lastUsedAt: row.last_used_at,
    replacedBy: row.replaced_by,
  };
}

function toRecord(row: Selectable<KeysTable>): KeyRecord {
  const { id, prefix, principal, team } = row;
  return {
    ...{ id, prefix, principal, team },
    role: row.role as Role,
    tags: listOf(row.tags_json),
    groups: listOf(row.groups_json),
    scopes: row.scopes_json === null ? null : (JSON.parse(row.scopes_json) as Scopes),
    expiresAt: row.expires_at,
  };
}

function listOf(json: string | null): string[] {
  return json === null ? [] : (JSON.parse(json) as string[]);
}

/** Puts down that a key was used, at most once in `everyMs`, whoever else does so too. */
export async function noteUse(store: Store, id: string, at: number, everyMs: number): Promise<void> {
  await store.db
    .updateTable('keys')
    .set({ last_used_at: at })
    .where('id', '=', id)
    .where((eb) => eb.or([eb('last_used_at', 'is', null), eb('last_used_at', '<=', at - everyMs)]))
    .execute();
}

/** What is stored of the text of a key. */
export function hashKey(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
