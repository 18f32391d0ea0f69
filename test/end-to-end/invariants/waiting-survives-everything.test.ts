import { startApi } from '../../../src/cli/serve/api.ts';
import { createLogger, openCore, type Core } from '../../../src/cli/serve/core.ts';
import { startWorker } from '../../../src/cli/serve/worker.ts';
import { Gatehouse } from '@gatehouse/sdk';
import { ExecutorRegistry } from '../../../src/activities/executors/registry.ts';
import { ask, describeStores, ended, giveVerdict, kinds } from '../../support/asking.ts';
import { WORD_POLICY } from '../../support/policies.ts';
import { startStack, type Stack } from '../../support/stack.ts';
import { testTemporal } from '../../support/temporal.ts';

describeStores('waiting survives everything', (store) => {
  let stack: Stack;
  const undo: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    stack = await startStack({ policy: { 'words.yaml': WORD_POLICY }, store });
  });
  afterAll(async () => {
    for (const step of undo.reverse()) await step();
    await stack.stop();
  });

  /** The same Gatehouse in another process, as far as one process can be: own store, own policy, own worker, own API. */
  async function takeOver(): Promise<string> {
    const { settings } = stack.core;
    const core: Core = await openCore(settings, createLogger(settings), new ExecutorRegistry([]));
    undo.push(() => core.close());
    const worker = await startWorker(core, stack.link, testTemporal().bundlePath);
    undo.push(() => worker.stop());
    const api = await startApi(core, stack.link);
    undo.push(() => api.close());
    return api.url;
  }

  it('I6 waiting costs nothing and survives everything', async () => {
    const key = `patient-${store}`;
    const held = await ask(stack, 'held_word', { key, context: { n: 1 } });
    const before = await stack.client.workflow.getHandle(held.actionId).describe();
    // An agent that waits holds a request, and no update of the workflow.
    const gone = new AbortController();
    const waiting = stack.agent.guard('held_word', 'anything', { n: 1 }, () => 'too early', {
      idempotencyKey: key,
      signal: gone.signal,
    });
    gone.abort(new Error('the agent died'));
    await expect(waiting).rejects.toMatchObject({ message: 'the agent died' });
    await stack.stopWorker();
    const url = await takeOver();
    const after = await stack.client.workflow.getHandle(held.actionId).describe();
    expect(after).toMatchObject({ status: { name: 'RUNNING' }, runId: before.runId });

    const reply = await fetch(`${url}/api/v1/approvals/${held.approvalId ?? ''}/verdict`, {
      method: 'POST',
      headers: { authorization: `Bearer ${stack.keys.reviewer}`, 'content-type': 'application/json' },
      body: JSON.stringify({ verdict: 'approve', actionDigest: held.actionDigest }),
    });
    expect(reply.status).toBe(200);
    const reborn = new Gatehouse({ url, apiKey: stack.keys.agent });
    const ran = await reborn.guard('held_word', 'anything', { n: 1 }, () => 'ran', { idempotencyKey: key });
    expect(ran).toBe('ran');
    expect(kinds(await ended(stack, held.actionId))).toEqual([
      ...['requested', 'decided', 'held', 'verdict', 'rechecked', 'claimed', 'succeeded'],
    ]);
  });

  it('I6 waiting costs nothing and survives everything: a change by one process wakes who waits at another', async () => {
    const held = await ask(stack, 'held_word');
    const url = await takeOver();
    const poll = fetch(`${url}/api/v1/approvals/${held.approvalId ?? ''}?wait=20`, {
      headers: { authorization: `Bearer ${stack.keys.reviewer}` },
    });
    expect((await giveVerdict(stack, held, 'approve')).status).toBe(200);
    expect(await (await poll).json()).toMatchObject({ status: 'approved' });
  });
});
