import { randomUUID } from 'node:crypto';
import { readAction } from '../../../src/store/actions.ts';
import { readTimeline } from '../../../src/store/events.ts';
import { actionIdFor } from '../../../src/client/action-id.ts';
import { decisionInHistory } from '../../support/history.ts';
import type { Child, KillPoint } from '../../support/processes.ts';
import { processStack, type ProcessStack } from '../../support/process-stack.ts';
import { WORD_POLICY } from '../../support/policies.ts';

const MINUTE = 60_000;

let stack: ProcessStack;
beforeEach(async () => {
  stack = await processStack({ policy: WORD_POLICY });
});
afterEach(async () => {
  await stack.stop();
});

/** Guards an action that is allowed, and counts how often it was run. */
function guarded(): { key: string; effects: () => number; result: Promise<string> } {
  const key = randomUUID();
  let effects = 0;
  const run = (): string => `effect ${String(++effects)}`;
  const result = stack.agent().guard('read_word', 'anything', {}, run, { idempotencyKey: key });
  // It is looked at when the processes are up again.
  result.catch(() => undefined);
  return { key, effects: () => effects, result };
}

async function expectOneStory(key: string): Promise<void> {
  const id = actionIdFor('dev-agent', key);
  const handle = stack.client.workflow.getHandle(id);
  const end = await handle.result();
  const action = await readAction(stack.store, id);
  expect(end).toMatchObject({ status: 'succeeded' });
  expect(action).toMatchObject({ status: 'succeeded', outcome: 'ALLOW' });
  const kinds = (await readTimeline(stack.store.db, id)).map((entry) => entry.kind);
  expect(kinds).toEqual(['requested', 'decided', 'claimed', 'succeeded']);
  expect(await decisionInHistory(handle)).toMatchObject({
    outcome: action?.outcome,
    policyDigest: action?.policy_digest,
    riskScore: action?.risk_score,
  });
}

async function dead(child: Child): Promise<void> {
  expect(await child.exited).toEqual({ code: null, signal: 'SIGKILL' });
}

it.each<KillPoint>(['start:before', 'start:after', 'decide:before', 'decide:after', 'answer:before'])(
  'F13 the API is killed at %s: the repeat is allowed once, and history equals record',
  async (killAt) => {
    const [api] = await Promise.all([stack.api({ killAt }), stack.worker()]);
    const { key, effects, result } = guarded();
    await dead(api);
    expect(effects()).toBe(0);
    await stack.api();
    expect(await result).toBe('effect 1');
    await expectOneStory(key);
    expect(effects()).toBe(1);
  },
  MINUTE,
);

it.each<KillPoint>(['decide:before', 'decide:after'])(
  'F13 the API is killed after the start and the worker at %s: the next ones decide once',
  async (killAt) => {
    const [api, worker] = await Promise.all([stack.api({ killAt: 'start:after' }), stack.worker({ killAt })]);
    const { key, effects, result } = guarded();
    await Promise.all([dead(api), dead(worker)]);
    await Promise.all([stack.api(), stack.worker()]);
    expect(await result).toBe('effect 1');
    await expectOneStory(key);
    expect(effects()).toBe(1);
  },
  MINUTE,
);

it.each<KillPoint>(['move:before', 'move:after'])(
  'F13 the worker is killed at %s of the outcome: it is settled once, by the next one',
  async (killAt) => {
    const [, worker] = await Promise.all([stack.api(), stack.worker({ killAt })]);
    const { key, effects, result } = guarded();
    expect(await result).toBe('effect 1');
    await dead(worker);
    await stack.worker();
    await expectOneStory(key);
    expect(effects()).toBe(1);
  },
  MINUTE,
);
