import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createVerdictSigner } from '../../src/audit/verdict-signature.ts';
import { readTimeline } from '../../src/store/events.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import { publishVerdictKey } from '../../src/store/verdict-keys.ts';
import type { Ran } from './support/run-cli.ts';
import { runCli } from './support/run-cli.ts';

describe('gatehouse verdict-keys', () => {
  let dataDir: string;
  let id: string;
  const run = (...args: string[]): Promise<Ran> =>
    runCli(['verdict-keys', ...args], { env: { GATEHOUSE_DATA: dataDir } });
  const withStore = async <T>(work: (store: Store) => Promise<T>): Promise<T> => {
    const store = await openStore({ url: join(dataDir, 'gatehouse.db') });
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  };
  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-verdict-keys-'));
    const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const { keyId, publicKeyPem } = createVerdictSigner(pem);
    id = keyId;
    expect(await withStore((store) => publishVerdictKey(store, keyId, publicKeyPem))).toBe(true);
  });

  it('lists the public keys', async () => {
    expect((await run('list')).out).toContain(id);
    const [key] = JSON.parse((await run('list', '--json')).out) as Record<string, unknown>[];
    expect(key).toMatchObject({ id, revokedAt: null });
    expect(key?.['publicKeyPem']).toMatch(/^-----BEGIN PUBLIC KEY-----/);
  });

  it('revokes one for good, with a reason that goes on record', async () => {
    expect((await run('revoke', id)).code).toBe(2);
    expect((await run('revoke', id, '--reason', 'the host was taken over')).out).toContain(`Revoked the key ${id}`);
    expect((await run('revoke', id, '--reason', 'again')).out).toContain('revoked before');
    const entries = await withStore(({ db }) => readTimeline(db, 'keys'));
    expect(entries.map(({ kind, data }) => [kind, data['id'], data['reason']])).toEqual([
      ['key_made', id, undefined],
      ['key_revoked', id, 'the host was taken over'],
    ]);
  });

  it('says where there is no such key', async () => {
    expect(await run('revoke', 'nothing', '--reason', 'x')).toMatchObject({ code: 1, out: '' });
  });
});
