import { createHash, randomBytes } from 'node:crypto';
import type { Store } from './open.ts';
import type { KeysTable } from './schema.ts';

export type KeyRole = 'agent' | 'reviewer' | 'admin';

export interface KeyRecord {
  id: string;
  prefix: string;
  principal: string;
  role: KeyRole;
  /** The team that answers for its holder. */
  team: string | null;
  /** Labels that rules may match. */
  tags: string[];
  /** The groups that its holder belongs to, for the terms of approvals. */
  groups: string[];
}

/** What may be known of a key's holder beside the name. */
export interface KeyFacts {
  team?: string | undefined;
  tags?: string[] | undefined;
  groups?: string[] | undefined;
}

const PREFIX_CHARACTERS = 12;
const COLUMNS = ['id', 'prefix', 'principal', 'role', 'team', 'tags_json', 'groups_json'] as const;

/**
 * Makes a key and returns it in the clear, the only time that this is possible. 256 random bits need no slow hash:
 * SHA-256 is what is stored.
 */
export async function createKey(store: Store, role: KeyRole, principal: string, facts: KeyFacts = {}): Promise<string> {
  const id = randomBytes(4).toString('hex');
  const token = `gh_${role}_${id}${randomBytes(32).toString('base64url')}`;
  await addKey(store, { token, role, principal, ...facts });
  return token;
}

/** Registers a key whose text is known already, e.g. the development keys of the data folder. Doing it again changes nothing. */
export async function addKey(
  store: Store,
  key: { token: string; role: KeyRole; principal: string } & KeyFacts,
): Promise<void> {
  const hash = hashKey(key.token);
  await store.db
    .insertInto('keys')
    .values({
      id: hash.slice(0, 16),
      prefix: key.token.slice(0, `gh_${key.role}_`.length + PREFIX_CHARACTERS),
      hash,
      principal: key.principal,
      role: key.role,
      team: key.team ?? null,
      tags_json: key.tags === undefined ? null : JSON.stringify(key.tags),
      groups_json: key.groups === undefined ? null : JSON.stringify(key.groups),
      created_at: Date.now(),
      revoked_at: null,
    })
    .onConflict((conflict) => conflict.column('hash').doNothing())
    .execute();
}

/** Who holds this key, or null when nobody does or it was revoked. */
export async function findKey(store: Store, token: string): Promise<KeyRecord | null> {
  return findLive(store, 'hash', hashKey(token));
}

/** The same by the key's id, for whoever has shown the key before. */
export async function findKeyById(store: Store, id: string): Promise<KeyRecord | null> {
  return findLive(store, 'id', id);
}

async function findLive(store: Store, column: 'hash' | 'id', value: string): Promise<KeyRecord | null> {
  const row = await store.db
    .selectFrom('keys')
    .select(COLUMNS)
    .where(column, '=', value)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return row === undefined ? null : toRecord(row);
}

/** A key as it may be shown: everything but the key. Times are milliseconds since the epoch. */
export interface KeyEntry extends KeyRecord {
  createdAt: number;
  revokedAt: number | null;
}

/** Every key that was ever made, the oldest first. */
export async function listKeys(store: Store): Promise<KeyEntry[]> {
  const rows = await store.db
    .selectFrom('keys')
    .select([...COLUMNS, 'created_at', 'revoked_at'])
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map(({ created_at: createdAt, revoked_at: revokedAt, ...row }) => ({
    ...toRecord(row),
    createdAt,
    revokedAt,
  }));
}

function toRecord(row: Pick<KeysTable, (typeof COLUMNS)[number]>): KeyRecord {
  const { tags_json: tags, groups_json: groups, role, ...rest } = row;
  return { ...rest, role: role as KeyRole, tags: listOf(tags), groups: listOf(groups) };
}

function listOf(json: string | null): string[] {
  return json === null ? [] : (JSON.parse(json) as string[]);
}

/** Revokes a key for good, by its id. False when there is no such key or it was revoked before. */
export async function revokeKey(store: Store, id: string, at: number = Date.now()): Promise<boolean> {
  const { numUpdatedRows } = await store.db
    .updateTable('keys')
    .set({ revoked_at: at })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

function hashKey(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
