import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKey, listKeys } from '../../src/store/keys.ts';
import { openStore } from '../../src/store/open.ts';
import { takeLink } from '../../src/store/sessions.ts';
import { runCli } from './support/run-cli.ts';

describe('gatehouse sign-in-link', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-sign-in-link-'));
  const run = (wanted: string, env: Record<string, string> = {}) =>
    runCli(['sign-in-link', wanted], { env: { GATEHOUSE_DATA: dataDir, ...env } });

  it('prints a link that signs the holder of a key in, once', async () => {
    const store = await openStore({ url: join(dataDir, 'gatehouse.db') });
    await createKey(store, 'admin', 'ann');
    const [key] = await listKeys(store);
    const { out, err } = await run(key!.id, { GATEHOUSE_PUBLIC_URL: 'https://gate.example.com' });
    const link = new URL(out.trim());
    expect([link.origin, link.pathname]).toEqual(['https://gate.example.com', '/console/sign-in']);
    expect(err).toContain('Signs ann in, once');
    const token = link.searchParams.get('link') ?? '';
    expect([await takeLink(store, token, Date.now()), await takeLink(store, token, Date.now())]).toEqual([
      key!.id,
      null,
    ]);
    await store.close();
  });

  it('makes none for an agent, or for nobody', async () => {
    const store = await openStore({ url: join(dataDir, 'gatehouse.db') });
    const agent = await createKey(store, 'agent', 'billing');
    await store.close();
    expect(await run(agent)).toMatchObject({ code: 1, out: '' });
    expect(await run('nobody')).toMatchObject({ code: 1, out: '' });
  });
});
