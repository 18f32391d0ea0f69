import type { ActionView, GuardAnswer, GuardRequest, JsonObject } from '@gatehouse/sdk/contract';
import { person } from '../../support/people.ts';
import { entries } from '../../support/asking.ts';
import type { Stack } from '../../support/stack.ts';
import type { Path } from './paths.ts';

/** Any day but today and tomorrow. */
const DAY = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'][(new Date().getUTCDay() + 3) % 7] ?? 'sun';

/** Terms of every kind, by the name of the action. */
export const TERMS_POLICY = `
version: 1
name: terms
rules:
  - { id: pair, reason: Two look., match: { action: pair_word }, effect: require_approval, approval: { quorum: 2 } }
  - id: parts
    reason: One after the other.
    match: { action: parts_word }
    effect: require_approval
    approval:
      expiresIn: never
      stages:
        - { name: first, reviewers: { users: [ann] } }
        - { name: second, reviewers: { users: [bob] }, escalate: [{ after: 1s, to: { users: [sue] } }] }
  - id: rings
    reason: Clocks ring within their hours.
    match: { action: ringing_word }
    effect: require_approval
    approval: { expiresIn: 4s, remindEvery: 1s, hours: { days: [mon, tue, wed, thu, fri, sat, sun] } }
  - { id: small, reason: Small., match: { action: amount_word }, when: args.amount < 10, effect: allow }
  - { id: some, reason: Some., match: { action: amount_word }, when: args.amount >= 10, effect: require_approval }
  - id: much
    reason: Much.
    match: { action: amount_word }
    when: args.amount >= 100
    effect: require_approval
    approval: { reviewers: { users: [bob] } }
  - id: window
    reason: Another day.
    match: { action: later_word }
    effect: require_approval
    approval: { run: { days: [${DAY}] } }
`;

/** The ways that terms of approvals add to a workflow. */
export const TERMS_PATHS: Record<string, Path> = {
  'terms-two-people': async (stack) => {
    const asked = await ask(stack, 'pair_word');
    const [ann, bob] = [await person(stack, 'ann'), await person(stack, 'bob')];
    await ann.says('approve', asked);
    await ann.says('withdraw', asked);
    await bob.says('delegate', asked, { to: 'sue' });
    await ann.says('approve', asked, { comment: 'after all' });
    await (await person(stack, 'sue')).says('approve', asked);
    return cancel(stack, asked);
  },
  'terms-in-parts-escalated': async (stack) => {
    const asked = await ask(stack, 'parts_word');
    await (await person(stack, 'ann')).says('approve', asked);
    await until(stack, asked, 'escalated');
    await (await person(stack, 'sue')).says('approve', asked);
    return cancel(stack, asked);
  },
  'terms-question-answered': async (stack) => {
    const asked = await ask(stack, 'pair_word');
    const ann = await person(stack, 'ann');
    await ann.says('ask', asked, { question: 'Why?' });
    const said = { questionId: 'q1', answer: 'Because.' };
    await stack.call('agent', 'POST', `/api/v1/approvals/${asked.approvalId ?? ''}/answers`, said);
    await ann.says('reject', asked);
    return asked.actionId;
  },
  'terms-reminded-then-expired': async (stack) => (await ask(stack, 'ringing_word')).actionId,
  'terms-edited-allowed': async (stack) => {
    const asked = await ask(stack, 'amount_word', { amount: 20 });
    await (await person(stack, 'ann')).says('edit', asked, { arguments: { amount: 5 } });
    return cancel(stack, asked);
  },
  'terms-edited-asked-of-others': async (stack) => {
    const asked = await ask(stack, 'amount_word', { amount: 20 });
    await (await person(stack, 'ann')).says('edit', asked, { arguments: { amount: 200 } });
    const { body } = await stack.call('agent', 'GET', `/api/v1/actions/${asked.actionId}`);
    const bob = await person(stack, 'bob');
    await bob.says('approve', await bob.reads((body as unknown as ActionView).approvalId));
    return cancel(stack, asked);
  },
  'terms-scheduled-cancelled': async (stack) => {
    const asked = await ask(stack, 'later_word');
    await (await person(stack, 'ann')).says('approve', asked);
    return cancel(stack, asked);
  },
  'terms-overridden': async (stack) => {
    const asked = await ask(stack, 'later_word');
    await (await person(stack, 'zoe', { role: 'admin' })).says('override', asked, { comment: 'the site is down' });
    return cancel(stack, asked);
  },
  'terms-previewed': async (stack) => {
    const asked = await ask(stack, 'held_preview', {}, { mode: 'executor' });
    const ann = await person(stack, 'ann');
    while ((await ann.reads(asked.approvalId)).preview === null) await moved(stack, asked);
    await ann.says('approve', asked);
    return asked.actionId;
  },
};

async function ask(
  stack: Stack,
  type: string,
  context: JsonObject = {},
  how: Omit<GuardRequest, 'action'> = { claim: false },
): Promise<GuardAnswer> {
  const request = { action: { type, target: 'anything', context }, requestId: 'recorded', ...how };
  const { status, body } = await stack.call('agent', 'POST', '/api/v1/guard', request);
  if (status !== 200) throw new Error(`The gate answered ${String(status)}: ${JSON.stringify(body)}`);
  return body as unknown as GuardAnswer;
}

async function cancel(stack: Stack, { actionId }: GuardAnswer): Promise<string> {
  await stack.call('agent', 'POST', `/api/v1/actions/${actionId}/cancel`, { reason: 'recorded' });
  return actionId;
}

/** Waits until the record has an entry of the kind. */
async function until(stack: Stack, asked: GuardAnswer, kind: string): Promise<void> {
  for (;;) {
    const { body } = await stack.call('admin', 'GET', `/api/v1/actions/${asked.actionId}`);
    if (entries(body as unknown as ActionView, kind).length > 0) return;
    await moved(stack, asked);
  }
}

/** Waits for the next change of the action, for a second at most. */
async function moved(stack: Stack, { actionId }: GuardAnswer): Promise<void> {
  const ear = stack.core.store.changes.listen(actionId);
  await ear.changed(1_000, new AbortController().signal);
  ear.stop();
}
