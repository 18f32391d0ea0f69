import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import { WORD_POLICY } from '../../support/policies.ts';
import { startStack, type Stack } from '../../support/stack.ts';
import { createTestDatabase, testPostgres } from '../../support/postgres.ts';
import { testTemporal } from '../../support/temporal.ts';
import { PLAIN_PATHS } from '../../workflows/support/paths.ts';
import { TERMS_PATHS, TERMS_POLICY } from '../../workflows/support/terms-paths.ts';
import { runCli, type Ran } from '../support/run-cli.ts';

let stack: Stack;
let approved: string;
let overridden: string;
const began = new Date(Date.now() - 1_000).toISOString();

beforeAll(async () => {
  stack = await startStack({ policy: { 'words.yaml': WORD_POLICY, 'terms.yaml': TERMS_POLICY }, store: 'sqlite' });
  approved = await PLAIN_PATHS['held-approved']!(stack);
  overridden = await TERMS_PATHS['terms-overridden']!(stack);
  for (const actionId of [approved, overridden]) await stack.client.workflow.getHandle(actionId).result();
}, 60_000);
afterAll(() => stack.stop());

function run(...args: string[]): Promise<Ran> {
  const { address, namespace } = testTemporal();
  return runCli(args, {
    cwd: stack.dataDir,
    env: {
      GATEHOUSE_DATA: stack.dataDir,
      GATEHOUSE_TASK_QUEUE: stack.core.settings.taskQueue,
      GATEHOUSE_ARCHIVE: 'archive',
      TEMPORAL_ADDRESS: address,
      TEMPORAL_NAMESPACE: namespace,
      USER: 'ann',
    },
  });
}

const report = (name: string, ...more: string[]): Promise<Ran> =>
  run('audit', 'report', name, '--from', began, ...more);

describe('gatehouse audit reconcile', () => {
  it('says what there is on both sides and that it is equal, and keeps it for whoever asks the gate', async () => {
    const { out, code } = await run('audit', 'reconcile', '--grace', '0', '--histories');
    expect([code, out]).toEqual([0, expect.stringContaining('Equal: each workflow has its action')]);
    const { body, status } = await stack.call('admin', 'GET', '/api/v1/audit/reconciliation');
    expect([status, body]).toEqual([
      200,
      { reconciliations: [expect.objectContaining({ equal: true, histories: 2 })] },
    ]);
    expect((await stack.call('agent', 'GET', '/api/v1/audit/reconciliation')).status).toBe(403);
  });

  it('exits with 1 where they differ, and with 0 once it is repaired', async () => {
    const actionId = await PLAIN_PATHS['allowed-succeeded']!(stack);
    await stack.client.workflow.getHandle(actionId).result();
    const { db } = stack.core.store;
    await db.updateTable('actions').set({ status: 'claimed', settled_at: null }).where('id', '=', actionId).execute();
    const found = await run('audit', 'reconcile', '--grace', '0');
    expect([found.code, found.out]).toEqual([1, expect.stringContaining(`behind  ${actionId}`)]);
    const mended = await run('audit', 'reconcile', '--grace', '0', '--repair', '--json');
    expect(mended.code).toBe(0);
    expect(JSON.parse(mended.out)).toMatchObject({ equal: true, repaired: [{ actionId, kind: 'behind', done: true }] });
  });

  it.each([
    [['--grace', 'soon'], '--grace'],
    [['--since', 'yesterday'], '--since'],
  ])('refuses %j with 2', async (args, says) => {
    const { code, err } = await run('audit', 'reconcile', ...args);
    expect([code, err]).toEqual([2, expect.stringContaining(says)]);
  });
});

describe('gatehouse audit archive and story', () => {
  it('archives what is over, and tells of it from there', async () => {
    expect(JSON.parse((await run('audit', 'archive', '--after', '0', '--json')).out)).toMatchObject({
      open: [],
      gone: [],
    });
    const { out, err, code } = await run('audit', 'story', approved, '--offline');
    expect([code, err]).toEqual([0, expect.stringContaining('from the archive; its SHA-256')]);
    for (const what of ['workflow started', 'update review', 'verdict', 'archived']) expect(out).toContain(what);
    expect((await run('audit', 'story', 'act_none')).code).toBe(1);
  });
});

describe('gatehouse audit report', () => {
  it('says who had access and what each did', async () => {
    const { out } = await report('access', '--format', 'json');
    const { sections } = JSON.parse(out) as { sections: { rows: Record<string, unknown>[] }[] };
    expect(sections[0]?.rows.map(({ role }) => role)).toEqual(expect.arrayContaining(['admin', 'agent', 'reviewer']));
    expect(sections[1]?.rows).toContainEqual(
      expect.objectContaining({ who: `reviewer:${stack.principals.reviewer}`, what: 'verdict' }),
    );
  });

  it('says who answered what, and how long each person took', async () => {
    const { out } = await report('approvals');
    expect(out).toContain('## By the person who ended the question');
    expect(out).toMatch(new RegExp(`\\| ${stack.principals.reviewer} \\| 1 \\| 0 \\| \\d+ \\|`));
    const csv = (await report('approvals', '--format', 'csv')).out.trim().split('\n');
    expect(csv[0]).toMatch(/^approval,agent,action,target/);
    expect(csv).toHaveLength(3);
  });

  it('names each break-glass approval, with the second look or that it is missing', async () => {
    const { out } = await report('break-glass', '--format', 'json');
    expect(JSON.parse(out)).toMatchObject({
      sections: [{ rows: [{ actionId: overridden, by: 'zoe', secondLook: 'missing' }] }],
    });
  });

  it('shows what each change of the policy changed', async () => {
    await stack.setPolicy('words.yaml', WORD_POLICY.replace('This word never runs.', 'This word does not run ```.'));
    const { out } = await report('policy');
    expect(out).toContain('-      "reason": "This word never runs."');
    expect(out).toContain('+      "reason": "This word does not run ```."');
    expect(out).toContain('````diff');
  });

  it('lists standing permissions, none where there is none, and escapes what others wrote', async () => {
    expect((await report('grants')).out).toContain('None.');
    const { db } = stack.core.store;
    await db
      .insertInto('grants')
      .values({
        ...{ id: 'grt_1', name: '=cmd|<script>', agent: 'a', type: 't', target: 'x', arguments_json: '{}', exact: 0 },
        ...{
          rules_json: '[]',
          uses: 1,
          used: 0,
          approval_id: `apr_${approved.slice(4)}_1`,
          given_by: 'maria',
          given_at: Date.now() - 500,
        },
        ...{ expires_at: Date.now() + 60_000, revoked_by: null, revoked_at: null },
      })
      .execute();
    const { out } = await report('grants');
    expect(out).toContain('=cmd&#124;&#60;script&#62;');
    expect((await report('grants', '--format', 'csv')).out).toContain(`'=cmd|<script>`);
  });

  it('refuses a report that there is not, and a time that is none', async () => {
    expect((await run('audit', 'report', 'everything')).code).toBe(2);
    expect((await run('audit', 'report', 'access', '--to', 'later')).code).toBe(2);
  });
});

describe('gatehouse audit pack', () => {
  it('is one page with everything in it, whose signatures and digest hold', async () => {
    const { out, code } = await run('audit', 'pack', approved);
    expect(code).toBe(0);
    for (const what of [
      'What was asked',
      'The signature is over exactly this verdict',
      'BEGIN PUBLIC KEY',
      'archived',
    ]) {
      expect(out).toContain(what);
    }
    expect(out).not.toMatch(/<script|<img|<link|https?:\/\/(?!www\.w3\.org)/i);
    const encoded = /echo (\S+) \| base64 -d/.exec(out)?.[1] ?? '';
    const digest = createHash('sha256').update(Buffer.from(encoded, 'base64')).digest('hex');
    expect(out).toContain(`sha256:${digest}`);
    writeFileSync(path.join(stack.dataDir, 'pack.html'), out);
  });

  it('lets nothing foreign act: neither markup nor characters that hide', async () => {
    const { body } = await stack.call('agent', 'POST', '/api/v1/guard', {
      action: {
        type: 'read_word',
        target: '<img src=x onerror=alert(1)>',
        context: { '</pre><script>': '\u202e"\'&' },
      },
      purpose: '</td><script>alert(1)</script>\u200b',
    });
    const { out } = await run('audit', 'pack', String(body['actionId']));
    expect(out).not.toMatch(/<script|<img|\u202e|\u200b/);
    expect(out).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(out).toContain('\\u202e');
  });

  it('says so where a signature does not hold, and where there is no such action', async () => {
    const { db } = stack.core.store;
    const { rows } = await sql<{ id: string; public_key: string }>`select id, public_key from verdict_keys`.execute(db);
    const [key] = rows;
    const { generateKeyPairSync } = await import('node:crypto');
    const other = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString();
    await db
      .updateTable('verdict_keys')
      .set({ public_key: other })
      .where('id', '=', key?.id ?? '')
      .execute();
    expect((await run('audit', 'pack', approved)).out).toContain('The signature is not over this verdict');
    await db
      .updateTable('verdict_keys')
      .set({ public_key: key?.public_key ?? '' })
      .where('id', '=', key?.id ?? '')
      .execute();
    expect((await run('audit', 'pack', 'act_none')).code).toBe(1);
  });
});

describe('gatehouse store', () => {
  it('backs up while everything runs, and restores into an empty folder alone', async () => {
    const { out, code } = await run('store', 'backup', 'backup.db');
    expect([code, out]).toEqual([0, expect.stringContaining('Backed up to backup.db')]);
    expect((await run('store', 'backup', 'backup.db')).err).toContain('is there already');
    expect((await run('store', 'restore', 'backup.db')).err).toContain('The store is not empty');
    const fresh = { GATEHOUSE_DATA: path.join(stack.dataDir, 'fresh') };
    const restored = await runCli(['store', 'restore', path.join(stack.dataDir, 'backup.db'), '--json'], {
      env: fresh,
    });
    expect(restored.code).toBe(0);
    const { tables } = JSON.parse(restored.out) as { tables: { table: string; rows: number }[] };
    expect(tables.find(({ table }) => table === 'actions')?.rows).toBeGreaterThan(2);
    expect((await runCli(['audit', 'verify'], { env: fresh })).code).toBe(0);
  });

  (testPostgres() === undefined ? it.skip : it)('moves to an empty PostgreSQL, where the chain is intact', async () => {
    const database = await createTestDatabase();
    try {
      const moved = await run('store', 'move', '--to', database.url);
      expect([moved.code, moved.out]).toEqual([0, expect.stringContaining('each table read back and equal')]);
      const verified = await runCli(['audit', 'verify'], {
        env: { GATEHOUSE_DATA: path.join(stack.dataDir, 'moved'), DATABASE_URL: database.url },
      });
      expect(verified.code).toBe(0);
      expect((await run('store', 'move', '--to', database.url)).err).toContain('in use already');
    } finally {
      await database.drop();
    }
  });

  it('moves to PostgreSQL only, and says what to give', async () => {
    const { code, err } = await run('store', 'move', '--to', 'mysql://x/y');
    expect([code, err]).toEqual([2, expect.stringContaining('--to')]);
  });
});
