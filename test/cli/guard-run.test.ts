import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataFolderWithKeys } from './support/run-cli.ts';
import type { ScriptedGate } from './support/scripted-gate.ts';
import { startGate } from './support/scripted-gate.ts';
import type { Spawned } from './support/spawn-cli.ts';
import { spawnCli, stopSpawned } from './support/spawn-cli.ts';

const dataDir = dataFolderWithKeys();

describe('gatehouse guard --run', () => {
  let gate: ScriptedGate;
  let effect: string;
  const run = (type: string, args: string[], command: string[]): Spawned =>
    spawnCli(['guard', type, 'database', ...args, '--run', '--', ...command], {
      GATEHOUSE_URL: gate.url,
      GATEHOUSE_DATA: dataDir,
    });
  const writesEffect = (): string[] => [
    'sh',
    '-c',
    'printf "%s" "$GATEHOUSE_ACTION_ID" > "$1"; echo done',
    'sh',
    effect,
  ];
  beforeEach(async () => {
    gate = await startGate();
    effect = join(mkdtempSync(join(tmpdir(), 'gatehouse-run-')), 'effect');
  });
  afterEach(async () => {
    stopSpawned();
    await gate.close();
  });

  it('runs an allowed command under a permit and reports that it succeeded', async () => {
    const { out, code } = await run('read_rows', [], writesEffect()).ended;
    expect([out, code]).toEqual(['done\n', 0]);
    expect(readFileSync(effect, 'utf8')).toBe('act_7Yk2mQ');
    expect(gate.reports).toEqual([expect.objectContaining({ status: 'succeeded' })]);
  });

  it('I2 what was decided is what runs: the command is part of the action', async () => {
    await run('read_rows', ['--context', '{"table":"users"}'], writesEffect()).ended;
    expect(gate.requests[0]?.request.action.context).toEqual({ table: 'users', argv: writesEffect() });
  });

  it.each([
    [7, 7],
    [1, 1],
    [4, 1],
  ])('reports a failure with exit code %i, and ends with %i', async (own, expected) => {
    const { err, code } = await run('read_rows', [], ['sh', '-c', `exit ${own}`]).ended;
    expect(code).toBe(expected);
    expect(err).toContain(`sh ended with exit code ${own}`);
    expect(gate.reports).toEqual([expect.objectContaining({ status: 'failed' })]);
  });

  it('reports a command that cannot be started as failed without effect', async () => {
    const { code } = await run('read_rows', [], ['/nowhere/command']).ended;
    expect(code).toBe(127);
    expect(gate.reports).toEqual([
      expect.objectContaining({ status: 'failed', error: expect.stringContaining('there was no effect') }),
    ]);
  });

  it('runs nothing when it is blocked', async () => {
    const { err, code } = await run('drop_table', [], writesEffect()).ended;
    expect(code).toBe(4);
    expect(err).toContain('Blocked');
    expect(existsSync(effect)).toBe(false);
  });

  it('runs nothing while it is held', async () => {
    const { out, code } = await run('delete_rows', ['--json'], writesEffect()).ended;
    expect(code).toBe(3);
    expect(JSON.parse(out)).toMatchObject({ status: 'held', approvalId: 'apr_7Yk2mQ_1' });
    expect(existsSync(effect)).toBe(false);
  });

  it('waits for people and runs once it is approved', async () => {
    const running = run('delete_rows', ['--wait'], writesEffect());
    const waiting = gate.someoneWaits();
    await running.says('approval apr_7Yk2mQ_1');
    await waiting;
    gate.resolve('approved', 'maria');
    expect((await running.ended).code).toBe(0);
    expect(existsSync(effect)).toBe(true);
  });

  it('F06 runs nothing once it is rejected', async () => {
    const waiting = gate.someoneWaits();
    const running = run('delete_rows', ['--wait'], writesEffect());
    await waiting;
    gate.resolve('denied', 'maria', 'not on a Friday');
    const { err, code } = await running.ended;
    expect(code).toBe(5);
    expect(err).toContain('not on a Friday');
    expect(existsSync(effect)).toBe(false);
  });

  it('F28 reports a command that was killed', async () => {
    const { code } = await run('read_rows', [], ['sh', '-c', 'kill -9 $$']).ended;
    expect(code).toBe(137);
    expect(gate.reports).toEqual([expect.objectContaining({ status: 'failed' })]);
  });

  it('ends the command with it and still reports how that ended', async () => {
    const running = run('read_rows', [], ['sh', '-c', 'echo begun; exec sleep 60']);
    await running.says('begun');
    running.child.kill('SIGTERM');
    expect((await running.ended).code).toBe(143);
    expect(gate.reports).toEqual([expect.objectContaining({ status: 'failed' })]);
  });
});
