import { auditEntryListSchema, auditEntrySchema, checkpointListSchema } from '@gatehouse/sdk/contract';
import { sealPending } from '../../src/audit/sealer.ts';
import { verifyRecord } from '../../src/audit/verify/verify.ts';
import { readBacklog } from '../../src/store/chain.ts';
import { ask, describeStores, ended, giveVerdict } from '../support/asking.ts';
import { WORD_POLICY } from '../support/policies.ts';
import { startStack, type Stack } from '../support/stack.ts';

describeStores('the record of a running gate', (store) => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ policy: { 'words.yaml': WORD_POLICY }, store });
    await stack.agent.guard('read_word', 'anything', {}, () => 'done');
    await ask(stack, 'blocked_word');
    for (const verdict of ['approve', 'reject'] as const) {
      const asked = await ask(stack, 'held_word', { more: { claim: false } });
      await giveVerdict(stack, asked, verdict);
      if (verdict === 'reject') await ended(stack, asked.actionId);
    }
  });
  afterAll(async () => {
    await stack.stop();
  });

  const get = async (role: 'agent' | 'reviewer' | 'admin', path: string) => {
    const headers = { authorization: `Bearer ${stack.keys[role]}` };
    const response = await fetch(`${stack.url}/api/v1/audit/${path}`, { headers });
    return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
  };

  it('I4 is sealed by the worker, with no entry left out, and whole', async () => {
    while ((await readBacklog(stack.core.store)).entries > 0) await sealPending(stack.core.store);
    const report = await verifyRecord(stack.core.store);
    expect(report).toMatchObject({ ok: true, actions: 4, findings: [] });
    const { count } = await stack.core.store.db
      .selectFrom('events')
      .select(({ fn }) => fn.countAll<number | string>().as('count'))
      .executeTakeFirstOrThrow();
    expect(report.entries).toBe(Number(count));
  });

  it('is found over HTTP by what is asked for, page by page', async () => {
    const first = await get('admin', 'events?outcome=REQUIRE_APPROVAL&kind=verdict&limit=1');
    const page = auditEntryListSchema.parse(JSON.parse(first.text));
    expect(page.entries.map(({ data }) => data?.['verdict'])).toEqual(['denied']);
    const next = await get('admin', `events?outcome=REQUIRE_APPROVAL&kind=verdict&cursor=${page.nextCursor ?? ''}`);
    const rest = auditEntryListSchema.parse(JSON.parse(next.text));
    expect(rest.entries.map(({ data }) => data?.['verdict'])).toEqual(['approved']);
    expect((await get('admin', 'events?cursor=x')).status).toBe(400);
    expect((await get('admin', 'events?from=yesterday')).status).toBe(400);
  });

  it('is copied over HTTP, line by line, and the copy is on record', async () => {
    const { text, type } = await get('admin', 'export');
    expect(type).toBe('application/x-ndjson');
    const entries = text
      .trimEnd()
      .split('\n')
      .map((line) => auditEntrySchema.parse(JSON.parse(line)));
    expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, at) => at + 1));
    await sealPending(stack.core.store);
    const copies = await get('admin', 'events?kind=exported');
    expect(auditEntryListSchema.parse(JSON.parse(copies.text)).entries).toEqual([
      expect.objectContaining({ action: 'audit', actor: `admin:${stack.principals.admin}` }),
    ]);
    const after = await get('admin', `export?after=${String(entries.length - 1)}`);
    expect(after.text.split('\n')[0]).toBe(text.trimEnd().split('\n').at(-1));
  });

  it('tells its signed heads, and nothing at all to those who may not audit', async () => {
    const { text } = await get('admin', 'checkpoints');
    const { size, checkpoints, keys } = checkpointListSchema.parse(JSON.parse(text));
    expect(size).toBeGreaterThan(10);
    expect(checkpoints.length).toBeGreaterThan(0);
    expect(keys.map(({ keyId }) => keyId)).toEqual([checkpoints[0]?.keyId]);
    for (const path of ['events', 'export', 'checkpoints']) {
      expect((await get('agent', path)).status).toBe(403);
      expect((await get('reviewer', path)).status).toBe(403);
    }
  });
});
