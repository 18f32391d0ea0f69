import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Ran } from './support/run-cli.ts';
import { dataFolderWithKeys, runCli } from './support/run-cli.ts';
import type { ScriptedGate } from './support/scripted-gate.ts';
import { startGate } from './support/scripted-gate.ts';

const dataDir = dataFolderWithKeys();

describe('gatehouse guard', () => {
  let gate: ScriptedGate;
  const run = (args: string[], input = ''): Promise<Ran> =>
    runCli(['guard', ...args], { input, env: { GATEHOUSE_URL: gate.url, GATEHOUSE_DATA: dataDir } });
  beforeEach(async () => {
    gate = await startGate();
  });
  afterEach(() => gate.close());

  it('says that it is allowed, and claims nothing', async () => {
    const { out, code } = await run(['read_balance', 'staging_database']);
    expect(code).toBe(0);
    expect(out).toContain('ALLOW  permitted');
    expect(gate.requests[0]?.request).toMatchObject({ claim: false, mode: 'permit' });
    expect(gate.action.status).toBe('permitted');
  });

  it('ends with 3 when it is held, and prints the approval and how to go on', async () => {
    const { out, code } = await run(['delete_records', 'production_database', '--key', 'k1']);
    expect(code).toBe(3);
    expect(out).toContain('approval  apr_7Yk2mQ_1');
    expect(out).toContain('--key k1 --wait');
  });

  it('ends with 4 when it is blocked', async () => {
    const { out, code } = await run(['drop_table', 'production_database']);
    expect(code).toBe(4);
    expect(out).toContain('BLOCK  blocked');
  });

  it.each([
    ['approved', 0],
    ['denied', 5],
    ['expired', 5],
    ['cancelled', 5],
  ] as const)('waits for people: %s ends with %i', async (status, expected) => {
    const waiting = gate.someoneWaits();
    const ran = run(['delete_records', 'production_database', '--wait', '--json']);
    await waiting;
    gate.resolve(status, 'maria');
    const { out, code } = await ran;
    expect(code).toBe(expected);
    expect(JSON.parse(out)).toMatchObject({ actionId: 'act_7Yk2mQ', status: gate.action.status });
  });

  it('waits for the outcome of an executor', async () => {
    const waiting = gate.someoneWaits();
    const ran = run(['delete_records', 'production_database', '--mode', 'executor', '--wait']);
    await waiting;
    const settlement = {
      status: 'failed',
      reason: null,
      error: 'the table is gone',
      settledAt: '2026-02-03T10:03:00.000Z',
    };
    gate.become('failed', { settlement: settlement as never });
    const { out, code } = await ran;
    expect(code).toBe(1);
    expect(out).toContain('settled   failed: the table is gone');
  });

  it('takes the context as JSON, from a file, and from standard input', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'gatehouse-context-')), 'context.json');
    writeFileSync(file, '{"from":"file"}');
    await run(['read_x', 'y', '--context', '{"from":"text"}']);
    await run(['read_x', 'y', '--context', `@${file}`]);
    await run(['read_x', 'y', '--context', '-'], '{"from":"stdin"}');
    expect(gate.requests.map(({ request }) => request.action.context)).toEqual([
      { from: 'text' },
      { from: 'file' },
      { from: 'stdin' },
    ]);
  });

  it.each([
    [['--context', '{"a":'], 'not JSON'],
    [['--context', '[1]'], 'no JSON object'],
    [['--context', '@/nowhere/context.json'], 'cannot be read'],
    [['--mode', 'both'], 'permit, executor'],
    [['--run'], 'give the command after --'],
    [['--', 'ls'], 'add --run'],
    [['--run', '--mode', 'executor', '--', 'ls'], 'exclude each other'],
    [['--run', '--context', '{"argv":["ls"]}', '--', 'rm'], 'argv'],
    [['--nonsense'], 'unknown option'],
  ])('refuses %j before anything is sent, with 2', async (args, says) => {
    const { err, code } = await run(['read_x', 'y', ...args]);
    expect(code).toBe(2);
    expect(err).toContain(says);
    expect(gate.requests).toEqual([]);
  });

  it('--wait waits on for the window of what was approved, and without it ends with 3', async () => {
    const once = await run(['write_rows', 'db', '--key', 'k1']);
    expect(once.code).toBe(3);
    gate.approval = { ...gate.approval, status: 'approved' };
    gate.become('scheduled');
    const looked = await run(['write_rows', 'db', '--key', 'k1']);
    expect(looked.code).toBe(3);
    expect(looked.out).toContain('approved  it may run once its window opens');
    const waiting = run(['write_rows', 'db', '--key', 'k1', '--wait']);
    await gate.someoneWaits();
    gate.become('permitted');
    expect((await waiting).code).toBe(0);
  });

  it('says by whose leave it is allowed where nobody was asked', async () => {
    await run(['read_rows', 'db', '--key', 'k1']);
    gate.action = { ...gate.action, grant: { id: 'grt_1', name: 'nightly', givenBy: 'maria' } };
    expect((await run(['read_rows', 'db', '--key', 'k1'])).out).toContain('leave     nightly, of maria');
  });

  it('tells an invalid request by its fields, with 2', async () => {
    const { err, code } = await run(['x'.repeat(201), 'y']);
    expect(code).toBe(2);
    expect(err).toContain('/action/type');
  });

  it('F26 an outage is 6 and says so, never a block', async () => {
    await gate.close();
    const { out, err, code } = await run(['drop_table', 'production_database', '--key', 'k1']);
    expect([out, code]).toEqual(['', 6]);
    expect(err).toContain('add --key k1');
    expect(err).toContain('unreachable: No gate answers at');
    expect(err).toContain('npm start');
  });
});

describe('where the gate and the key are', () => {
  it('names both places of a key when there is none', async () => {
    const { err, code } = await runCli(['guard', 'a', 'b'], { env: { GATEHOUSE_DATA: '/nowhere' } });
    expect(code).toBe(2);
    expect(err).toContain('GATEHOUSE_API_KEY');
    expect(err).toContain('/nowhere/keys.json');
  });

  it.each([
    ['GATEHOUSE_URL', 'localhost:4280'],
    ['GATEHOUSE_URL', 'http://user:secret@host'],
    ['GATEHOUSE_PORT', '0'],
    ['GATEHOUSE_PORT', 'http'],
  ])('refuses %s=%s by its name', async (name, value) => {
    const { err, code } = await runCli(['actions', 'list'], { env: { [name]: value, GATEHOUSE_API_KEY: 'k' } });
    expect(code).toBe(2);
    expect(err).toContain(name);
    expect(err).not.toContain('secret');
  });

  it('takes GATEHOUSE_API_KEY before the file', async () => {
    const gate = await startGate();
    const env = { GATEHOUSE_URL: gate.url, GATEHOUSE_DATA: dataDir, GATEHOUSE_API_KEY: 'nobody' };
    const { err, code } = await runCli(['actions', 'list'], { env });
    expect(code).toBe(1);
    expect(err).toContain('unauthenticated');
    await gate.close();
  });
});
