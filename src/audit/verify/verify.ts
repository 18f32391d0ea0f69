import type { Checkpoint } from '@gatehouse/sdk/contract';
import { readBacklog, readChain, readHead, readUnsealedOf } from '../../store/chain.ts';
import { readCheckpointKeys, readCheckpoints } from '../../store/checkpoints.ts';
import type { Store } from '../../store/open.ts';
import { toCheckpoint } from '../take-checkpoint.ts';
import { ChainWalk } from './chain-walk.ts';
import { CheckpointCheck } from './checkpoint-check.ts';
import { Findings, type VerifyReport } from './finding.ts';
import { verifyRows } from './rows.ts';

export interface VerifyOptions {
  /** Checkpoints that were kept outside of the database, and the keys that they may be signed with, PEM by key id. */
  outside?: { checkpoints: readonly Checkpoint[]; keys: ReadonlyMap<string, string> };
  /** Called now and then with how far it has come. */
  progress?: (what: 'entries' | 'actions', done: number) => void;
}

/**
 * Checks the whole record: every entry against its hash, every hash against the one before, places without a gap, data
 * against its digest, checkpoints against their signature and the chain, and the rows of actions and approvals against
 * their entries. It reads in pages; what is written meanwhile is not a finding.
 */
export async function verifyRecord(store: Store, { outside, progress }: VerifyOptions = {}): Promise<VerifyReport> {
  const findings = new Findings();
  const walk = new ChainWalk(findings);
  // Read first: the chain can only have become longer by the time it is walked.
  const head = await readHead(store);
  const inside = new CheckpointCheck(
    await ownCheckpoints(store),
    await readCheckpointKeys(store),
    'of the store',
    findings,
  );
  const beside = new CheckpointCheck(outside?.checkpoints ?? [], outside?.keys ?? new Map(), 'from outside', findings);
  let headHash = head.size === 0 ? walk.hash : '';
  for await (const page of readChain(store)) {
    for (const row of page) {
      walk.take(row);
      inside.passed(row.place, row.hash);
      beside.passed(row.place, row.hash);
      if (row.place === head.size) headHash = row.hash;
    }
    progress?.('entries', walk.size);
  }
  for (const row of await readUnsealedOf(store, 'redacted')) walk.explain(row);
  walk.finish();
  inside.finish(walk.size);
  beside.finish(walk.size);
  if (headHash !== head.hash) {
    const says = `The chain's head is ${String(head.size)} entries long, and the entry there is not the one that it names`;
    findings.add('head_differs', { seq: head.size }, says);
  }
  const actions = await verifyRows(store, findings, (done) => progress?.('actions', done));
  return {
    ok: findings.count === 0,
    entries: walk.size,
    unsealed: (await readBacklog(store)).entries,
    redacted: walk.redacted,
    checkpoints: inside.count + beside.count,
    vouchedFor: Math.max(inside.vouchedFor, beside.vouchedFor),
    actions,
    findings: findings.kept,
    wrong: findings.count,
  };
}

async function ownCheckpoints(store: Store): Promise<Checkpoint[]> {
  const all: Checkpoint[] = [];
  for await (const page of readCheckpoints(store)) all.push(...page.map(toCheckpoint));
  return all;
}
