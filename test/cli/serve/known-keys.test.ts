import { mkdtempSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CONFIRMED_MS, FELT_WITHIN_MS, REMEMBERED_MS } from '../../../src/access/revocation.ts';
import { createKeyLookup } from '../../../src/cli/serve/known-keys.ts';
import { revokeKey } from '../../../src/store/key-changes.ts';
import { addKey, createKey, hashKey, keyIdOf } from '../../../src/store/keys.ts';
import { openStore, type Store } from '../../../src/store/open.ts';

let store: Store;
let dir: string;
beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'gatehouse-keys-'));
  store = await openStore({ url: path.join(dir, 'gatehouse.db') });
});
afterAll(async () => {
  await store.close();
  await rm(dir, { recursive: true });
});

it('answers who holds a key, and again from memory', async () => {
  const lookup = createKeyLookup(store);
  const token = await createKey(store, 'agent', 'ann');
  const first = await lookup(token);
  expect(first).toMatchObject({ role: 'agent', principal: 'ann' });
  expect(await lookup(token)).toBe(first);
});

it('a key that was unknown is known as soon as it is made', async () => {
  const lookup = createKeyLookup(store);
  const token = 'gh_agent_made-a-moment-later';
  expect(await lookup(token)).toBeNull();
  await addKey(store, { token, role: 'agent', principal: 'bob' });
  expect(await lookup(token)).toMatchObject({ principal: 'bob' });
});

it('a key that another process revoked is refused as soon as it is not remembered any more, which docs/keys.md tells', async () => {
  let clock = 5_000;
  const lookup = createKeyLookup(store, () => clock);
  const token = await createKey(store, 'agent', 'cleo');
  expect(await lookup(token)).toMatchObject({ principal: 'cleo' });
  const elsewhere = await openStore({ url: path.join(dir, 'gatehouse.db') });
  await revokeKey(elsewhere, keyIdOf(token));
  await elsewhere.close();
  clock += REMEMBERED_MS - 1;
  expect(await lookup(token)).toMatchObject({ principal: 'cleo' });
  clock += 1;
  expect(await lookup(token)).toBeNull();
  expect(REMEMBERED_MS + CONFIRMED_MS).toBeLessThan(FELT_WITHIN_MS);
  const page = readFileSync('docs/keys.md', 'utf8');
  expect(page).toContain(`within ${String(FELT_WITHIN_MS / 1000)} second `);
  expect(page).toContain(`remembers who holds a key for ${String(REMEMBERED_MS)} ms`);
});

it('no key is kept in memory as it is', async () => {
  const lookup = createKeyLookup(store);
  const token = await createKey(store, 'agent', 'dora');
  const kept = jest.spyOn(Map.prototype, 'set');
  await lookup(token);
  const keys = kept.mock.calls.map(([key]) => key as unknown);
  kept.mockRestore();
  expect(keys).toContain(hashKey(token));
  expect(keys).not.toContain(token);
});
