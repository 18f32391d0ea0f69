import { generateKeyPairSync } from 'node:crypto';
import type { Checkpoint } from '@gatehouse/sdk/contract';
import { sql } from 'kysely';
import { createCheckpointSigner } from '../../../src/audit/checkpoint.ts';
import { linksAfter, sealPending } from '../../../src/audit/sealer.ts';
import { ChainChangedError, takeCheckpoint } from '../../../src/audit/take-checkpoint.ts';
import { verifyRecord } from '../../../src/audit/verify/verify.ts';
import { readSealedAt, type EventRow } from '../../../src/store/chain.ts';
import { publishCheckpointKey } from '../../../src/store/checkpoints.ts';
import { redactAction } from '../../../src/store/redact.ts';
import { emptyStore, recordAction, STORES, takeOverTables, type TestStore } from '../support/recorded.ts';

const newSigner = () =>
  createCheckpointSigner(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());

describe.each(STORES)('tampering with the record on %s', (kind) => {
  const signer = newSigner();
  const keys = new Map([[signer.keyId, signer.publicKeyPem]]);
  let on: TestStore;
  let checkpoint: Checkpoint;

  /** Five actions of four entries each, sealed and signed; the tables are the attacker's. */
  beforeEach(async () => {
    on = await emptyStore(kind);
    for (const n of [1, 2, 3, 4, 5]) await recordAction(on.store, `act_${String(n)}`);
    await sealPending(on.store);
    await publishCheckpointKey(on.store, signer.keyId, signer.publicKeyPem);
    checkpoint = (await takeCheckpoint(on.store, signer, 1_800_000_001_000))!;
    await takeOverTables(on.store);
  });
  afterEach(() => on.drop());

  const found = async (outside: readonly Checkpoint[] = []) => {
    const { findings, ok } = await verifyRecord(on.store, { outside: { checkpoints: outside, keys } });
    expect(ok).toBe(findings.length === 0);
    return findings.map(({ code, seq, action }) => [code, seq ?? action]);
  };

  it('finds nothing where nothing was done', async () => {
    expect(await verifyRecord(on.store, { outside: { checkpoints: [checkpoint], keys } })).toEqual({
      ...{ ok: true, entries: 20, unsealed: 0, redacted: 0, checkpoints: 2, vouchedFor: 20, actions: 5 },
      ...{ findings: [], wrong: 0 },
    });
  });

  it.each([
    ['actor', sql`update events set actor = 'agent:other' where place = 7`],
    ['kind', sql`update events set kind = 'failed' where place = 8`],
    ['time', sql`update events set at = at + 1 where place = 9`],
    ['name', sql`update events set key = 'other' where place = 10`],
  ])('an edit of the %s of an entry', async (_what, edit) => {
    await edit.execute(on.store.db);
    expect((await found()).filter(([code]) => code === 'entry_changed')).toHaveLength(1);
  });

  it('an edit of the data of an entry, and of its digest with it', async () => {
    await sql`update events set data_json = '{"claimId":"c2"}' where place = 7`.execute(on.store.db);
    expect(await found()).toEqual([['data_changed', 7]]);
    await sql`update events set data_digest = ${'a'.repeat(64)} where place = 7`.execute(on.store.db);
    expect(await found()).toEqual([
      ['data_changed', 7],
      ['entry_changed', 7],
    ]);
  });

  it('an entry that is taken out, of the middle and in place of which the next ones move up', async () => {
    await sql`delete from events where place = 7`.execute(on.store.db);
    expect(await found()).toContainEqual(['entry_missing', 7]);
    for (let place = 8; place <= 20; place += 1) {
      await sql`update events set place = ${place - 1} where place = ${place}`.execute(on.store.db);
    }
    const after = await found();
    expect(after).toContainEqual(['entry_changed', 7]);
    expect(after).toContainEqual(['record_shortened', 20]);
  });

  it('an entry that is put in, beside another or between two', async () => {
    await sql`drop index events_place`.execute(on.store.db);
    await sql`
      insert into events (action_id, key, kind, actor, at, data_json, place, salt, data_digest, hash)
      select action_id, 'slipped in', kind, actor, at, data_json, 7, salt, data_digest, hash from events where place = 7
    `.execute(on.store.db);
    expect(await found()).toContainEqual(['entry_twice', 7]);
    await sql`update events set place = place + 1 where place >= 7 and key <> 'slipped in'`.execute(on.store.db);
    expect((await found())[0]).toEqual(['entry_changed', 7]);
  });

  it('entries that change places', async () => {
    await sql`update events set place = 1000 where place = 7`.execute(on.store.db);
    await sql`update events set place = 7 where place = 8`.execute(on.store.db);
    await sql`update events set place = 8 where place = 1000`.execute(on.store.db);
    expect((await found()).slice(0, 2)).toEqual([
      ['entry_changed', 7],
      ['entry_changed', 8],
    ]);
  });

  it('an end that is cut off, also with the head of the chain', async () => {
    await sql`delete from events where place > 16`.execute(on.store.db);
    expect(await found()).toContainEqual(['head_differs', 20]);
    const last = await readSealedAt(on.store, 16);
    await sql`update chain_head set size = 16, hash = ${last?.hash}`.execute(on.store.db);
    expect(await found()).toEqual([
      ['record_shortened', 17],
      ['row_without_entries', 'act_5'],
    ]);
    await sql`delete from checkpoints`.execute(on.store.db);
    await sql`delete from actions where id = 'act_5'`.execute(on.store.db);
    expect(await found()).toEqual([]);
    expect(await found([checkpoint])).toEqual([['record_shortened', 17]]);
  });

  it('a past that is written anew with all hashes recomputed', async () => {
    await sql`update events set actor = 'agent:other' where place = 7`.execute(on.store.db);
    await rewriteAll();
    expect(await found()).toEqual([['checkpoint_differs', 20]]);
    await sql`delete from checkpoints`.execute(on.store.db);
    expect(await found()).toEqual([]);
    expect(await found([checkpoint])).toEqual([['checkpoint_differs', 20]]);
  });

  it('a checkpoint that is made up to fit, which no known key has signed', async () => {
    await sql`update events set actor = 'agent:other' where place = 7`.execute(on.store.db);
    const hash = await rewriteAll();
    await sql`update checkpoints set hash = ${hash}`.execute(on.store.db);
    expect(await found()).toEqual([['checkpoint_forged', 20]]);
    const forger = newSigner();
    const forged = forger.sign({ size: 20, hash, at: 1 });
    await sql`update checkpoints set at = 1, key_id = ${forged.keyId}, signature = ${forged.signature}`.execute(
      on.store.db,
    );
    expect(await found()).toEqual([['checkpoint_forged', 20]]);
  });

  it('is not signed: the chain has to be the one that the last checkpoint vouched for', async () => {
    await sql`update events set actor = 'agent:other' where place = 7`.execute(on.store.db);
    await rewriteAll();
    await recordAction(on.store, 'act_6');
    await sealPending(on.store);
    await expect(takeCheckpoint(on.store, signer, 2)).rejects.toThrow(ChainChangedError);
  });

  it.each([
    ['arguments', sql`update actions set context_json = '{"n":2}' where id = 'act_3'`, 'digest_differs'],
    ['target', sql`update actions set target = 'elsewhere' where id = 'act_3'`, 'digest_differs'],
    ['outcome', sql`update actions set outcome = 'BLOCK' where id = 'act_3'`, 'outcome_differs'],
    ['status', sql`update actions set status = 'rejected' where id = 'act_3'`, 'status_differs'],
    ['row', sql`delete from actions where id = 'act_3'`, 'row_missing'],
    ['entries', sql`delete from events where action_id = 'act_3'`, 'row_without_entries'],
  ])('an action whose %s is not what its entries say', async (_what, change, code) => {
    await change.execute(on.store.db);
    expect(await found()).toContainEqual([code, 'act_3']);
  });

  it('data that is gone without anybody having erased it; what was redacted is whole', async () => {
    const redaction = { actionId: 'act_2', actor: 'operator:maria', reason: 'asked for by the person', at: 5 };
    expect(await redactAction(on.store, redaction)).toEqual(['requested', 'decided', 'claimed', 'end']);
    expect(await found()).toEqual([]);
    await sealPending(on.store);
    expect(await verifyRecord(on.store)).toMatchObject({ ok: true, entries: 21, redacted: 4 });
    expect(await redactAction(on.store, redaction)).toBeNull();

    await sql`update events set data_json = '{}', salt = null where place = 9`.execute(on.store.db);
    expect(await found()).toEqual([['data_missing', 9]]);
  });

  /** What an attacker with all of the code can do: link everything anew. */
  async function rewriteAll(): Promise<string> {
    const { db } = on.store;
    const rows: EventRow[] = await db.selectFrom('events').selectAll().orderBy('place').execute();
    const seals = linksAfter({ size: 0, hash: '0'.repeat(64) }, rows);
    for (const { row, salt, dataDigest: data_digest, hash } of seals) {
      await db.updateTable('events').set({ salt, data_digest, hash }).where('seq', '=', row).execute();
    }
    const hash = seals.at(-1)?.hash ?? '';
    await db.updateTable('chain_head').set({ hash }).execute();
    return hash;
  }
});
