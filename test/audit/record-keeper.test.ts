import { generateKeyPairSync } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { checkpointSchema, type Checkpoint } from '@gatehouse/sdk/contract';
import { pino } from 'pino';
import { fileSink, webhookSink, type CheckpointSink } from '../../src/audit/checkpoint-sinks.ts';
import { checkpointIsSigned, createCheckpointSigner } from '../../src/audit/checkpoint.ts';
import { startRecordKeeper, type RecordKeeper } from '../../src/audit/record-keeper.ts';
import { verifyRecord } from '../../src/audit/verify/verify.ts';
import { readBacklog, readHead } from '../../src/store/chain.ts';
import { readCheckpointKeys } from '../../src/store/checkpoints.ts';
import { emptyStore, recordAction, STORES, type TestStore } from './support/recorded.ts';

const newSigner = () =>
  createCheckpointSigner(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());

/** A sink that tells of each checkpoint that it was brought. */
function tellingSink(): { sink: CheckpointSink; next: () => Promise<Checkpoint> } {
  const told = new EventEmitter();
  return {
    sink: { name: 'test', deliver: async (checkpoint) => void told.emit('checkpoint', checkpoint) },
    next: async () => ((await once(told, 'checkpoint')) as [Checkpoint])[0],
  };
}

describe.each(STORES)('the keeper of the record on %s', (kind) => {
  const signer = newSigner();
  const logger = pino({ level: 'silent' });
  let on: TestStore;
  let keepers: RecordKeeper[];
  beforeEach(async () => {
    on = await emptyStore(kind);
    keepers = [];
  });
  afterEach(async () => {
    for (const keeper of keepers) await keeper.stop();
    await on.drop();
  });

  const keep = async (sinks: CheckpointSink[], over = {}): Promise<RecordKeeper> => {
    const options = { signer, sinks, logger, checkpointEveryMs: 1, lookEveryMs: 5, ...over };
    const keeper = await startRecordKeeper(on.store, options);
    keepers.push(keeper);
    return keeper;
  };

  it('seals what is written, signs it, and brings the signed head out of the database', async () => {
    const { sink, next } = tellingSink();
    const file = path.join(on.dir, 'checkpoints.ndjson');
    const brought = next();
    await keep([fileSink(file), sink]);
    await recordAction(on.store, 'act_1');
    const checkpoint = await brought;
    expect(checkpoint).toMatchObject({ v: 1, size: 4, hash: (await readHead(on.store)).hash, keyId: signer.keyId });
    expect(checkpointIsSigned(checkpoint, signer.publicKeyPem)).toBe(true);
    expect(checkpointIsSigned({ ...checkpoint, size: 5 }, signer.publicKeyPem)).toBe(false);
    expect(checkpointIsSigned(checkpoint, newSigner().publicKeyPem)).toBe(false);
    expect(checkpointSchema.parse(JSON.parse(readFileSync(file, 'utf8')))).toEqual(checkpoint);
    expect(await readCheckpointKeys(on.store)).toEqual(new Map([[signer.keyId, signer.publicKeyPem]]));
  });

  it('signs nothing where there is nothing new', async () => {
    const keeper = await keep([]);
    await recordAction(on.store, 'act_1');
    await keeper.stop();
    await keeper.stop();
    expect((await on.store.db.selectFrom('checkpoints').select('size').execute()).map(({ size }) => size)).toEqual([4]);
  });

  it('seals and signs the rest when it stops', async () => {
    const keeper = await keep([], { lookEveryMs: 60_000 });
    await recordAction(on.store, 'act_1');
    await keeper.stop();
    expect(await readBacklog(on.store)).toEqual({ entries: 0, since: null });
    expect(await verifyRecord(on.store)).toMatchObject({ ok: true, entries: 4, vouchedFor: 4 });
  });

  it('keeps one chain where several of them work at once', async () => {
    for (let n = 0; n < 3; n += 1) await keep([]);
    await Promise.all(Array.from({ length: 40 }, (_, n) => recordAction(on.store, `act_${String(n)}`)));
    for (const keeper of keepers.splice(0)) await keeper.stop();
    expect(await verifyRecord(on.store)).toMatchObject({ ok: true, entries: 160, unsealed: 0, vouchedFor: 160 });
  });

  it('goes on signing when the clock of the machine is set back', async () => {
    const { sink, next } = tellingSink();
    const first = next();
    await keep([sink]);
    await recordAction(on.store, 'act_1');
    await first;
    const right = Date.now;
    const now = jest.spyOn(Date, 'now').mockImplementation(() => right() - 3_600_000);
    try {
      const second = next();
      await recordAction(on.store, 'act_2');
      expect(await second).toMatchObject({ size: 8 });
    } finally {
      now.mockRestore();
    }
  });

  it('goes on sealing while no place takes its checkpoints, and says so', async () => {
    const lines = new EventEmitter();
    const said = once(lines, 'line') as Promise<[string]>;
    const loud = pino({ level: 'error' }, { write: (line: string) => void lines.emit('line', line) });
    const broken: CheckpointSink = { name: 'gone', deliver: () => Promise.reject(new Error('nobody there')) };
    const keeper = await keep([broken], { logger: loud });
    await recordAction(on.store, 'act_1');
    expect((await said)[0]).toContain('could not be brought out of the database');
    await recordAction(on.store, 'act_2');
    await keeper.stop();
    expect(await verifyRecord(on.store)).toMatchObject({ ok: true, entries: 8, vouchedFor: 8 });
  });
});

describe('the webhook of checkpoints', () => {
  const checkpoint = newSigner().sign({ size: 3, hash: 'a'.repeat(64), at: 1 });

  async function answering(status: number, headers = {}) {
    const bodies: unknown[] = [];
    const server = createServer((request, response) => {
      void text(request).then((body) => {
        bodies.push(JSON.parse(body));
        response.writeHead(status, headers).end();
      });
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/in?token=secret`;
    return { url, bodies, close: () => server.close() };
  }

  it('gets the checkpoint as JSON', async () => {
    const { url, bodies, close } = await answering(204);
    await webhookSink(url).deliver(checkpoint);
    close();
    expect(bodies).toEqual([checkpoint]);
  });

  it.each([
    [500, {}],
    [302, { location: 'http://127.0.0.1:1/' }],
  ])('has not taken it when it answers %i, and no secret of its address is told', async (status, headers) => {
    const { url, close } = await answering(status, headers);
    const failed = await webhookSink(url)
      .deliver(checkpoint)
      .catch((error: unknown) => error);
    close();
    expect(String(failed)).toContain('Error');
    expect(String(failed)).not.toContain('secret');
  });
});
