import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createCheckpointSigner } from '../../src/audit/checkpoint.ts';
import { exportRecord } from '../../src/audit/export/export-record.ts';
import { sealPending } from '../../src/audit/sealer.ts';
import { EXAMPLES } from '../../src/api/openapi/examples.ts';
import { takeCheckpoint } from '../../src/audit/take-checkpoint.ts';
import { redactAction } from '../../src/store/redact.ts';
import { emptyStore, recordAction, type TestStore } from './support/recorded.ts';

const ROOT = path.join(__dirname, '../..');
const VERIFY = path.join(ROOT, 'sdk/src/verify');

describe('an export alone, without database and server', () => {
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const signer = createCheckpointSigner(pem);
  let on: TestStore;
  let lines: string[];

  beforeAll(async () => {
    on = await emptyStore('sqlite');
    for (const n of [1, 2, 3]) await recordAction(on.store, `act_${String(n)}`);
    await sealPending(on.store);
    await redactAction(on.store, { actionId: 'act_2', actor: 'operator:maria', reason: 'asked for', at: 5 });
    await recordAction(on.store, 'act_4');
    await sealPending(on.store);
    const checkpoint = await takeCheckpoint(on.store, signer, 9);
    writeFileSync(path.join(on.dir, 'checkpoints.ndjson'), `${JSON.stringify(checkpoint)}\n`);
    writeFileSync(path.join(on.dir, 'key.pem'), signer.publicKeyPem);
    const pieces: Uint8Array[] = [];
    const asked = { format: 'ndjson', filter: {}, after: 0, actor: 'admin:maria', at: 1 } as const;
    for await (const { bytes } of exportRecord(on.store, asked)) pieces.push(bytes);
    lines = Buffer.concat(pieces).toString().trimEnd().split('\n');
  });
  afterAll(() => on.drop());

  const verify = (given: readonly string[], ...args: string[]) => {
    const script = ['--import', path.join(ROOT, 'scripts/typescript.mjs'), path.join(VERIFY, 'main.ts'), '-', ...args];
    const { status, stdout, stderr } = spawnSync(process.execPath, script, {
      input: given.map((line) => `${line}\n`).join(''),
      encoding: 'utf8',
      cwd: on.dir,
    });
    return { status, said: stdout.trimEnd().split('\n'), stderr };
  };
  const withCheckpoint = ['--checkpoints', 'checkpoints.ndjson', '--key', 'key.pem'];
  const changed = (at: number, change: (entry: Record<string, unknown>) => unknown): string[] =>
    lines.map((line, index) => {
      return index === at - 1 ? JSON.stringify(change(JSON.parse(line) as Record<string, unknown>)) : line;
    });

  it('is whole, redacted data included', () => {
    expect(verify(lines)).toMatchObject({
      status: 0,
      said: ['whole: 17 entries, 1 to 17, the data of 4 erased; no checkpoint vouches for them'],
    });
    expect(verify(lines, ...withCheckpoint).said[0]).toContain('a checkpoint vouches for them up to 17');
  });

  it.each([
    [
      'an edited field',
      () => changed(3, (entry) => ({ ...entry, actor: 'agent:other' })),
      'entry 3: it is not what was sealed',
    ],
    ['edited data', () => changed(3, (entry) => ({ ...entry, data: {} })), 'entry 3: its data is not what was sealed'],
    ['an entry taken out', () => lines.toSpliced(2, 1), 'entry 3: it is missing; entry 4 comes next'],
    ['an entry put in', () => lines.toSpliced(2, 0, lines[0]!), 'entry 1: it stands behind entry 2'],
    ['entries that changed places', () => lines.toSpliced(2, 2, lines[3]!, lines[2]!), 'entry 3: it is missing'],
    ['the beginning cut off', () => lines.slice(2), 'entry 1: it is missing; entry 3 comes next'],
    [
      'erased data that nobody erased',
      () => changed(3, (entry) => ({ ...entry, data: null, salt: null })),
      'entry 3: its data is gone',
    ],
    ['a line that was cut off', () => lines.with(16, lines[16]!.slice(0, 40)), 'line 17: the line is not JSON'],
    ['another version', () => changed(3, (entry) => ({ ...entry, v: 2 })), 'line 3: the line is of another version'],
  ])('with %s is broken, and says where', (_what, make, says) => {
    const { status, said } = verify(make());
    expect(status).toBe(1);
    expect(said[0]).toContain(says);
    expect(said.at(-1)).toContain('BROKEN');
  });

  it('with its end cut off, or all hashes recomputed, is found by a checkpoint alone', async () => {
    expect(verify(lines.slice(0, 16)).status).toBe(0);
    expect(verify(lines.slice(0, 16), ...withCheckpoint).said[0]).toContain('entry 17: it is missing');
    const other = await emptyStore('sqlite');
    for (const n of [1, 2, 3, 4, 5]) await recordAction(other.store, `act_${String(n)}`);
    await sealPending(other.store);
    const pieces: Uint8Array[] = [];
    const asked = { format: 'ndjson', filter: {}, after: 0, actor: 'admin:maria', at: 1 } as const;
    for await (const { bytes } of exportRecord(other.store, asked)) pieces.push(bytes);
    await other.drop();
    const rewritten = Buffer.concat(pieces).toString().trimEnd().split('\n');
    expect(verify(rewritten).status).toBe(0);
    expect(verify(rewritten, ...withCheckpoint).said[0]).toContain('entry 17: it is not the one that the checkpoint');
  });

  it('of a part is whole with --partial, and a change in it is found', () => {
    const part = [lines[1]!, lines[2]!, lines[8]!];
    expect(verify(part).status).toBe(1);
    expect(verify(part, '--partial')).toMatchObject({ status: 0, said: [expect.stringContaining('2 gaps')] });
    const edited = JSON.stringify({ ...(JSON.parse(lines[2]!) as object), kind: 'failed' });
    expect(verify([part[0]!, edited], '--partial').status).toBe(1);
  });

  it('is not looked at where the command line or the checkpoints make no sense', () => {
    expect(verify(lines, '--checkpoints', 'checkpoints.ndjson')).toMatchObject({ status: 2 });
    expect(verify(lines, '--checkpoints', 'key.pem', '--key', 'key.pem').stderr).toContain('Line 1 of the checkpoints');
    expect(verify(lines, '--nonsense')).toMatchObject({ status: 2 });
  });

  it('that the documentation shows is whole', () => {
    const { AuditEntry: entry, Checkpoint: checkpoint, CheckpointList: list } = EXAMPLES;
    writeFileSync(path.join(on.dir, 'shown.ndjson'), JSON.stringify(checkpoint));
    writeFileSync(path.join(on.dir, 'shown.pem'), list.keys[0]!.publicKey);
    const { status, said } = verify([JSON.stringify(entry)], '--checkpoints', 'shown.ndjson', '--key', 'shown.pem');
    expect([status, said[0]]).toEqual([0, 'whole: 1 entries, 1 to 1; a checkpoint vouches for them up to 1']);
  });

  it('is checked by a program that imports nothing but Node and itself', () => {
    const imports = readdirSync(VERIFY).flatMap((file) =>
      [...readFileSync(path.join(VERIFY, file), 'utf8').matchAll(/from '([^']+)'/g)].map((match) => match[1] ?? ''),
    );
    expect(imports.length).toBeGreaterThan(5);
    expect(imports.filter((from) => !/^(node:|\.\/)/.test(from))).toEqual([]);
  });
});
