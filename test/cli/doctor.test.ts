import { chmodSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Check } from '../../src/cli/doctor/check.ts';
import { checkApi, checkClock } from '../../src/cli/doctor/api.ts';
import { checkNode } from '../../src/cli/doctor/machine.ts';
import { checkStore } from '../../src/cli/doctor/store.ts';
import { openStore } from '../../src/store/open.ts';
import { dataFolderWithKeys, runCli } from './support/run-cli.ts';
import { startGate } from './support/scripted-gate.ts';

const PATH = process.env['PATH'];
// Nothing listens there.
const NOBODY = 'http://127.0.0.1:9';

async function examine(env: NodeJS.ProcessEnv): Promise<{ code: number; ok: boolean; checks: Check[] }> {
  const { out, code } = await runCli(['doctor', '--json'], { env: { PATH, GATEHOUSE_URL: NOBODY, ...env } });
  return { code, ...(JSON.parse(out) as { ok: boolean; checks: Check[] }) };
}

describe('gatehouse doctor', () => {
  it('finds nothing broken before the first start, and makes nothing', async () => {
    const parent = mkdtempSync(join(tmpdir(), 'gatehouse-doctor-'));
    const { code, ok, checks } = await examine({ GATEHOUSE_DATA: join(parent, 'data') });
    expect(checks.filter(({ state }) => state === 'fail')).toEqual([]);
    expect([code, ok]).toEqual([0, true]);
    expect(checks.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'node',
        'settings',
        'data folder',
        'key file',
        'temporal binary',
        'store',
        'policy',
        'api',
      ]),
    );
    expect(readdirSync(parent)).toEqual([]);
  });

  it('names every setting that cannot be used, with its fix', async () => {
    const { code, checks } = await examine({ GATEHOUSE_PORT: 'x', GATEHOUSE_LEASE_SECONDS: '0' });
    expect(code).toBe(1);
    const failed = checks.filter(({ state }) => state === 'fail');
    expect(failed.map(({ says }) => says.split(':')[0])).toEqual(['GATEHOUSE_PORT', 'GATEHOUSE_LEASE_SECONDS']);
    for (const { fix } of failed) expect(fix).toMatch(/^Give /);
  });

  it('fails keys that others can read, and says how to mend it', async () => {
    const dataDir = dataFolderWithKeys();
    chmodSync(join(dataDir, 'keys.json'), 0o644);
    const { code, checks } = await examine({ GATEHOUSE_DATA: dataDir });
    expect(code).toBe(1);
    expect(checks.find(({ state }) => state === 'fail')).toMatchObject({
      name: 'key file',
      fix: `Run: chmod 600 ${join(dataDir, 'keys.json')}`,
    });
  });

  it('fails a broken policy by file and line', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'gatehouse-doctor-'));
    writeFileSync(join(dir, 'policy.yaml'), 'version: 1\nname: x\nrules: nothing\n');
    const { checks } = await examine({ GATEHOUSE_DATA: join(dir, 'data'), GATEHOUSE_POLICY_DIR: dir });
    expect(checks.find(({ name }) => name === 'policy')).toMatchObject({
      state: 'fail',
      says: expect.stringContaining('policy.yaml:3:'),
    });
  });

  it('fails a Temporal server that does not answer', async () => {
    const env = { GATEHOUSE_DATA: dataFolderWithKeys(), TEMPORAL_ADDRESS: '127.0.0.1:9' };
    const { checks } = await examine(env);
    expect(checks.find(({ name }) => name === 'temporal server')?.state).toBe('fail');
  });

  it('reads a store without changing it', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'gatehouse-doctor-')), 'gatehouse.db');
    expect(await checkStore({ kind: 'sqlite', file })).toMatchObject({ state: 'warn' });
    await (await openStore({ url: file })).close();
    expect(await checkStore({ kind: 'sqlite', file })).toMatchObject({ state: 'ok' });
    const broken = `${file}.broken`;
    writeFileSync(broken, 'no database at all, but long enough to be looked at as one'.repeat(100));
    expect(await checkStore({ kind: 'sqlite', file: broken })).toMatchObject({ state: 'fail' });
  });

  it('tells a gate that is ready from one that refuses everything, and from a stranger', async () => {
    const gate = await startGate();
    const states = async (path = ''): Promise<string[]> =>
      (await checkApi(`${gate.url}${path}`, true)).map(({ name, state }) => `${name} ${state}`);
    expect(await states()).toEqual(['api ok', 'readiness ok', 'clock ok']);
    gate.app.gateway.readiness = async () => ({ ready: false, checks: { store: { ok: false, says: 'is down' } } });
    expect(await states()).toEqual(['api ok', 'readiness fail', 'clock ok']);
    expect(await states('/openapi.json')).toEqual(['api fail']);
    await gate.close();
    expect(await states()).toEqual(['api fail']);
  });

  it('tells clocks apart', () => {
    const date = 'Tue, 03 Feb 2026 10:00:00 GMT';
    const at = Date.parse(date);
    expect(checkClock(date, at + 3_000).state).toBe('ok');
    expect(checkClock(date, at - 60_000)).toMatchObject({ state: 'warn', says: "59 s apart from the API's" });
  });

  it('wants a Node.js that is new enough', () => {
    expect(checkNode('20.19.0').state).toBe('ok');
    expect(checkNode('20.18.9').state).toBe('fail');
    expect(checkNode('24.0.0').state).toBe('ok');
  });
});
