import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findKey } from '../../src/store/keys.ts';
import { openStore } from '../../src/store/open.ts';
import type { Ran } from './support/run-cli.ts';
import { runCli } from './support/run-cli.ts';

describe('gatehouse keys', () => {
  let dataDir: string;
  const run = (...args: string[]): Promise<Ran> => runCli(['keys', ...args], { env: { GATEHOUSE_DATA: dataDir } });
  const holder = async (key: string): Promise<unknown> => {
    const store = await openStore({ url: join(dataDir, 'gatehouse.db') });
    const found = await findKey(store, key);
    await store.close();
    return found;
  };
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-keys-'));
  });

  it('makes a key that works, and prints nothing else on standard output', async () => {
    const { out, code } = await run('create', '--role', 'reviewer', '--name', 'maria');
    expect(code).toBe(0);
    expect(out).toMatch(/^gh_reviewer_\S+\n$/);
    expect(await holder(out.trim())).toMatchObject({ principal: 'maria', role: 'reviewer' });
  });

  it('keeps the groups of a person, and gives none to an agent', async () => {
    const created = await run('create', '--role', 'reviewer', '--name', 'maria', '--group', 'security', 'on-call');
    expect(await holder(created.out.trim())).toMatchObject({ groups: ['security', 'on-call'] });
    expect(JSON.parse((await run('list', '--json')).out)).toEqual([
      expect.objectContaining({ name: 'maria', groups: ['security', 'on-call'] }),
    ]);
    const agent = await run('create', '--role', 'agent', '--name', 'billing', '--group', 'security');
    expect([agent.code, agent.out]).toEqual([2, '']);
    expect(agent.err).toContain('agents approve nothing');
    expect((await run('create', '--role', 'admin', '--name', 'root', '--group', 'a b')).code).toBe(2);
  });

  it('lists keys without the keys', async () => {
    const key = (await run('create', '--role', 'agent', '--name', 'billing')).out.trim();
    const { out } = await run('list');
    expect(out).toContain('billing');
    expect(out).not.toContain(key);
    expect(JSON.parse((await run('list', '--json')).out)).toEqual([
      expect.objectContaining({ name: 'billing', role: 'agent', revokedAt: null }),
    ]);
  });

  it('revokes by how the key begins, once', async () => {
    const key = (await run('create', '--role', 'agent', '--name', 'billing')).out.trim();
    expect((await run('revoke', key.slice(0, 14))).out).toContain('Revoked the agent key');
    expect(await holder(key)).toBeNull();
    expect((await run('revoke', key.slice(0, 14))).out).toContain('revoked before');
  });

  it('revokes nothing where several keys fit, or none', async () => {
    await run('create', '--role', 'agent', '--name', 'one');
    await run('create', '--role', 'agent', '--name', 'two');
    const { err, code } = await run('revoke', 'gh_agent_');
    expect(code).toBe(2);
    expect(err).toContain('fits 2 keys');
    expect((await run('revoke', 'gh_admin_')).code).toBe(1);
  });

  it('rotates a key: the new one has its rights, and both hold for the overlap', async () => {
    const scope = ['--scope', 'action=read_*', 'target=staging_*'];
    const old = (await run('create', '--role', 'agent', '--name', 'billing', ...scope, '--expires', '90d')).out.trim();
    const { out, err, code } = await run('rotate', old.slice(0, 14), '--overlap', '1h');
    expect([code, err]).toEqual([0, expect.stringContaining('The old one ends by itself in 1h')]);
    const scopes = { actions: ['read_*'], targets: ['staging_*'] };
    expect(await holder(out.trim())).toMatchObject({ principal: 'billing', role: 'agent', scopes });
    expect(await holder(old)).toMatchObject({ principal: 'billing' });
    const [first, second] = JSON.parse((await run('list', '--json')).out) as {
      id: string;
      replacedBy: string | null;
    }[];
    expect([first?.replacedBy, second?.replacedBy]).toEqual([second?.id, null]);
    const shown = (await run('show', first?.id ?? '')).out;
    expect(shown).toContain('action=read_* target=staging_*');
    expect(shown).not.toContain(old);
    expect((await run('rotate', first?.id ?? '')).code).toBe(1);
  });

  it('gives no person the name of an agent, and no agent that of a person', async () => {
    await run('create', '--role', 'agent', '--name', 'billing');
    const { err, code } = await run('create', '--role', 'reviewer', '--name', 'billing');
    expect([code, err]).toEqual([2, expect.stringContaining('is the name of an agent')]);
  });

  it.each([
    [['--scope', 'everything'], '--scope'],
    [['--scope', 'read-only', 'action=x'], 'a key that only looks asks for no actions'],
    [['--expires', 'soon'], 'is no time'],
  ])('refuses an agent key with %j', async (args, says) => {
    const { err, code } = await run('create', '--role', 'agent', '--name', 'billing', ...args);
    expect([code, err]).toEqual([2, expect.stringContaining(says)]);
  });

  it.each([
    [['--role', 'root', '--name', 'x'], 'owner, admin, reviewer, auditor, viewer, agent'],
    [['--role', 'agent'], '--name'],
    [['--role', 'agent', '--name', 'a b\u001b'], '--name'],
  ])('refuses %j with 2', async (args, says) => {
    const { err, code } = await run('create', ...args);
    expect(code).toBe(2);
    expect(err).toContain(says);
  });
});
