import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readTimeline } from '../../src/store/events.ts';
import { makeKey, revokeKey, rotateKey, type MadeKey } from '../../src/store/key-changes.ts';
import { viewKeys } from '../../src/store/key-views.ts';
import { KEYS_RECORD } from '../../src/store/keys-record.ts';
import { createKey, findKey, noteUse, readKey } from '../../src/store/keys.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import { disablePrincipal, findPrincipal, LONGEST_CHAIN, setPrincipal } from '../../src/store/principals.ts';
import { createTestDatabase, testPostgres } from '../support/postgres.ts';

const kinds = testPostgres() === undefined ? (['sqlite'] as const) : (['sqlite', 'postgres'] as const);
const HOUR = 3_600_000;
const T = 1_770_000_000_000;
const by = (at: number) => ({ actor: 'admin:root', at });

describe.each(kinds)('keys on %s', (kind) => {
  let store: Store;
  let cleanUp: () => Promise<void>;
  beforeAll(async () => {
    if (kind === 'postgres') {
      const database = await createTestDatabase();
      store = await openStore({ url: database.url });
      cleanUp = () => database.drop();
    } else {
      const dir = mkdtempSync(path.join(tmpdir(), 'gatehouse-keys-'));
      store = await openStore({ url: path.join(dir, 'gatehouse.db') });
      cleanUp = () => rm(dir, { recursive: true });
    }
  });
  afterAll(async () => {
    await store.close();
    await cleanUp();
  });

  const made = async (wanted: Parameters<typeof makeKey>[1], at = T): Promise<MadeKey> => {
    const result = await makeKey(store, wanted, by(at));
    if (typeof result === 'string') throw new Error(result);
    return result;
  };
  const entriesOf = async (id: string) =>
    (await readTimeline(store.db, KEYS_RECORD)).filter(({ data }) => data['id'] === id);

  it('a key is kept as its hash alone, and found by nothing but the whole of it', async () => {
    const { token, key } = await made({ role: 'agent', principal: 'hashed' });
    const row = await store.db.selectFrom('keys').selectAll().where('id', '=', key.id).executeTakeFirstOrThrow();
    expect(JSON.stringify(row)).not.toContain(token);
    expect(row.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(await findKey(store, token, T)).toMatchObject({ principal: 'hashed' });
    // Who reads the database cannot call: neither hash nor prefix is a key.
    for (const guess of [row.hash, row.prefix, row.id, token.slice(0, -1), `${token}x`, token.toUpperCase()]) {
      expect(await findKey(store, guess, T)).toBeNull();
    }
  });

  it('a key that expires is refused from that moment on', async () => {
    const { token } = await made({ role: 'agent', principal: 'short', expiresAt: T + HOUR });
    expect(await findKey(store, token, T + HOUR - 1)).not.toBeNull();
    expect(await findKey(store, token, T + HOUR)).toBeNull();
  });

  it('a rotated key goes on for the overlap and ends by itself; the new one has the same rights and as long a life', async () => {
    const scopes = { actions: ['read_*'] };
    const old = await made({ role: 'agent', principal: 'turning', tags: ['a'], scopes, expiresAt: T + 90 * HOUR });
    const next = await rotateKey(store, old.key.id, 2 * HOUR, by(T + HOUR));
    if (typeof next === 'string') throw new Error(next);
    expect(next.key).toMatchObject({
      principal: 'turning',
      role: 'agent',
      tags: ['a'],
      scopes,
      expiresAt: T + 91 * HOUR,
    });
    expect(await findKey(store, old.token, T + 3 * HOUR - 1)).not.toBeNull();
    expect(await findKey(store, old.token, T + 3 * HOUR)).toBeNull();
    expect(await findKey(store, next.token, T + 3 * HOUR)).not.toBeNull();
    expect(await readKey(store.db, old.key.id)).toMatchObject({ replacedBy: next.key.id });
    expect(await rotateKey(store, old.key.id, HOUR, by(T + HOUR))).toBe('replaced');
    expect(await entriesOf(next.key.id)).toMatchObject([{ kind: 'key_rotated', data: { replaces: old.key.id } }]);
  });

  it('an overlap makes no key live longer than it would have', async () => {
    const { key } = await made({ role: 'agent', principal: 'ending', expiresAt: T + HOUR });
    await rotateKey(store, key.id, 24 * HOUR, by(T));
    expect(await readKey(store.db, key.id)).toMatchObject({ expiresAt: T + HOUR });
    expect(await rotateKey(store, key.id, HOUR, by(T + HOUR))).toBe('over');
  });

  it('of two rotations of one key at once, one makes a key', async () => {
    const { key } = await made({ role: 'agent', principal: 'raced' });
    const both = await Promise.all([1, 2].map(() => rotateKey(store, key.id, HOUR, by(T + 1))));
    expect(both.filter((one) => one === 'replaced')).toHaveLength(1);
    expect((await viewKeys(store, T + 1)).filter(({ name }) => name === 'raced')).toHaveLength(2);
  });

  it('a revoked key is refused, and making and revoking are on record without the key', async () => {
    const { token, key } = await made({ role: 'reviewer', principal: 'gone' });
    expect(await revokeKey(store, key.id, by(T + 5))).toBe(true);
    expect(await revokeKey(store, key.id, by(T + 6))).toBe(false);
    expect(await findKey(store, token, T + 7)).toBeNull();
    expect(await rotateKey(store, key.id, HOUR, by(T + 8))).toBe('over');
    const entries = await entriesOf(key.id);
    expect(entries.map(({ kind: what, actor }) => [what, actor])).toEqual([
      ['key_made', 'admin:root'],
      ['key_revoked', 'admin:root'],
    ]);
    expect(JSON.stringify(entries)).not.toContain(token);
  });

  it('a name is an agent or a person, and never both', async () => {
    await made({ role: 'agent', principal: 'robot' });
    await made({ role: 'reviewer', principal: 'maria' });
    expect(await makeKey(store, { role: 'reviewer', principal: 'robot' }, by(T))).toBe('name_of_agent');
    expect(await makeKey(store, { role: 'agent', principal: 'maria' }, by(T))).toBe('name_of_person');
    expect(await setPrincipal(store, 'robot', { kind: 'person' }, by(T))).toBe('kind_fixed');
    expect(await setPrincipal(store, 'maria', { kind: 'service' }, by(T))).toMatchObject({ kind: 'service' });
  });

  it('disabling somebody refuses all of their keys, and enabling lets them hold again', async () => {
    const keys = [await made({ role: 'agent', principal: 'twice' }), await made({ role: 'agent', principal: 'twice' })];
    const known = () => Promise.all(keys.map(async ({ token }) => (await findKey(store, token, T)) !== null));
    expect(await known()).toEqual([true, true]);
    expect(await disablePrincipal(store, 'twice', true, by(T))).toBe(true);
    expect(await disablePrincipal(store, 'twice', true, by(T))).toBe(false);
    expect(await known()).toEqual([false, false]);
    expect((await viewKeys(store, T)).filter(({ name }) => name === 'twice').map(({ live }) => live)).toEqual([
      false,
      false,
    ]);
    expect(await makeKey(store, { role: 'agent', principal: 'twice' }, by(T))).toBe('disabled');
    await disablePrincipal(store, 'twice', false, by(T));
    expect(await known()).toEqual([true, true]);
  });

  it('a key carries who is behind its holder, and is refused when one of them is disabled', async () => {
    const { token } = await made({ role: 'agent', principal: 'leaf', team: 'of-the-key', tags: ['k'] });
    for (const name of ['root', 'middle']) await made({ role: 'agent', principal: name });
    await setPrincipal(store, 'middle', { parent: 'root' }, by(T));
    const given = { parent: 'middle', owner: 'ann', environment: 'production', tags: ['p'] };
    await setPrincipal(store, 'leaf', given, by(T));
    expect(await findKey(store, token, T)).toMatchObject({
      ...{ chain: ['middle', 'root'], owner: 'ann', environment: 'production', team: 'of-the-key', tags: ['k', 'p'] },
    });
    await setPrincipal(store, 'leaf', { team: 'of-the-holder' }, by(T));
    expect(await findKey(store, token, T)).toMatchObject({ team: 'of-the-holder', owner: 'ann' });
    await disablePrincipal(store, 'root', true, by(T));
    expect(await findKey(store, token, T)).toBeNull();
    expect((await viewKeys(store, T)).find(({ name }) => name === 'leaf')?.live).toBe(false);
  });

  it('nobody is behind themselves, whichever end of the circle is closed, and by two hands at once', async () => {
    for (const name of ['c1', 'c2', 'c3']) await setPrincipal(store, name, {}, by(T));
    await setPrincipal(store, 'c1', { parent: 'c2' }, by(T));
    await setPrincipal(store, 'c2', { parent: 'c3' }, by(T));
    expect(await setPrincipal(store, 'c3', { parent: 'c1' }, by(T))).toBe('circle');
    expect(await setPrincipal(store, 'c3', { parent: 'c3' }, by(T))).toBe('circle');
    expect(await findPrincipal(store, 'c3')).toMatchObject({ parent: null });
    for (const name of ['d1', 'd2']) await setPrincipal(store, name, {}, by(T));
    const both = await Promise.all([
      setPrincipal(store, 'd1', { parent: 'd2' }, by(T)),
      setPrincipal(store, 'd2', { parent: 'd1' }, by(T)),
    ]);
    expect(both.filter((one) => one === 'circle')).toHaveLength(1);
  });

  it('a chain has eight at most, also where it grows in the middle', async () => {
    const names = Array.from({ length: LONGEST_CHAIN + 2 }, (_, index) => `link${String(index)}`);
    for (const name of names) await setPrincipal(store, name, {}, by(T));
    const set = (child: number, parent: number) =>
      setPrincipal(store, names[child] ?? '', { parent: names[parent] ?? '' }, by(T));
    for (let index = 0; index < LONGEST_CHAIN; index += 1)
      expect(await set(index, index + 1)).not.toBe('chain_too_long');
    expect((await findPrincipal(store, 'link0'))?.chain).toHaveLength(LONGEST_CHAIN);
    expect(await set(LONGEST_CHAIN, LONGEST_CHAIN + 1)).toBe('chain_too_long');
  });

  it('agents act for agents that are known, and nobody else does', async () => {
    await createKey(store, 'reviewer', 'a-person');
    await setPrincipal(store, 'an-agent', {}, by(T));
    expect(await setPrincipal(store, 'an-agent', { parent: 'never-heard-of' }, by(T))).toBe('parent_unknown');
    expect(await setPrincipal(store, 'an-agent', { parent: 'a-person' }, by(T))).toBe('parent_no_agent');
    expect(await setPrincipal(store, 'a-person', { parent: 'an-agent' }, by(T))).toBe('no_agent');
  });

  it('who changed whom is on record, and a refused change leaves nothing', async () => {
    await setPrincipal(store, 'changed', { owner: 'ann' }, by(T));
    await setPrincipal(store, 'changed', { parent: 'changed' }, by(T));
    const entries = (await readTimeline(store.db, KEYS_RECORD)).filter(({ data }) => data['name'] === 'changed');
    expect(entries).toMatchObject([
      { kind: 'principal_changed', actor: 'admin:root', data: { name: 'changed', changed: { owner: 'ann' } } },
    ]);
  });

  it('when a key was used last is written once a minute', async () => {
    const { key } = await made({ role: 'agent', principal: 'used' });
    const lastUse = async () => (await readKey(store.db, key.id))?.lastUsedAt;
    await noteUse(store, key.id, T + 1, 60_000);
    await noteUse(store, key.id, T + 59_000, 60_000);
    expect(await lastUse()).toBe(T + 1);
    await noteUse(store, key.id, T + 60_001, 60_000);
    expect(await lastUse()).toBe(T + 60_001);
  });
});
