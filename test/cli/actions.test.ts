import type { Ran } from './support/run-cli.ts';
import { dataFolderWithKeys, runCli } from './support/run-cli.ts';
import type { ScriptedGate } from './support/scripted-gate.ts';
import { ACTION_ID, startGate } from './support/scripted-gate.ts';
import { spawnCli, stopSpawned } from './support/spawn-cli.ts';

const dataDir = dataFolderWithKeys();

describe('gatehouse actions', () => {
  let gate: ScriptedGate;
  const env = (): NodeJS.ProcessEnv => ({ GATEHOUSE_URL: gate.url, GATEHOUSE_DATA: dataDir });
  const run = (args: string[]): Promise<Ran> => runCli(['actions', ...args], { env: env() });
  beforeEach(async () => {
    gate = await startGate();
  });
  afterEach(async () => {
    stopSpawned();
    await gate.close();
  });

  it('lists, and says how to go on', async () => {
    const { out } = await run(['list', '--agent', 'cleanup-agent']);
    expect(out).toContain('act_7Yk2mQ  held    REQUIRE_APPROVAL  cleanup-agent');
    expect(out).toContain('More: --cursor more');
  });

  it("prints the API's very text with --json", async () => {
    const answer = await gate.app.call('GET', '/api/v1/actions', { key: 'reviewer' });
    expect((await run(['list', '--json'])).out).toBe(`${answer.text}\n`);
  });

  it('shows one with its timeline, escaped', async () => {
    gate.hold({ arguments: { table: '\u001b[2J' } });
    const { out } = await run(['show', ACTION_ID]);
    expect(out).toContain('  │ "table": "\\u001b[2J"');
    expect(out).toContain('    2026-02-03T10:00:00.012Z  decided  gate  {"outcome":"REQUIRE_APPROVAL"}');
  });

  it('watches one until it is over, and ends as it ended', async () => {
    const watching = spawnCli(['actions', 'watch', ACTION_ID], env());
    await watching.says('decided');
    gate.resolve('denied', 'maria');
    const { out, code } = await watching.ended;
    expect(out.trim().split('\n').slice(1)).toEqual([
      '2026-02-03T10:02:00.000Z  rejected  gate',
      'Action act_7Yk2mQ is rejected.',
    ]);
    expect(code).toBe(5);
  });

  it('watches all until it is stopped', async () => {
    const watching = spawnCli(['actions', 'watch', '--json'], env());
    await watching.says('"held"');
    gate.become('permitted');
    await watching.says('"permitted"');
    watching.child.kill('SIGINT');
    const { out } = await watching.ended;
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { status: string }).status),
    ).toEqual(['held', 'permitted']);
  });

  it('cancels with a reason', async () => {
    expect((await run(['cancel', ACTION_ID, '--reason', 'changed my mind'])).out).toBe(
      'Action act_7Yk2mQ is cancelled.\n',
    );
    expect(gate.action.settlement?.reason).toBe('changed my mind');
  });

  it.each(['', '.', '..'])('refuses %j as an id before anything is sent', async (id) => {
    expect((await run(['show', id])).code).toBe(2);
  });
});
