import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKey, findKeyById, listKeys, revokeKey } from '../../src/store/keys.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import { endSession, findSession, makeLink, openSession, takeLink } from '../../src/store/sessions.ts';
import { createTestDatabase, describeWithPostgres, type TestDatabase } from '../support/postgres.ts';

const NOW = Date.parse('2026-02-03T10:00:00.000Z');
const HOUR_MS = 3_600_000;

function suite(open: () => Promise<Store>, clear: () => Promise<unknown>): void {
  let store: Store;
  let keyId: string;

  beforeAll(async () => {
    store = await open();
    await createKey(store, 'reviewer', 'ann');
    keyId = (await listKeys(store))[0]!.id;
  });
  afterAll(async () => {
    await store.close();
    await clear();
  });

  it('a session is for eight hours, and for nobody after it', async () => {
    const { token, expiresAt } = await openSession(store, keyId, NOW);
    expect(expiresAt).toBe(NOW + 8 * HOUR_MS);
    expect(await findSession(store, token, NOW + 8 * HOUR_MS - 1)).toBe(keyId);
    expect(await findSession(store, token, NOW + 8 * HOUR_MS)).toBeNull();
  });

  it('what is stored signs nobody in', async () => {
    const { token } = await openSession(store, keyId, NOW);
    const rows = await store.db.selectFrom('sessions').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(await findSession(store, rows[0]!.id, NOW)).toBeNull();
  });

  it('a session that was ended stays ended, and others go on', async () => {
    const [one, two] = [await openSession(store, keyId, NOW), await openSession(store, keyId, NOW)];
    await endSession(store, one.token, NOW);
    expect([await findSession(store, one.token, NOW), await findSession(store, two.token, NOW)]).toEqual([null, keyId]);
  });

  it('a link works once, also for two who come at once, and for a quarter of an hour', async () => {
    const { token } = await makeLink(store, keyId, NOW);
    const taken = await Promise.all([takeLink(store, token, NOW), takeLink(store, token, NOW)]);
    expect(taken.filter((each) => each === keyId)).toHaveLength(1);
    const late = await makeLink(store, keyId, NOW);
    expect(await takeLink(store, late.token, NOW + HOUR_MS / 4)).toBeNull();
  });

  it('a link is no session, and a session no link', async () => {
    const [link, session] = [await makeLink(store, keyId, NOW), await openSession(store, keyId, NOW)];
    expect(await findSession(store, link.token, NOW)).toBeNull();
    expect(await takeLink(store, session.token, NOW)).toBeNull();
  });

  it('what is over is cleared away by a later sign-in', async () => {
    await openSession(store, keyId, NOW);
    await openSession(store, keyId, NOW + 9 * HOUR_MS);
    const rows = await store.db.selectFrom('sessions').select('expires_at').execute();
    expect(rows.map((row) => row.expires_at)).toEqual([NOW + 17 * HOUR_MS]);
  });

  it('a key is found by its id until it is revoked', async () => {
    expect(await findKeyById(store, keyId)).toMatchObject({ principal: 'ann', role: 'reviewer' });
    await revokeKey(store, keyId);
    expect(await findKeyById(store, keyId)).toBeNull();
  });
}

describe('who is signed in (sqlite)', () => {
  const dir = mkdtempSync(join(tmpdir(), 'gatehouse-sessions-'));
  suite(
    () => openStore({ url: join(dir, 'gatehouse.db') }),
    async () => rmSync(dir, { recursive: true, force: true }),
  );
});

describeWithPostgres('who is signed in (postgres)', () => {
  let database: TestDatabase;
  suite(
    async () => {
      database = await createTestDatabase();
      return openStore({ url: database.url });
    },
    () => database.drop(),
  );
});
