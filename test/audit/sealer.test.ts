import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import type { NewEvent } from '../../src/audit/events.ts';
import { linksAfter, sealPending } from '../../src/audit/sealer.ts';
import { recordEvents } from '../../src/store/actions.ts';
import { appendSeals, readChain, readHead, readUnsealed, type SealedRow } from '../../src/store/chain.ts';
import { openStore } from '../../src/store/open.ts';
import { emptyStore, recordAction, STORES, type TestStore } from './support/recorded.ts';

const ROOT = path.join(__dirname, '../..');

async function chainOf({ store }: TestStore): Promise<SealedRow[]> {
  const rows: SealedRow[] = [];
  for await (const page of readChain(store)) rows.push(...page);
  return rows;
}

function note(key: string): NewEvent {
  return { kind: 'refused_attempt', key, actor: 'a', at: 1, data: { key } };
}

describe.each(STORES)('the sealer on %s', (kind) => {
  let on: TestStore;
  beforeEach(async () => {
    on = await emptyStore(kind);
  });
  afterEach(() => on.drop());

  it('gives every entry a place, dense from 1, and links it to the one before', async () => {
    for (const id of ['act_1', 'act_2', 'act_3']) await recordAction(on.store, id);
    expect(await sealPending(on.store)).toBe(12);
    expect(await sealPending(on.store)).toBe(0);
    const rows = await chainOf(on);
    expect(rows.map((row) => row.place)).toEqual(Array.from({ length: 12 }, (_, n) => n + 1));
    expect(new Set(rows.map((row) => row.hash)).size).toBe(12);
    expect(await readHead(on.store)).toEqual({ size: 12, hash: rows.at(-1)?.hash });
  });

  it('lets one of two sealers that saw the same head lengthen the chain', async () => {
    await recordAction(on.store, 'act_1');
    const head = await readHead(on.store);
    const seals = linksAfter(head, await readUnsealed(on.store, 10));
    const to = { size: 4, hash: seals.at(-1)?.hash ?? '' };
    const won = await Promise.all([1, 2, 3].map(() => appendSeals(on.store, head, to, seals)));
    expect(won.filter(Boolean)).toHaveLength(1);
    expect(await chainOf(on)).toHaveLength(4);
  });

  it('seals nothing of a batch of which one entry cannot be sealed', async () => {
    await recordAction(on.store, 'act_1');
    const head = await readHead(on.store);
    const seals = linksAfter(head, await readUnsealed(on.store, 10));
    const broken = seals.map((seal, at) => (at === 2 ? { ...seal, row: 999_999 } : seal));
    await expect(appendSeals(on.store, head, { size: 4, hash: 'x' }, broken)).rejects.toThrow('Of 4 entries 3');
    expect([await chainOf(on), await readHead(on.store)]).toEqual([[], head]);
  });

  it('keeps the entries of an action in their order while several processes write and seal', async () => {
    const writers = [0, 1, 2].map((writer) => startWriter(on.url, writer));
    const other = await openStore({ url: on.url });
    let writing = true;
    const sealing = [on.store, other].map(async (store) => {
      while (writing) {
        await sealPending(store);
        await setImmediate();
      }
    });
    await Promise.all(writers);
    writing = false;
    await Promise.all(sealing);
    await sealPending(on.store);
    await other.close();

    const rows = await chainOf(on);
    expect(rows.map((row) => row.place)).toEqual(Array.from({ length: 3 * 10 * 8 }, (_, n) => n + 1));
    for (const action of new Set(rows.map((row) => row.action_id))) {
      const keys = rows.filter((row) => row.action_id === action).map((row) => row.key);
      expect(keys).toEqual(['0', '1', '2', '3', '4', '5', '6', '7']);
    }
  });

  it('leaves a whole chain behind when it is killed in the middle', async () => {
    for (let n = 0; n < 300; n += 1) await recordEvents(on.store, `act_${String(n)}`, ['a', 'b', 'c', 'd'].map(note));
    const sealer = child('seal', on.url);
    const lines = createInterface({ input: sealer.stdout });
    await once(lines, 'line');
    sealer.kill('SIGKILL');
    await once(sealer, 'exit');
    const left = (await chainOf(on)).length;
    const head = await readHead(on.store);
    expect(head.size).toBe(left);
    await sealPending(on.store);
    const rows = await chainOf(on);
    expect(rows.map((row) => row.place)).toEqual(Array.from({ length: 1_200 }, (_, n) => n + 1));
    expect((await readHead(on.store)).hash).toBe(rows.at(-1)?.hash);
  });

  it('has the database refuse to change or remove what is sealed', async () => {
    await recordAction(on.store, 'act_1');
    const { db } = on.store;
    await expect(sql`update events set actor = 'x'`.execute(db)).rejects.toThrow('never changed');
    await sealPending(on.store);
    await expect(sql`update events set place = place + 10`.execute(db)).rejects.toThrow('never changed');
    await expect(sql`update events set data_json = '{}'`.execute(db)).rejects.toThrow('never changed');
    await expect(sql`delete from events`.execute(db)).rejects.toThrow('never changed');
    expect(await chainOf(on)).toHaveLength(4);
  });
});

function child(what: string, url: string, ...more: string[]) {
  const entry = path.join(__dirname, 'support', `${what}.ts`);
  const args = ['--import', path.join(ROOT, 'scripts/typescript.mjs'), entry, url, ...more];
  return spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
}

async function startWriter(url: string, writer: number): Promise<void> {
  const [code] = (await once(child('write', url, String(writer)), 'exit')) as [number];
  expect(code).toBe(0);
}
