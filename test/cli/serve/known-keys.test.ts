import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createKeyLookup } from '../../../src/cli/serve/known-keys.ts';
import { addKey, createKey } from '../../../src/store/keys.ts';
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
