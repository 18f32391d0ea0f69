import { mkdtempSync, readdirSync, statSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { insertAction } from '../../../src/store/actions.ts';
import { backUp, restore } from '../../../src/store/copy/backup.ts';
import { copyStore, CopyError, isEmptyStore } from '../../../src/store/copy/copy.ts';
import { createKey } from '../../../src/store/keys.ts';
import { readTimeline } from '../../../src/store/events.ts';
import { openStore, type Store } from '../../../src/store/open.ts';
import { createTestDatabase, testPostgres } from '../../support/postgres.ts';
import { actionRow } from '../support/action-row.ts';

const kinds = testPostgres() === undefined ? (['sqlite'] as const) : (['sqlite', 'postgres'] as const);
const ACTIONS = 1_203;

let folder: string;
const undo: (() => Promise<unknown>)[] = [];

async function open(kind: Store['kind'], name: string): Promise<Store> {
  if (kind === 'sqlite') {
    const store = await openStore({ url: path.join(folder, name) });
    undo.push(() => store.close());
    return store;
  }
  const database = await createTestDatabase();
  undo.push(() => database.drop());
  const store = await openStore({ url: database.url });
  undo.push(() => store.close());
  return store;
}

async function fill(store: Store, from = 0, to = ACTIONS): Promise<void> {
  for (let at = from; at < to; at += 1) {
    const id = `act_${String(at).padStart(6, '0')}`;
    const context = { n: at, text: `line\n"${String(at)}" \u00e9 \u202e \u{1f600}`, none: null, half: 0.5 };
    const event = { kind: 'requested', key: 'requested', actor: 'agent:a', at, data: { at } } as const;
    const row = actionRow(id, { context_json: JSON.stringify(context), requested_at: at });
    await insertAction(store, { row, events: [event], judgedUnder: store.stops.current().version });
  }
}

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-copy-'));
});
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
  await rm(folder, { recursive: true });
});

describe.each(kinds)('a backup of a store on %s', (kind) => {
  it('is one file that holds everything, and comes back the same, numbers included', async () => {
    const store = await open(kind, 'used.db');
    await fill(store);
    const key = await createKey(store, 'reviewer', 'maria', { groups: ['security'] });
    const file = path.join(folder, 'backup.db');
    const backedUp = await backUp(store, file);
    expect(backedUp).toContainEqual(expect.objectContaining({ table: 'actions', rows: ACTIONS }));
    expect(readdirSync(folder).filter((name) => name.startsWith('backup') || name.startsWith('.'))).toEqual([
      'backup.db',
    ]);

    expect(statSync(file).mode & 0o777).toBe(0o600);
    const fresh = await open(kind, 'fresh.db');
    expect(await restore(file, fresh, { force: false })).toEqual(backedUp);
    expect(await fresh.db.selectFrom('keys').select('principal').execute()).toEqual([{ principal: 'maria' }]);
    expect(key).toMatch(/^gh_reviewer_/);
    expect(await readTimeline(fresh.db, 'act_000007')).toEqual(await readTimeline(store.db, 'act_000007'));
    // What comes next gets the next number, and not one that is taken.
    await fill(fresh, ACTIONS, ACTIONS + 1);
    const [last] = await readTimeline(fresh.db, `act_${String(ACTIONS).padStart(6, '0')}`);
    expect(last?.seq).toBe(ACTIONS + 1);
  }, 60_000);

  it('goes into a store that is in use only by force, and then nothing of the old one is left', async () => {
    const store = await open(kind, 'used.db');
    await fill(store, 0, 3);
    const file = path.join(folder, 'backup.db');
    const backedUp = await backUp(store, file);
    await fill(store, 3, 9);
    // As if they had been sealed: the record refuses to be emptied.
    await sql`update events set place = seq, salt = 's', data_digest = 'd', hash = 'h'`.execute(store.db);
    await expect(restore(file, store, { force: false })).rejects.toThrow('not empty');
    expect(await restore(file, store, { force: true })).toEqual(backedUp);
    const { n } = await store.db
      .selectFrom('actions')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow();
    expect(n).toBe(3);
    await sql`update events set place = seq, salt = 's', data_digest = 'd', hash = 'h'`.execute(store.db);
    await expect(store.db.deleteFrom('events').execute()).rejects.toThrow('never');
  });

  it('is refused where the file is there, is damaged or is none, and the store stays as it is', async () => {
    const store = await open(kind, 'used.db');
    await fill(store, 0, 2);
    const file = path.join(folder, 'backup.db');
    await writeFile(file, 'something else');
    await expect(backUp(store, file)).rejects.toThrow(CopyError);
    const fresh = await open(kind, 'fresh.db');
    await expect(restore(file, fresh, { force: false })).rejects.toThrow();
    await expect(restore(path.join(folder, 'none.db'), fresh, { force: false })).rejects.toThrow('no backup');
    expect(await isEmptyStore(fresh)).toBe(true);
  });
});

(testPostgres() === undefined ? describe.skip : describe)('a move from SQLite to PostgreSQL', () => {
  it('brings every row over, at its place, and says with which digest', async () => {
    const source = await open('sqlite', 'used.db');
    await fill(source, 0, 700);
    await sql`update events set place = seq, salt = 's', data_digest = 'd', hash = 'h' || seq`.execute(source.db);
    const target = await open('postgres', '');
    const moved = await copyStore(source, target, { lockSource: true });
    const columns = ['seq', 'place', 'hash', 'action_id', 'data_json'] as const;
    const read = (store: Store) => store.db.selectFrom('events').select(columns).orderBy('place').execute();
    expect(await read(target)).toEqual(await read(source));
    expect(moved.find(({ table }) => table === 'events')?.digest).toMatch(/^[0-9a-f]{64}$/);
    // And back again: the same digests, so nothing was lost on the way there.
    const again = await open('sqlite', 'again.db');
    expect(await copyStore(target, again)).toEqual(moved);
  }, 60_000);

  it('keeps nothing where a row does not come over', async () => {
    const source = await open('sqlite', 'used.db');
    await fill(source, 0, 5);
    const target = await open('postgres', '');
    // SQLite holds any number in a column; PostgreSQL does not.
    await source.db
      .updateTable('actions')
      .set({ version: 2 ** 40 })
      .where('id', '=', 'act_000003')
      .execute();
    await expect(copyStore(source, target)).rejects.toThrow();
    expect(await isEmptyStore(target)).toBe(true);
  });
});
