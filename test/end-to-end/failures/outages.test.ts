import { rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import path from 'node:path';
import { ActionBlockedError, Gatehouse, GateUnavailableError } from '@gatehouse/sdk';
import { sql } from 'kysely';
import { startApi } from '../../../src/cli/serve/api.ts';
import { connectTemporal, localTarget } from '../../../src/temporal/connect.ts';
import { ask, askFor, describeStores, ended, failureOf, kinds } from '../../support/asking.ts';
import { WORD_POLICY } from '../../support/policies.ts';
import { startStack, type Stack } from '../../support/stack.ts';
import { testTemporal } from '../../support/temporal.ts';

/** A policy with a condition that fails on arguments it does not expect. */
const CONDITIONAL_POLICY = `${WORD_POLICY}
  - id: small-sums
    reason: Small sums may go.
    match: { action: ['update_sum'] }
    when: args.amount < 10
    effect: allow
`;

describeStores('outages', (store) => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ policy: {}, store });
  });
  afterAll(async () => {
    await stack.stop();
  });

  const file = () => path.join(stack.policyDir, 'words.yaml');
  async function reload(): Promise<void> {
    await stack.core.policies.reload();
  }
  async function blockedReason(): Promise<string> {
    const answer = await ask(stack, 'read_word');
    expect(answer).toMatchObject({ decision: 'BLOCK', status: 'blocked', permit: null });
    return answer.reason;
  }

  it('F10 without a policy nothing runs: no folder, no file, an empty set, a broken file', async () => {
    expect(await blockedReason()).toMatch(/no policy file/);
    rmSync(stack.policyDir, { recursive: true });
    await reload();
    expect(await blockedReason()).toMatch(/policy/);
    stack.core.policies.close();
    await stack.stop();
    stack = await startStack({ policy: { 'words.yaml': 'rules: [ {{{' }, store });
    expect(await blockedReason()).toMatch(/words\.yaml/);
    writeFileSync(file(), 'version: 1\nname: empty\nrules: []\n');
    await reload();
    expect((await ask(stack, 'read_word')).decision).not.toBe('ALLOW');
    const ready = await stack.call('admin', 'GET', '/readyz');
    expect([200, 503]).toContain(ready.status);
  });

  it('F10 a policy that breaks later leaves the last sound one in force', async () => {
    writeFileSync(file(), CONDITIONAL_POLICY);
    await reload();
    const before = await ask(stack, 'read_word');
    expect(before.decision).toBe('ALLOW');
    writeFileSync(file(), 'version: 1\nrules: 7\n');
    await reload();
    expect(stack.core.policies.problems()).not.toEqual([]);
    const after = await ask(stack, 'read_word');
    expect(after).toMatchObject({ decision: 'ALLOW', policyDigest: before.policyDigest });
    expect((await ask(stack, 'blocked_word')).decision).toBe('BLOCK');
  });

  it('F10 a condition that fails on the arguments at hand never allows', async () => {
    writeFileSync(file(), CONDITIONAL_POLICY);
    await reload();
    expect((await ask(stack, 'update_sum', { context: { amount: 5 } })).decision).toBe('ALLOW');
    for (const context of [{}, { amount: 'five' }, { amount: null }, { amount: { $gt: 1 } }]) {
      expect((await ask(stack, 'update_sum', { context })).decision).not.toBe('ALLOW');
    }
  });

  it('F10 while the record cannot be written there is no ALLOW, and a repeat gets the decision later', async () => {
    const key = `no-record-${store}`;
    await sql`alter table actions rename to actions_away`.execute(stack.core.store.db);
    const refused = await askFor(stack, 'read_word', { key }).finally(() =>
      sql`alter table actions_away rename to actions`.execute(stack.core.store.db),
    );
    expect(refused).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    expect(refused.headers.get('retry-after')).not.toBeNull();
    const again = await ask(stack, 'read_word', { key });
    expect(again).toMatchObject({ decision: 'ALLOW', permit: { granted: true } });
  });

  it('F26 a block and an outage never look alike', async () => {
    const block = await askFor(stack, 'blocked_word');
    expect(block).toMatchObject({ status: 200, body: { decision: 'BLOCK' } });
    expect(await failureOf(stack.agent.guard('blocked_word', 'x', {}, never))).toBeInstanceOf(ActionBlockedError);

    // What follows is the same for either store, and takes until the gate's own deadline.
    if (store === 'postgres') return;
    const { actionId } = block.body as { actionId: string };
    expect(kinds(await ended(stack, actionId))).toEqual(['requested', 'decided', 'blocked']);
    const proxy = await cuttableProxy(testTemporal().address);
    const link = await connectTemporal(localTarget(proxy.address, stack.link.namespace));
    const api = await startApi(stack.core, link);
    const impatient = new Gatehouse({
      ...{ url: api.url, apiKey: stack.keys.agent, timeoutMs: 20_000 },
      retry: { attempts: 1 },
    });
    expect(await impatient.guard('read_word', 'x', {}, () => 'ran')).toBe('ran');
    proxy.cut();
    // Nothing can be put on record, so not even a block is answered as one.
    const words = ['read_word', 'blocked_word'];
    for (const error of await Promise.all(words.map((word) => failureOf(impatient.guard(word, 'x', {}, never))))) {
      expect(error).toBeInstanceOf(GateUnavailableError);
      expect(error).toMatchObject({ status: 503, problem: { code: 'unavailable' } });
    }
    await api.close();
    await link.connection.close();
  });

  // Last, for the store does not come back.
  it('F10 with the store gone every call is an outage, never a decision', async () => {
    await stack.stopWorker();
    await stack.core.store.db.destroy();
    expect(await askFor(stack, 'read_word')).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    expect(await askFor(stack, 'blocked_word')).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    const agent = new Gatehouse({ url: stack.url, apiKey: stack.keys.agent, retry: { attempts: 1 } });
    expect(await failureOf(agent.guard('read_word', 'x', {}, never))).toBeInstanceOf(GateUnavailableError);
  });
});

function never(): never {
  throw new Error('this must not run');
}

/** A wire to the address that can be cut: what goes over it ends, and nobody answers any more. */
async function cuttableProxy(address: string): Promise<{ address: string; cut: () => void }> {
  const [host, port] = address.split(':');
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(port), host);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    cut: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
