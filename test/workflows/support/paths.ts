import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { GuardAnswer, GuardRequest } from '@gatehouse/sdk/contract';
import { defineExecutor, PermanentError, type Executor } from '../../../src/activities/executors/index.ts';
import { TemporalAgent } from '../../../src/client/index.ts';
import type { Stack } from '../../support/stack.ts';
import { WORD_POLICY } from '../../support/policies.ts';

/** Goes one way through the workflow and returns the id of the action. */
export type Path = (stack: Stack) => Promise<string>;

const ASK_TWICE = `${WORD_POLICY}
  - id: ask-again
    reason: A second person must look at this word.
    match: { action: ['held_*'] }
    effect: require_approval
`;
const BLOCK_ALL = WORD_POLICY.replace("['blocked_*']", "['blocked_*', 'held_*', 'read_*']");

/** What the paths by executor run. */
export const PATH_EXECUTORS: Executor[] = [
  defineExecutor({
    name: 'paths',
    actions: ['read_ledger', 'held_ledger'],
    taskQueue: `paths-${randomUUID()}`,
    input: z.strictObject({ broken: z.boolean().default(false) }),
    timeoutSeconds: 5,
    run: ({ broken }) => {
      if (broken) throw new PermanentError('The ledger is closed');
      return Promise.resolve({ rows: 1 });
    },
  }),
  defineExecutor({
    name: 'previews',
    actions: ['held_preview'],
    taskQueue: `previews-${randomUUID()}`,
    input: z.strictObject({}),
    timeoutSeconds: 5,
    preview: () => Promise.resolve({ rows: 1 }),
    run: () => Promise.resolve({ rows: 1 }),
  }),
];

/** The ways that an action can go under plain terms, by name. Each has a history of that name beside the tests. */
export const PLAIN_PATHS: Record<string, Path> = {
  'allowed-succeeded': async (stack) => {
    const asked = await ask(stack, 'read_word', { claim: randomUUID() });
    return report(stack, asked, { status: 'succeeded', result: { rows: 3 } });
  },
  'allowed-failed': async (stack) => {
    const asked = await ask(stack, 'read_word', { claim: randomUUID() });
    return report(stack, asked, { status: 'failed', error: 'Error: no such table' });
  },
  'allowed-lapsed': async (stack) => (await impatient(stack).decide('read_word', 'anything', {})).actionId,
  'allowed-unknown': async (stack) =>
    (await ask(stack, 'read_word', { claim: randomUUID(), leaseSeconds: 1 })).actionId,
  'allowed-cancelled': async (stack) => cancel(stack, await ask(stack, 'read_word', { claim: false })),
  'allowed-then-blocked': async (stack) => {
    const asked = await ask(stack, 'read_word', { claim: false });
    return under(stack, BLOCK_ALL, async () => {
      await stack.call('agent', 'POST', `/api/v1/actions/${asked.actionId}/claim`, { claimId: randomUUID() });
      return ended(stack, asked.actionId);
    });
  },
  blocked: async (stack) => (await ask(stack, 'blocked_word')).actionId,
  'held-approved': async (stack) => {
    const asked = await ask(stack, 'held_word', { claim: false });
    await verdict(stack, asked, 'approve');
    return claimAndReport(stack, asked);
  },
  'held-approved-by-signal': async (stack) => {
    const asked = await ask(stack, 'held_word', { claim: false });
    await signal(stack, asked, 'approve', { reviewer: 'ann', comment: 'fine' });
    await moved(stack, asked);
    return claimAndReport(stack, asked);
  },
  'held-rejected': async (stack) => verdict(stack, await ask(stack, 'held_word'), 'reject'),
  'held-rejected-by-signal': async (stack) => signal(stack, await ask(stack, 'held_word'), 'reject'),
  'held-expired': async (stack) => (await ask(stack, 'brief_word')).actionId,
  'held-cancelled': async (stack) => cancel(stack, await ask(stack, 'held_word')),
  'executor-succeeded': async (stack) => (await ask(stack, 'read_ledger', { mode: 'executor' })).actionId,
  'executor-failed': async (stack) =>
    (await ask(stack, 'read_ledger', { mode: 'executor' }, { broken: true })).actionId,
  'executor-held-approved': async (stack) =>
    verdict(stack, await ask(stack, 'held_ledger', { mode: 'executor' }), 'approve'),
  'drift-blocked': async (stack) => {
    const asked = await ask(stack, 'held_word');
    return under(stack, BLOCK_ALL, () => verdict(stack, asked, 'approve'));
  },
  'drift-asked-again': async (stack) => {
    const asked = await ask(stack, 'held_word', { claim: false });
    await under(stack, ASK_TWICE, async () => {
      await verdict(stack, asked, 'approve');
      const { body } = await stack.call('agent', 'GET', `/api/v1/actions/${asked.actionId}`);
      await verdict(stack, body as unknown as GuardAnswer, 'approve');
      return claimAndReport(stack, asked);
    });
    return asked.actionId;
  },
  'late-verdict-refused': async (stack) => {
    const asked = await ask(stack, 'held_word', { claim: false });
    await verdict(stack, asked, 'approve');
    await signal(stack, asked, 'reject', { reviewer: 'too-late' });
    return claimAndReport(stack, asked);
  },
  'decision-by-update': async (stack) => {
    const agent = impatient(stack);
    let actionId = '';
    await agent.guard('held_word', 'anything', {}, () => 'ran', {
      onPending: async (asked) => {
        actionId = asked.actionId;
        await verdict(stack, asked, 'approve');
      },
    });
    return actionId;
  },
};

async function ask(
  stack: Stack,
  type: string,
  how: Omit<GuardRequest, 'action'> = {},
  context = {},
): Promise<GuardAnswer> {
  const { body } = await stack.call('agent', 'POST', '/api/v1/guard', {
    action: { type, target: 'anything', context },
    requestId: 'recorded',
    ...how,
  });
  return body as unknown as GuardAnswer;
}

async function verdict(stack: Stack, asked: GuardAnswer, word: 'approve' | 'reject'): Promise<string> {
  const { approvalId, actionDigest, actionId } = asked;
  const given = { verdict: word, actionDigest, comment: 'looked at' };
  const { status, body } = await stack.call('reviewer', 'POST', `/api/v1/approvals/${approvalId ?? ''}/verdict`, given);
  if (status !== 200) throw new Error(`The verdict was refused: ${JSON.stringify(body)}`);
  return actionId;
}

async function signal(stack: Stack, { actionId }: GuardAnswer, name: string, payload?: object): Promise<string> {
  const args = payload === undefined ? [] : [payload];
  await stack.client.workflow.getHandle(actionId).signal(name, ...args);
  return actionId;
}

async function report(stack: Stack, asked: GuardAnswer, outcome: object): Promise<string> {
  const claimId = asked.permit?.claimId;
  const { status, body } = await stack.call('agent', 'POST', `/api/v1/actions/${asked.actionId}/outcome`, {
    claimId,
    ...outcome,
  });
  if (status !== 200) throw new Error(`The outcome was refused: ${JSON.stringify(body)}`);
  return asked.actionId;
}

async function claimAndReport(stack: Stack, { actionId }: GuardAnswer): Promise<string> {
  const { body } = await stack.call('agent', 'POST', `/api/v1/actions/${actionId}/claim`, { claimId: randomUUID() });
  return report(stack, body as unknown as GuardAnswer, { status: 'succeeded' });
}

async function cancel(stack: Stack, { actionId }: GuardAnswer): Promise<string> {
  await stack.call('agent', 'POST', `/api/v1/actions/${actionId}/cancel`, { reason: 'not needed any more' });
  return actionId;
}

/** Waits until nobody is asked any more. */
async function moved(stack: Stack, { approvalId }: GuardAnswer): Promise<void> {
  await stack.call('reviewer', 'GET', `/api/v1/approvals/${approvalId ?? ''}?wait=10`);
}

async function ended(stack: Stack, actionId: string): Promise<string> {
  await stack.client.workflow.getHandle(actionId).result();
  return actionId;
}

async function under(stack: Stack, policy: string, path: () => Promise<string>): Promise<string> {
  await stack.setPolicy('words.yaml', policy);
  try {
    return await path();
  } finally {
    await stack.setPolicy('words.yaml', WORD_POLICY);
  }
}

/** An agent with a Temporal client alone, whose permits lapse after a second. */
function impatient(stack: Stack): TemporalAgent {
  const { client, gate, principals } = stack;
  return new TemporalAgent({ client, agent: principals.agent, taskQueue: gate.taskQueue, permitSeconds: 1 });
}
