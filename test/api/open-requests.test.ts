import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { keyIdOf, createKey } from '../../src/store/keys.ts';
import type { Role } from '../../src/access/roles.ts';
import { approvalOf, ask, describeStores, giveVerdict, kinds, record } from '../support/asking.ts';
import { WORD_POLICY } from '../support/policies.ts';
import { startNode } from '../support/processes.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { Visitor } from '../console/support/visitor.ts';
import { createMemoryAudit } from './support/memory-audit.ts';
import { KEYS, runApp } from './support/running-app.ts';

describeStores('a revocation counts for open requests', (kind) => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ policy: { 'words.yaml': WORD_POLICY }, store: kind });
  });
  afterAll(() => stack.stop());
  afterEach(() => {
    jest.restoreAllMocks();
  });

  const headersOf = (key: string) => ({ authorization: `Bearer ${key}`, 'content-type': 'application/json' });
  const keyFor = (role: Role) => createKey(stack.core.store, role, `${role}-${randomUUID()}`);
  const asAgent = async (key: string) => {
    const body = JSON.stringify({ action: { type: 'held_word', target: 'anything', context: {} } });
    const answer = await fetch(`${stack.url}/api/v1/guard`, { method: 'POST', headers: headersOf(key), body });
    return (await answer.json()) as { actionId: string; approvalId: string; actionDigest: string };
  };

  /** Revokes a key as an operator does, with a process of their own, and returns once this one has felt it. */
  async function revokeElsewhere(key: string): Promise<void> {
    const { store, dataDir } = stack.core.settings;
    const child = startNode(
      ['--import', './scripts/typescript.mjs', 'src/cli/main.ts', 'keys', 'revoke', keyIdOf(key)],
      { GATEHOUSE_DATA: dataDir, ...(store.kind === 'postgres' ? { DATABASE_URL: store.url } : {}) },
    );
    await child.said(/Revoked the/);
    while ((await fetch(`${stack.url}/api/v1/actions`, { headers: headersOf(key) })).status !== 401);
  }

  /** Resolves as soon as a request waits for a change of the action. */
  function someoneWaitsFor(actionId: string): Promise<void> {
    const { changes } = stack.core.store;
    const listen = changes.listen.bind(changes);
    return new Promise((waits) => {
      jest.spyOn(changes, 'listen').mockImplementation((id) => {
        if (id === actionId) waits();
        return listen(id);
      });
    });
  }

  it.each([
    ['an approval', 'approvals', `claim=${randomUUID()}&`],
    ['an action', 'actions', ''],
  ] as const)('a long poll for %s ends with 401, tells nothing and takes no permit', async (_what, list, claim) => {
    const key = await keyFor('agent');
    const held = await asAgent(key);
    const path = `${list}/${list === 'actions' ? held.actionId : held.approvalId}`;
    const waits = someoneWaitsFor(held.actionId);
    const poll = fetch(`${stack.url}/api/v1/${path}?${claim}wait=30`, { headers: headersOf(key) });
    await waits;
    await revokeElsewhere(key);
    if (list === 'actions') await stack.call('admin', 'POST', `/api/v1/actions/${held.actionId}/cancel`, {});
    else expect((await giveVerdict(stack, held, 'approve')).status).toBe(200);
    const answer = await poll;
    const body = (await answer.json()) as Record<string, unknown>;
    expect([answer.status, body['code']]).toEqual([401, 'unauthenticated']);
    expect(JSON.stringify(body)).not.toContain(held.actionId);
    expect(kinds(await record(stack, held.actionId))).not.toContain('claimed');
  });

  it('a verdict whose body was still on its way does not count', async () => {
    const key = await keyFor('reviewer');
    const held = await ask(stack, 'held_word');
    const body = JSON.stringify({ verdict: 'approve', actionDigest: held.actionDigest });
    const url = `${stack.url}/api/v1/approvals/${held.approvalId ?? ''}/verdict`;
    const sent = request(url, { method: 'POST', headers: { ...headersOf(key), 'content-length': body.length } });
    const admitted = seen(stack.core.store.db, keyIdOf(key));
    sent.write(body.slice(0, 10));
    await admitted;
    await revokeElsewhere(key);
    sent.end(body.slice(10));
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    answer.resume();
    expect(answer.statusCode).toBe(401);
    expect(await approvalOf(stack, held.approvalId, 0)).toMatchObject({ status: 'pending' });
  });

  it('a stream of the console ends when the key behind its session is revoked', async () => {
    const key = await keyFor('reviewer');
    const stream = await openStream(key);
    await revokeElsewhere(key);
    expect(await stream.rest()).toMatch(/event: over\ndata: session\n\n$/);
  });

  it('a stream of the console ends when its person signs out elsewhere', async () => {
    const stream = await openStream(await keyFor('reviewer'));
    const other = stream.visitor.copy();
    await other.post('/console/sign-out', { token: await other.formToken() });
    expect(await stream.rest()).toMatch(/event: over\ndata: session\n\n$/);
  });

  /** Signs in, and listens to the inbox until it has told its first version. */
  async function openStream(key: string) {
    const visitor = new Visitor(stack.url);
    await visitor.signIn(key);
    const cookie = `gatehouse_session=${visitor.session ?? ''}`;
    const response = await fetch(`${stack.url}/console/live`, { headers: { cookie } });
    const chunks = response.body!.pipeThrough(new TextDecoderStream())[Symbol.asyncIterator]();
    expect((await chunks.next()).value).toMatch(/^event: version/);
    const rest = async (): Promise<string> => {
      let text = '';
      for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) text += next.value;
      return text;
    };
    return { visitor, rest };
  }
});

/** Resolves once a call with the key was let in: its use is written down then. */
async function seen(db: Stack['core']['store']['db'], keyId: string): Promise<void> {
  for (;;) {
    const row = await db.selectFrom('keys').select('last_used_at').where('id', '=', keyId).executeTakeFirst();
    if (row?.last_used_at != null) return;
    await setImmediate();
  }
}

it('an export that is under way is cut off when its key is revoked', async () => {
  let isRevoked = false;
  async function* endless(): AsyncGenerator<Uint8Array> {
    for (;;) {
      yield Buffer.from('{}\n');
      await setImmediate();
    }
  }
  const app = await runApp({ audit: { ...createMemoryAudit(), export: async () => endless() } }, undefined, {
    authenticate: async () => (isRevoked ? null : { principal: 'ann', role: 'admin' }),
  });
  const answer = await fetch(`${app.server.url}/api/v1/audit/export`, {
    headers: { authorization: `Bearer ${KEYS.admin}` },
  });
  const pieces = answer.body![Symbol.asyncIterator]();
  expect((await pieces.next()).done).toBe(false);
  isRevoked = true;
  await expect(drain(pieces)).rejects.toThrow();
  await app.server.close();
});

async function drain(pieces: AsyncIterator<unknown>): Promise<void> {
  while ((await pieces.next()).done !== true);
}
