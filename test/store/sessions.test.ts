import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { revokeKey } from '../../src/store/key-changes.ts';
import { createKey, findKeyById, listKeys } from '../../src/store/keys.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import { personOf } from '../../src/store/people.ts';
import { endSession, findSession, makeLink, openSession, takeDraft, takeLink } from '../../src/store/sessions.ts';
import { keepSignIn, takeSignIn } from '../../src/store/sign-ins.ts';
import { createTestDatabase, describeWithPostgres, type TestDatabase } from '../support/postgres.ts';

const NOW = Date.parse('2026-02-03T10:00:00.000Z');
const HOUR_MS = 3_600_000;

function suite(open: () => Promise<Store>, clear: () => Promise<unknown>): void {
  let store: Store;
  let keyId: string;

  const byKey = () => ({ via: 'key', keyId }) as const;
  const keyOf = async (token: string, at: number, isUse = true) =>
    (await findSession(store, token, at, isUse))?.key_id ?? null;

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
    const { token, expiresAt } = await openSession(store, byKey(), NOW);
    expect(expiresAt).toBe(NOW + 8 * HOUR_MS);
    for (let at = NOW; at < NOW + 8 * HOUR_MS; at += HOUR_MS / 2) expect(await keyOf(token, at)).toBe(keyId);
    expect(await keyOf(token, NOW + 8 * HOUR_MS - 1)).toBe(keyId);
    expect(await keyOf(token, NOW + 8 * HOUR_MS)).toBeNull();
  });

  it('a session of which nobody makes use is over after an hour, however often a page looks by itself', async () => {
    const { token } = await openSession(store, byKey(), NOW);
    expect(await keyOf(token, NOW + HOUR_MS / 2)).toBe(keyId);
    for (let at = NOW + HOUR_MS / 2; at < NOW + 1.5 * HOUR_MS; at += HOUR_MS / 4)
      expect(await keyOf(token, at, false)).toBe(keyId);
    expect(await keyOf(token, NOW + 1.5 * HOUR_MS)).toBeNull();
  });

  it('a session knows how and when its holder signed in', async () => {
    const known = { person: 'zoe', groups: ['leads'], idToken: 'a.b.c', authenticatedAt: NOW - HOUR_MS };
    expect(await personOf(store, { name: 'zoe', issuer: 'https://sso', subject: '1' }, NOW)).toBe('zoe');
    const { token } = await openSession(store, { via: 'oidc', ...known }, NOW);
    expect(await findSession(store, token, NOW, true)).toMatchObject({
      via: 'oidc',
      person: 'zoe',
      groups_json: '["leads"]',
      authenticated_at: NOW - HOUR_MS,
    });
    expect(await endSession(store, token, NOW)).toBe('a.b.c');
    expect(await endSession(store, token, NOW)).toBeNull();
  });

  it('what was being typed is given back once', async () => {
    const { token } = await openSession(store, byKey(), NOW, '{"form":"x"}');
    expect([await takeDraft(store, token), await takeDraft(store, token)]).toEqual(['{"form":"x"}', null]);
  });

  it('a sign-in that is under way is taken up once, within ten minutes', async () => {
    const wish = { asked: null, next: '/console', fresh: false, sessionId: null, principal: null, draft: null };
    const keep = async () => (await keepSignIn(store, wish, NOW))!.token;
    const token = await keep();
    const taken = await Promise.all([takeSignIn(store, token, NOW), takeSignIn(store, token, NOW)]);
    expect(taken.filter((each) => each !== null)).toEqual([wish]);
    expect(await takeSignIn(store, await keep(), NOW + HOUR_MS / 6)).toBeNull();
  });

  it('a name stays with the subject that came with it first, and a subject with its name', async () => {
    const of = (name: string, subject: string) => personOf(store, { name, issuer: 'https://sso', subject }, NOW);
    expect([await of('ann.b', '7'), await of('ann.c', '7'), await of('ann.b', '8')]).toEqual(['ann.b', 'ann.b', null]);
  });

  it('what is stored signs nobody in', async () => {
    const { token } = await openSession(store, byKey(), NOW);
    const rows = await store.db.selectFrom('sessions').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(await keyOf(rows[0]!.id, NOW)).toBeNull();
  });

  it('a session that was ended stays ended, and others go on', async () => {
    const [one, two] = [await openSession(store, byKey(), NOW), await openSession(store, byKey(), NOW)];
    await endSession(store, one.token, NOW);
    expect([await keyOf(one.token, NOW), await keyOf(two.token, NOW)]).toEqual([null, keyId]);
  });

  it('a link works once, also for two who come at once, and for a quarter of an hour', async () => {
    const { token } = await makeLink(store, keyId, NOW);
    const taken = await Promise.all([takeLink(store, token, NOW), takeLink(store, token, NOW)]);
    expect(taken.filter((each) => each === keyId)).toHaveLength(1);
    const late = await makeLink(store, keyId, NOW);
    expect(await takeLink(store, late.token, NOW + HOUR_MS / 4)).toBeNull();
  });

  it('a link is no session, and a session no link', async () => {
    const [link, session] = [await makeLink(store, keyId, NOW), await openSession(store, byKey(), NOW)];
    expect(await keyOf(link.token, NOW)).toBeNull();
    expect(await takeLink(store, session.token, NOW)).toBeNull();
  });

  it('what is over is cleared away by a later sign-in', async () => {
    await openSession(store, byKey(), NOW);
    await openSession(store, byKey(), NOW + 9 * HOUR_MS);
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
