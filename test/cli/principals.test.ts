import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findKey } from '../../src/store/keys.ts';
import { openStore } from '../../src/store/open.ts';
import type { Ran } from './support/run-cli.ts';
import { runCli } from './support/run-cli.ts';

describe('gatehouse principals', () => {
  let dataDir: string;
  let key: string;
  const run = (...args: string[]): Promise<Ran> => runCli(args, { env: { GATEHOUSE_DATA: dataDir } });
  const isKnown = async (): Promise<boolean> => {
    const store = await openStore({ url: join(dataDir, 'gatehouse.db') });
    const found = await findKey(store, key);
    await store.close();
    return found !== null;
  };
  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-principals-'));
    key = (await run('keys', 'create', '--role', 'agent', '--name', 'worker')).out.trim();
    await run('keys', 'create', '--role', 'agent', '--name', 'planner');
  });

  it('says who somebody is, bit by bit, and takes it away again', async () => {
    await run(
      'principals',
      'set',
      'worker',
      '--owner',
      'maria',
      '--environment',
      'production',
      '--tag',
      'nightly',
      'eu',
    );
    await run('principals', 'set', 'worker', '--parent', 'planner', '--owner', '-');
    const { out } = await run('principals', 'show', 'worker', '--json');
    expect(JSON.parse(out)).toMatchObject({
      ...{ name: 'worker', kind: 'agent', owner: null, environment: 'production', tags: ['nightly', 'eu'] },
      ...{ parent: 'planner', chain: ['planner'], disabledAt: null },
    });
    const card = (await run('principals', 'show', 'worker')).out;
    expect(card).toContain('acts for');
    expect(card).toContain('agent live');
    expect((await run('principals', 'list')).out).toContain('production');
  });

  it('disables somebody with all their keys and with whoever acts for them, and enables them again', async () => {
    await run('principals', 'set', 'worker', '--parent', 'planner');
    expect((await run('principals', 'disable', 'planner')).out).toBe('planner is disabled.\n');
    expect(await isKnown()).toBe(false);
    expect((await run('principals', 'show', 'worker')).out).toContain('disabled with its parent');
    expect((await run('keys', 'list')).out).toContain('disabled');
    expect((await run('principals', 'disable', 'planner')).out).toBe('planner was before disabled.\n');
    await run('principals', 'enable', 'planner');
    expect(await isKnown()).toBe(true);
  });

  it.each([
    [['set', 'planner', '--parent', 'planner'], 'nobody would be behind either'],
    [['set', 'worker', '--parent', 'nobody-known'], 'nobody of that name is known'],
    [['set', 'worker', '--kind', 'person'], 'an agent stays one'],
    [['set', 'worker', '--owner', 'a b'], '--owner'],
    [['set', 'worker', '--kind', 'robot'], 'agent, person, service'],
  ])('refuses %j with 2', async (args, says) => {
    const { err, code } = await run('principals', ...args);
    expect(code).toBe(2);
    expect(err).toContain(says);
  });

  it('knows nobody whom it was not told of', async () => {
    expect((await run('principals', 'show', 'stranger')).code).toBe(1);
    expect((await run('principals', 'disable', 'stranger')).code).toBe(1);
  });
});
