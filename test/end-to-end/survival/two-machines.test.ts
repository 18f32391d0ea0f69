import { randomUUID } from 'node:crypto';
import { ActionBlockedError } from '@gatehouse/sdk';
import type { GuardAnswer } from '@gatehouse/sdk/contract';
import { actionIdFor } from '../../../src/client/action-id.ts';
import { readAction } from '../../../src/store/actions.ts';
import { decisionInHistory } from '../../support/history.ts';
import { processStack, type ProcessStack } from '../../support/process-stack.ts';
import { WORD_POLICY } from '../../support/policies.ts';

const MINUTE = 60_000;
const HOUR_MS = 3_600_000;
const NO_READING = WORD_POLICY.replace("['blocked_*']", "['blocked_*', 'read_*']");

let stack: ProcessStack;
/** Actions of all tests live in one namespace: each test has keys of its own. */
let run: string;
beforeEach(async () => {
  run = randomUUID();
  stack = await processStack({ policy: WORD_POLICY });
});
afterEach(async () => {
  await stack.stop();
});

async function storedAndInHistory(key: string): Promise<[string | undefined, string | undefined]> {
  const id = actionIdFor('dev-agent', key);
  const handle = stack.client.workflow.getHandle(id);
  await handle.result();
  const [stored, inHistory] = await Promise.all([readAction(stack.store, id), decisionInHistory(handle)]);
  expect(inHistory?.policyDigest).toBe(stored?.policy_digest);
  return [stored?.outcome, inHistory?.outcome];
}

it(
  'the gateway decides by its policy, and a worker that has another records the same decision',
  async () => {
    const env = { GATEHOUSE_POLICY_DIR: stack.policyFolder('strict', NO_READING) };
    await Promise.all([stack.api(), stack.worker({ env })]);
    const done = await stack
      .agent()
      .guard('read_word', 'anything', {}, () => 'ran', { idempotencyKey: `${run}-gateway` });
    expect(done).toBe('ran');
    expect(await storedAndInHistory(`${run}-gateway`)).toEqual(['ALLOW', 'ALLOW']);
  },
  MINUTE,
);

it(
  'the worker decides by its policy where the gateway died, and a gateway that has another answers the same',
  async () => {
    const env = { GATEHOUSE_POLICY_DIR: stack.policyFolder('strict', NO_READING) };
    const [api, worker] = await Promise.all([stack.api({ killAt: 'start:after' }), stack.worker({ env })]);
    const result = stack.agent().guard('read_word', 'anything', {}, () => 'ran', { idempotencyKey: `${run}-worker` });
    result.catch(() => undefined);
    await api.exited;
    await stack.client.workflow.getHandle(actionIdFor('dev-agent', `${run}-worker`)).result();
    expect(worker.isRunning()).toBe(true);
    await stack.api();
    await expect(result).rejects.toBeInstanceOf(ActionBlockedError);
    expect(await storedAndInHistory(`${run}-worker`)).toEqual(['BLOCK', 'BLOCK']);
  },
  MINUTE,
);

it.each([
  ['behind', -HOUR_MS],
  ['ahead', HOUR_MS],
])(
  'a worker whose clock is an hour %s changes nothing: what was allowed and what was approved runs',
  async (_, clockShiftMs) => {
    await Promise.all([stack.api(), stack.worker({ clockShiftMs })]);
    const agent = stack.agent();
    expect(await agent.guard('read_word', 'anything', {}, () => 'allowed', { idempotencyKey: `${run}-read` })).toBe(
      'allowed',
    );
    expect(await storedAndInHistory(`${run}-read`)).toEqual(['ALLOW', 'ALLOW']);

    const onPending = (question: GuardAnswer): void => void stack.answer(question, 'approve');
    const held = agent.guard('held_word', 'anything', {}, () => 'approved', {
      idempotencyKey: `${run}-held`,
      onPending,
    });
    expect(await held).toBe('approved');
    expect(await storedAndInHistory(`${run}-held`)).toEqual(['REQUIRE_APPROVAL', 'REQUIRE_APPROVAL']);
  },
  MINUTE,
);

it.each([
  ['behind', -HOUR_MS],
  ['ahead', HOUR_MS],
])(
  'a worker whose clock is an hour %s decides where the gateway died: the repeat gets its permit',
  async (_, clockShiftMs) => {
    const [api] = await Promise.all([stack.api({ killAt: 'start:after' }), stack.worker({ clockShiftMs })]);
    const result = stack.agent().guard('read_word', 'anything', {}, () => 'ran', { idempotencyKey: `${run}-first` });
    result.catch(() => undefined);
    await api.exited;
    await stack.api();
    expect(await result).toBe('ran');
    expect(await storedAndInHistory(`${run}-first`)).toEqual(['ALLOW', 'ALLOW']);
  },
  MINUTE,
);
