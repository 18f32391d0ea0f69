import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { NewEvent } from '../../src/audit/events.ts';
import { insertAction, moveAction, readAction, recordEvents } from '../../src/store/actions.ts';
import { readTimeline } from '../../src/store/events.ts';
import { createKey, findKey } from '../../src/store/keys.ts';
import { listActions, listApprovals, readApproval } from '../../src/store/lists.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import { createTestDatabase, testPostgres } from '../support/postgres.ts';
import { actionRow } from './support/action-row.ts';

const kinds = testPostgres() === undefined ? (['sqlite'] as const) : (['sqlite', 'postgres'] as const);

const requested: NewEvent = {
  kind: 'requested',
  key: 'requested',
  actor: 'agent:agent-1',
  at: 1,
  data: { a: [1, null] },
};

describe.each(kinds)('the store on %s', (kind) => {
  let store: Store;
  let cleanUp: () => Promise<void>;

  beforeAll(async () => {
    if (kind === 'postgres') {
      const database = await createTestDatabase();
      store = await openStore({ url: database.url });
      cleanUp = () => database.drop();
    } else {
      const dir = mkdtempSync(path.join(tmpdir(), 'gatehouse-store-'));
      store = await openStore({ url: path.join(dir, 'nested', 'gatehouse.db') });
      cleanUp = () => rm(dir, { recursive: true });
    }
  });
  afterAll(async () => {
    await store.close();
    await cleanUp();
  });

  it('gives back an action as it was put on record', async () => {
    const row = actionRow('act_whole', { purpose: 'naïve 🙂 \u202e text', context_json: '{"big":1e300}' });
    expect(await insertAction(store, { row, events: [requested], judgedUnder: 0 })).toBe(true);
    expect(await readAction(store, 'act_whole')).toEqual(row);
    expect(await readTimeline(store.db, 'act_whole')).toMatchObject([{ kind: 'requested', data: { a: [1, null] } }]);
  });

  it('keeps the first decision of an action and nothing of a second', async () => {
    expect(await insertAction(store, { row: actionRow('act_once'), events: [requested], judgedUnder: 0 })).toBe(true);
    const second = actionRow('act_once', { outcome: 'BLOCK', status: 'blocked' });
    expect(await insertAction(store, { row: second, events: [{ ...requested, key: 'other' }], judgedUnder: 0 })).toBe(
      false,
    );
    expect((await readAction(store, 'act_once'))?.outcome).toBe('ALLOW');
    expect(await readTimeline(store.db, 'act_once')).toHaveLength(1);
  });

  it('lets one of twenty concurrent moves win', async () => {
    await insertAction(store, { row: actionRow('act_race'), events: [requested], judgedUnder: 0 });
    const moved = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        moveAction(store, {
          actionId: 'act_race',
          from: ['permitted'],
          set: { status: 'claimed', claim_id: `claim-${String(n)}` },
          judgedUnder: 0,
          events: [{ kind: 'claimed', key: 'claimed', actor: 'a', at: 2, data: { n } }],
        }),
      ),
    );
    expect(moved.filter(Boolean)).toHaveLength(1);
    expect(await readAction(store, 'act_race')).toMatchObject({ status: 'claimed', version: 2 });
    expect(await readTimeline(store.db, 'act_race')).toHaveLength(2);
  });

  it('writes an entry once, however often its step runs', async () => {
    await insertAction(store, { row: actionRow('act_twice'), events: [requested], judgedUnder: 0 });
    const entry = { ...requested, kind: 'refused_attempt', key: 'verdict:1' } satisfies NewEvent;
    await recordEvents(store, 'act_twice', [entry]);
    await recordEvents(store, 'act_twice', [entry]);
    expect(await readTimeline(store.db, 'act_twice')).toHaveLength(2);
  });

  it('undoes the whole move when one part of it fails', async () => {
    await insertAction(store, { row: actionRow('act_half'), events: [requested], judgedUnder: 0 });
    const bad = { kind: 'claimed', key: 'claimed', actor: null as unknown as string, at: 1, data: {} } as const;
    const move = {
      actionId: 'act_half',
      from: ['permitted'],
      set: { status: 'claimed' },
      judgedUnder: 0,
      events: [bad],
    } as const;
    await expect(moveAction(store, move)).rejects.toThrow();
    expect((await readAction(store, 'act_half'))?.status).toBe('permitted');
  });

  it('lists newest first, page by page, without a gap or a repeat', async () => {
    const ids = Array.from({ length: 7 }, (_, n) => `act_page_${String(n)}`);
    for (const [n, id] of ids.entries()) {
      await insertAction(store, {
        row: actionRow(id, { agent: 'pager', requested_at: 5 + Math.floor(n / 3) }),
        events: [],
        judgedUnder: 0,
      });
    }
    const seen: string[] = [];
    let after: { at: number; id: string } | undefined;
    do {
      const page = await listActions(store, { agent: 'pager', limit: 2, ...(after && { after }) });
      seen.push(...page.map((row) => row.id));
      const last = page.at(-1);
      after = page.length === 2 && last ? { at: last.requested_at, id: last.id } : undefined;
    } while (after !== undefined);
    expect(seen).toEqual([
      'act_page_6',
      'act_page_5',
      'act_page_4',
      'act_page_3',
      'act_page_2',
      'act_page_1',
      'act_page_0',
    ]);
  });

  it('keeps an approval with its action and finds it by status', async () => {
    const approval = {
      id: 'apr_one_1',
      action_id: 'act_one',
      agent: 'agent-1',
      round: 1,
      status: 'pending',
      requested_at: 7,
      expires_at: 9,
      action_digest: 'sha256:aa',
      policy_digest: 'sha256:bb',
      judgement_json: '{}',
      resolved_at: null,
      resolved_by: null,
      comment: null,
      unsigned: 0,
      round_json: null,
      preview_json: null,
      second_look_json: null,
      edited_json: null,
      answerers: '|any|',
      group_key: 'grp_one',
      break_glass: 0,
      risk_score: 1,
      severity: 'low',
    } as const;
    const row = actionRow('act_one', { status: 'held', approval_id: 'apr_one_1' });
    await insertAction(store, { row, events: [requested], judgedUnder: 0, approval });
    expect(await readApproval(store, 'apr_one_1')).toMatchObject({ approval, action: { id: 'act_one' } });
    const pending = await listApprovals(store, { status: 'pending', limit: 10 });
    expect(pending.map((found) => found.approval.id)).toEqual(['apr_one_1']);
  });

  it('knows a key by its text alone and stores only its hash', async () => {
    const token = await createKey(store, 'reviewer', 'ann');
    expect(await findKey(store, token)).toMatchObject({ role: 'reviewer', principal: 'ann' });
    expect(await findKey(store, `${token}x`)).toBeNull();
    const stored = JSON.stringify(await store.db.selectFrom('keys').selectAll().execute());
    expect(stored).not.toContain(token);
  });

  it('wakes a waiter that listens before the change, also when another connection made it', async () => {
    const id = `act_${randomUUID()}`;
    await insertAction(store, { row: actionRow(id), events: [requested], judgedUnder: 0 });
    const ear = store.changes.listen(id);
    const signal = new AbortController().signal;
    await ear.changed(20_000, signal); // the poll tells of the version it sees first
    const changed = ear.changed(20_000, signal);
    await store.db.updateTable('actions').set({ version: 9 }).where('id', '=', id).execute();
    await changed;
    ear.stop();
    expect((await readAction(store, id))?.version).toBe(9);
  });
});
