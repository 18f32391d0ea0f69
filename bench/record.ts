import { Client } from '@temporalio/client';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createCheckpointSigner } from '../src/audit/checkpoint.ts';
import { exportRecord } from '../src/audit/export/export-record.ts';
import { EXPORT_FORMATS } from '../src/audit/export/format.ts';
import { sealPending } from '../src/audit/sealer.ts';
import { takeCheckpoint } from '../src/audit/take-checkpoint.ts';
import { verifyRecord } from '../src/audit/verify/verify.ts';
import { reconcile } from '../src/reconcile/reconcile.ts';
import { publishCheckpointKey } from '../src/store/checkpoints.ts';
import { listActions, listApprovals } from '../src/store/lists.ts';
import { openStore, type Store } from '../src/store/open.ts';
import { searchEntries, type EntryFilter } from '../src/store/search.ts';
import { fillRecord } from './fill-record.ts';
import { startOpenActions } from './fill-temporal.ts';
import { startEmbeddedServers } from './servers.ts';
import { table } from './table.ts';

const LOOKS = 20;
const TASK_QUEUE = 'bench-record';
const MB = 1024 * 1024;

const SEARCHES: Record<string, EntryFilter> = {
  'everything, newest 50': {},
  'one kind': { kind: 'claimed' },
  'a kind that is rare': { kind: 'held' },
  'one agent': { agent: 'agent-7' },
  'one action': { action: 'act_000017_t_3' },
  'an hour long ago': { from: Date.UTC(2026, 0, 1, 0, 1), to: Date.UTC(2026, 0, 1, 1) },
  'one agent and kind': { agent: 'agent-7', kind: 'claimed' },
  'an outcome that nothing has': { outcome: 'BLOCK' },
};

/**
 * Fills a new store with so many actions, and measures what people and auditors do with it. An empty PostgreSQL database
 * of DATABASE_URL is used where that is set, SQLite otherwise. Returns the table.
 */
export async function benchRecord(actions: number, say: (line: string) => void): Promise<string> {
  const dir = mkdtempSync(path.join(tmpdir(), 'gatehouse-bench-'));
  const file = path.join(dir, 'gatehouse.db');
  const store = await openStore({ url: process.env['DATABASE_URL'] ?? file });
  const rows: string[][] = [];
  const measure: Measure = async (what, work) => {
    const began = performance.now();
    const { result, peak } = await watchingMemory(work);
    const seconds = (performance.now() - began) / 1_000;
    rows.push([what, seconds.toFixed(2), (result / seconds).toFixed(0), `${(peak / MB).toFixed(0)} MB`]);
    say(`${what}: ${seconds.toFixed(1)} s`);
  };
  try {
    await measure('fill', () => fillRecord(store, actions));
    await measure('seal, entries', () => sealPending(store));
    await sign(store);
    for (const [what, filter] of Object.entries(SEARCHES))
      await look(rows, `search: ${what}`, () => search(store, filter));
    await look(rows, 'inbox: open questions, newest 50', () => listApprovals(store, { status: 'pending', limit: 50 }));
    await look(rows, 'actions, newest 50', () => listActions(store, { limit: 50 }));
    for (const format of EXPORT_FORMATS) await measure(`export ${format}, entries`, () => exported(store, format));
    await measure('verify, entries', async () => {
      const report = await verifyRecord(store);
      if (!report.ok) throw new Error(`The record is not whole: ${JSON.stringify(report.findings[0])}`);
      return report.entries;
    });
    await compareWithTemporal(store, dir, measure, say);
    if (process.env['DATABASE_URL'] === undefined)
      rows.push(['the file', '', '', `${(statSync(file).size / MB).toFixed(0)} MB`]);
    return table([`${String(actions)} actions`, 'seconds', 'a second', 'memory'], rows);
  } finally {
    await store.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

type Measure = (what: string, work: () => Promise<number>) => Promise<void>;

/** The comparison of the whole record with a Temporal server that has what is still open. */
async function compareWithTemporal(
  store: Store,
  dir: string,
  measure: Measure,
  say: (line: string) => void,
): Promise<void> {
  const servers = await startEmbeddedServers(dir, say);
  try {
    await measure('workflows of the open, started', () => startOpenActions(store, servers.link, TASK_QUEUE));
    const client = new Client({ connection: servers.link.connection, namespace: servers.link.namespace });
    await measure('reconcile, actions', async () => {
      const temporal = { client, taskQueue: TASK_QUEUE };
      const options = { since: null, graceMs: 0, histories: false, now: Date.now() };
      const { equal, listed, record } = await reconcile({ store, temporal }, options);
      if (!equal) throw new Error(`The two systems differ: ${JSON.stringify(listed[0])}`);
      return record.actions;
    });
  } finally {
    await servers.stop();
  }
}

async function sign(store: Store): Promise<void> {
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const signer = createCheckpointSigner(pem);
  await publishCheckpointKey(store, signer.keyId, signer.publicKeyPem);
  await takeCheckpoint(store, signer, Date.now());
}

const search = (store: Store, filter: EntryFilter) => searchEntries(store, filter, { limit: 50 });

/** The middle of some looks, in milliseconds, in place of the seconds. */
async function look(rows: string[][], what: string, work: () => Promise<unknown>): Promise<void> {
  const took: number[] = [];
  for (let n = 0; n < LOOKS; n += 1) {
    const began = performance.now();
    await work();
    took.push(performance.now() - began);
  }
  took.sort((a, b) => a - b);
  rows.push([what, `${(took[LOOKS / 2] ?? 0).toFixed(1)} ms`, '', `worst ${(took.at(-1) ?? 0).toFixed(0)} ms`]);
}

async function exported(store: Store, format: (typeof EXPORT_FORMATS)[number]): Promise<number> {
  let entries = 0;
  const asked = { format, filter: {}, after: 0, actor: 'process:bench', at: Date.now() };
  for await (const piece of exportRecord(store, asked)) entries += piece.entries;
  return entries;
}

/** The most memory that the process had at once while it worked, in bytes. */
async function watchingMemory<T>(work: () => Promise<T>): Promise<{ result: T; peak: number }> {
  let peak = process.memoryUsage.rss();
  const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 50);
  try {
    return { result: await work(), peak };
  } finally {
    clearInterval(timer);
  }
}
