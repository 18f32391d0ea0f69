import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import type { NewEvent } from '../../../src/audit/events.ts';
import { digestAction } from '../../../src/decide/digest.ts';
import { insertAction, type ActionRow } from '../../../src/store/actions.ts';
import { openStore, type Store } from '../../../src/store/open.ts';
import { createTestDatabase, testPostgres } from '../../support/postgres.ts';
import { actionRow } from '../../store/support/action-row.ts';

/** Both stores where PostgreSQL is there. */
export const STORES = testPostgres() === undefined ? (['sqlite'] as const) : (['sqlite', 'postgres'] as const);

export interface TestStore {
  store: Store;
  /** What `openStore` and DATABASE_URL take. */
  url: string;
  dir: string;
  drop(): Promise<void>;
}

/** An empty store of that kind. */
export async function emptyStore(kind: 'sqlite' | 'postgres'): Promise<TestStore> {
  const dir = mkdtempSync(path.join(tmpdir(), 'gatehouse-record-'));
  const database = kind === 'postgres' ? await createTestDatabase() : undefined;
  const url = database?.url ?? path.join(dir, 'gatehouse.db');
  const store = await openStore({ url });
  return {
    ...{ store, url, dir },
    drop: async () => {
      await store.close();
      await database?.drop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

const AT = 1_800_000_000_000;

/** Puts an allowed, finished action on record, with its four entries, as the gate writes them. */
export async function recordAction(store: Store, id: string, over: Partial<ActionRow> = {}): Promise<void> {
  const row = actionRow(id, { status: 'succeeded', settled_at: AT + 5, claim_id: 'c1', claimed_at: AT + 2, ...over });
  const { type, target, agent } = row;
  const digest = digestAction({ type, target, agent, arguments: JSON.parse(row.context_json) as { n: number } });
  const entry = (kind: NewEvent['kind'], key: string, at: number, data: NewEvent['data']): NewEvent => {
    return { kind, key, actor: `agent:${agent}`, at: AT + at, data };
  };
  const events = [
    entry('requested', 'requested', 0, { digest, mode: 'permit', requestId: 'r1', purpose: null }),
    entry('decided', 'decided', 1, { outcome: 'ALLOW', reason: 'a rule allows it', riskScore: 12.5 }),
    entry('claimed', 'claimed', 2, { claimId: 'c1' }),
    entry('succeeded', 'end', 5, { claimId: 'c1', error: null, hasResult: false }),
  ];
  await insertAction(store, { row: { ...row, digest }, events, judgedUnder: store.stops.current().version });
}

/** Takes away what keeps the record from being changed, as whoever owns the tables can. */
export async function takeOverTables(store: Store): Promise<void> {
  const on = store.kind === 'postgres' ? sql` on events` : sql``;
  await sql`drop trigger if exists events_unchanged${on}`.execute(store.db);
  await sql`drop trigger if exists events_kept${on}`.execute(store.db);
}
