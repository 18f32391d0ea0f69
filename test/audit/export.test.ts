import { mkdtempSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { auditEntrySchema } from '@gatehouse/sdk/contract';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { exportRecord, type ExportOptions } from '../../src/audit/export/export-record.ts';
import { sealPending } from '../../src/audit/sealer.ts';
import { readTimeline } from '../../src/store/events.ts';
import { streamEntries } from '../../src/store/search.ts';
import { runCli, type Ran } from '../cli/support/run-cli.ts';
import { emptyStore, recordAction, STORES, type TestStore } from './support/recorded.ts';

describe.each(STORES)('exports of the record on %s', (kind) => {
  let on: TestStore;
  let folder: string;
  beforeAll(async () => {
    on = await emptyStore(kind);
    folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-export-'));
    for (const n of [1, 2, 3]) await recordAction(on.store, `act_${String(n)}`, { agent: `agent-${String(n)}` });
    await recordAction(on.store, 'act_formula', { agent: '=cmd()', type: 'a,"b"', target: 'two\nlines' });
    await sealPending(on.store);
  });
  afterAll(() => on.drop());

  const take = async (options: Partial<ExportOptions> = {}): Promise<Buffer> => {
    const asked: ExportOptions = { format: 'ndjson', filter: {}, after: 0, actor: 'admin:maria', at: 1, ...options };
    const pieces: Uint8Array[] = [];
    for await (const { bytes } of exportRecord(on.store, asked)) pieces.push(bytes);
    return Buffer.concat(pieces);
  };
  const entriesOf = (text: Buffer | string) =>
    text
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => auditEntrySchema.parse(JSON.parse(line)));

  it('have every entry once, in the order of the chain', async () => {
    expect(entriesOf(await take()).map(({ seq }) => seq)).toEqual(Array.from({ length: 16 }, (_, n) => n + 1));
  });

  it('stream page by page', async () => {
    const pages: number[] = [];
    for await (const page of streamEntries(on.store, {}, 0, 5)) pages.push(page.length);
    expect(pages).toEqual([5, 5, 5, 1]);
  });

  it.each([
    [{ agent: 'agent-2' }, [5, 6, 7, 8]],
    [{ action: 'act_3' }, [9, 10, 11, 12]],
    [{ kind: 'claimed' }, [3, 7, 11, 15]],
    [{ outcome: 'BLOCK' }, []],
    [{ outcome: 'ALLOW', kind: 'decided', agent: 'agent-1' }, [2]],
    [{ from: 1_800_000_000_005 }, [4, 8, 12, 16]],
    [{ to: 1_800_000_000_001, from: 0 }, [1, 5, 9, 13]],
  ] as const)('have what fits %j', async (filter, seqs) => {
    const text = await take({ filter });
    expect(text.length === 0 ? [] : entriesOf(text).map(({ seq }) => seq)).toEqual(seqs);
  });

  it('are on record with who took them, before they begin', async () => {
    const before = await readTimeline(on.store.db, 'audit');
    const pieces = exportRecord(on.store, {
      ...{ format: 'csv', filter: { agent: 'agent-1' }, after: 3, actor: 'admin:joe', at: 7 },
    });
    await pieces.next();
    const after = await readTimeline(on.store.db, 'audit');
    expect(after.length).toBe(before.length + 1);
    expect(after.at(-1)).toMatchObject({
      ...{ kind: 'exported', actor: 'admin:joe' },
      data: { format: 'csv', after: 3, filter: { agent: 'agent-1' } },
    });
  });

  it('in CSV quote what needs it, and leave no formula to a spreadsheet', async () => {
    const text = (await take({ format: 'csv', filter: { action: 'act_formula', kind: 'requested' } })).toString();
    const [head, ...rest] = text.split('\r\n');
    expect(head?.replaceAll('"', '')).toBe(
      'seq,at,kind,actor,action,agent,type,target,outcome,key,data,data_digest,hash',
    );
    const cells = [
      '"act_formula"',
      `"'=cmd()"`,
      '"a,""b"""',
      '"two\nlines"',
      '"ALLOW"',
      '"requested"',
      '"{""digest"":',
    ];
    expect(rest.join('\r\n')).toContain(cells.join(','));
  });

  it('in Parquet are read back as they were', async () => {
    const file = path.join(folder, `record-${kind}.parquet`);
    writeFileSync(file, await take({ format: 'parquet' }));
    const rows = await parquetReadObjects({ file: await asyncBufferFromFile(file) });
    const entries = entriesOf(await take()).slice(0, rows.length);
    expect(rows).toHaveLength(16);
    expect(rows.map((row): unknown[] => [Number(row['seq']), row['hash'], row['data']])).toEqual(
      entries.map(({ seq, hash, data }) => [seq, hash, data]),
    );
    expect(rows[0]).toMatchObject({ agent: 'agent-1', at: new Date(1_800_000_000_000), outcome: 'ALLOW' });
  });

  it('go on behind the last whole line of a file that was cut off', async () => {
    const file = path.join(folder, `resumed-${kind}.ndjson`);
    const run = (...args: string[]): Promise<Ran> => {
      const env = kind === 'postgres' ? { DATABASE_URL: on.url } : {};
      return runCli(['audit', 'export', '--out', file, '--to', '2027-01-15T08:00:01Z', ...args], {
        env: { GATEHOUSE_DATA: on.dir, HOME: on.dir, ...env },
      });
    };
    expect((await run()).err).toContain('16 entries, the last is 16');
    const whole = readFileSync(file);
    truncateSync(file, statSync(file).size - 700);
    expect((await run()).code).toBe(2);
    const resumed = await run('--resume');
    expect(resumed).toMatchObject({ code: 0, err: expect.stringMatching(/^2 entries, the last is 16/) });
    expect(readFileSync(file)).toEqual(whole);
    writeFileSync(file, 'no export\n');
    expect((await run('--resume')).err).toContain('does not end like an export');
  });
});
