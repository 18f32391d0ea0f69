import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { endLease, takeLease } from '../../src/store/leases.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import { keepPlace, readPlace } from '../../src/store/places.ts';
import { createTestDatabase, testPostgres } from '../support/postgres.ts';

const kinds = testPostgres() === undefined ? (['sqlite'] as const) : (['sqlite', 'postgres'] as const);

describe.each(kinds)('a lease on %s', (kind) => {
  let store: Store;
  let cleanUp: () => Promise<void>;

  beforeAll(async () => {
    if (kind === 'postgres') {
      const database = await createTestDatabase();
      store = await openStore({ url: database.url });
      cleanUp = () => database.drop();
    } else {
      const folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-leases-'));
      store = await openStore({ url: path.join(folder, 'gatehouse.db') });
      cleanUp = () => rm(folder, { recursive: true });
    }
  });
  afterAll(async () => {
    await store.close();
    await cleanUp();
  });

  it('is had by one of many that want it, and kept by the one that has it', async () => {
    const wanted = ['a', 'b', 'c', 'd'].map((holder) => takeLease(store, { name: 'many', holder, forMs: 100 }, 1_000));
    const taken = await Promise.all(wanted);
    expect(taken.filter(Boolean)).toHaveLength(1);
    const holder = ['a', 'b', 'c', 'd'][taken.indexOf(true)] ?? '';
    expect(await takeLease(store, { name: 'many', holder, forMs: 100 }, 1_050)).toBe(true);
  });

  it('is taken over once its time is over, or it was given back, and by nobody before', async () => {
    const lease = { name: 'one', forMs: 100 };
    expect(await takeLease(store, { ...lease, holder: 'a' }, 1_000)).toBe(true);
    expect(await takeLease(store, { ...lease, holder: 'b' }, 1_100)).toBe(false);
    expect(await takeLease(store, { ...lease, holder: 'b' }, 1_101)).toBe(true);
    await endLease(store, { name: 'one', holder: 'a' });
    expect(await takeLease(store, { ...lease, holder: 'c' }, 1_102)).toBe(false);
    await endLease(store, { name: 'one', holder: 'b' });
    expect(await takeLease(store, { ...lease, holder: 'c' }, 1_102)).toBe(true);
  });

  it('keeps how far somebody has come', async () => {
    expect(await readPlace(store, 'archive')).toBe(0);
    await keepPlace(store, 'archive', 7);
    await keepPlace(store, 'archive', 9);
    expect(await readPlace(store, 'archive')).toBe(9);
  });
});
