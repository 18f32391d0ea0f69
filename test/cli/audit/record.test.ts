import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { auditEntryListSchema, checkpointSchema } from '@gatehouse/sdk/contract';
import { sql } from 'kysely';
import { sealPending } from '../../../src/audit/sealer.ts';
import { readAction } from '../../../src/store/actions.ts';
import { emptyStore, recordAction, takeOverTables, type TestStore } from '../../audit/support/recorded.ts';
import { runCli, type Ran } from '../support/run-cli.ts';

describe('gatehouse audit', () => {
  let on: TestStore;
  const run = (...args: string[]): Promise<Ran> =>
    runCli(['audit', ...args], { env: { GATEHOUSE_DATA: on.dir, HOME: on.dir, USER: 'maria' }, cwd: on.dir });
  beforeEach(async () => {
    on = await emptyStore('sqlite');
    for (const n of [1, 2, 3]) await recordAction(on.store, `act_${String(n)}`);
    await sealPending(on.store);
  });
  afterEach(() => on.drop());

  it('verify ends with 0 where the record is whole, and tells how much it has looked at', async () => {
    const { code, out } = await run('verify');
    expect([code, out]).toEqual([
      0,
      [
        'The record is whole.',
        '  12 entries sealed, 0 waiting, the data of 0 erased',
        '  0 checkpoints, the newest that fits over 0 entries',
        '  3 actions agree with their entries or are named above',
        '',
      ].join('\n'),
    ]);
  });

  it('verify ends with 1 where it is not, and names the entry', async () => {
    await takeOverTables(on.store);
    await sql`update events set actor = ${'agent:\u202eother'} where place = 6`.execute(on.store.db);
    const { code, out } = await run('verify');
    expect(code).toBe(1);
    expect(out).toContain('entry 6: Entry 6 (decided of act_2) is not what was sealed');
    expect(JSON.parse((await run('verify', '--json')).out)).toMatchObject({
      ok: false,
      wrong: 1,
      findings: [{ code: 'entry_changed', seq: 6, action: 'act_2' }],
    });
  });

  it('checkpoint signs what there is, and catches a rewritten past when it was kept elsewhere', async () => {
    await recordAction(on.store, 'act_4');
    const signed = await run('checkpoint');
    expect(checkpointSchema.parse(JSON.parse(signed.out)).size).toBe(16);
    expect((await run('checkpoint')).out).toBe(signed.out);
    writeFileSync(path.join(on.dir, 'kept.ndjson'), signed.out);
    writeFileSync(path.join(on.dir, 'key.pem'), (await run('checkpoint', '--key')).out);
    const outside = ['--checkpoints', 'kept.ndjson', '--key', 'key.pem'];
    expect((await run('verify', ...outside)).out).toContain('2 checkpoints, the newest that fits over 16 entries');

    await takeOverTables(on.store);
    await sql`delete from checkpoints`.execute(on.store.db);
    await sql`update events set place = null, salt = null, data_digest = null, hash = null`.execute(on.store.db);
    await sql`update chain_head set size = 0, hash = ${'0'.repeat(64)}`.execute(on.store.db);
    await sql`update events set at = at + 1`.execute(on.store.db);
    await sealPending(on.store);
    expect((await run('verify')).code).toBe(0);
    const caught = await run('verify', ...outside);
    expect(caught.code).toBe(1);
    expect(caught.out).toContain('Entry 16 is not the one that the checkpoint');
  });

  it('search finds by kind and action, newest first, page by page', async () => {
    const first = await run('search', '--kind', 'claimed', '--limit', '2', '--json');
    const page = auditEntryListSchema.parse(JSON.parse(first.out));
    expect(page.entries.map(({ seq, action }) => [seq, action])).toEqual([
      [11, 'act_3'],
      [7, 'act_2'],
    ]);
    const next = await run('search', '--kind', 'claimed', '--cursor', page.nextCursor ?? '');
    expect(next.out).toContain('act_1');
    expect(next.out).not.toContain('act_2');
  });

  it('redact erases what an ended action held, visibly, and the record stays whole', async () => {
    const { out } = await run('redact', 'act_2', '--reason', 'asked for by the person', '--json');
    expect(JSON.parse(out)).toEqual({ action: 'act_2', erased: ['requested', 'decided', 'claimed', 'end'] });
    expect(await readAction(on.store, 'act_2')).toMatchObject({ context_json: '{"erased":true}', result_json: null });
    expect((await run('verify')).code).toBe(0);
    await sealPending(on.store);
    const found = auditEntryListSchema.parse(JSON.parse((await run('search', '--action', 'act_2', '--json')).out));
    expect(found.entries.map(({ kind, data }) => [kind, data === null])).toEqual([
      ['redacted', false],
      ['succeeded', true],
      ['claimed', true],
      ['decided', true],
      ['requested', true],
    ]);
    expect(found.entries[0]).toMatchObject({ actor: 'process:cli:maria', data: { reason: 'asked for by the person' } });
    expect((await run('redact', 'act_2', '--reason', 'again')).err).toContain('erased before');
  });

  it('redact leaves alone what has not ended, and what is not there', async () => {
    await recordAction(on.store, 'act_open', { status: 'claimed', settled_at: null });
    expect(await run('redact', 'act_open', '--reason', 'x')).toMatchObject({
      code: 1,
      err: expect.stringContaining('not_settled'),
    });
    expect((await run('redact', 'act_none', '--reason', 'x')).err).toContain('not_found');
  });

  it.each([
    [['search', '--limit', 'x'], '--limit'],
    [['search', '--kind', 'nothing'], 'refused_attempt'],
    [['search', '--from', 'yesterday'], '--from'],
    [['verify', '--checkpoints', 'none.ndjson'], 'cannot be read'],
    [['export', '--resume'], '--out'],
    [['export', '--format', 'xml'], 'parquet'],
  ])('refuses %j with 2', async (args, says) => {
    const { code, err } = await run(...args);
    expect(code).toBe(2);
    expect(err).toContain(says);
  });
});
