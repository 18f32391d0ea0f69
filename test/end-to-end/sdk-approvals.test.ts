import type { AgentQuestion } from '@gatehouse/sdk';
import { ActionBlockedError, ActionCancelledError, ActionPendingError } from '@gatehouse/sdk';
import type { ApprovalView } from '@gatehouse/sdk/contract';
import { approvalOf, ended, failureOf, record } from '../support/asking.ts';
import { startStack, type Reply, type Stack } from '../support/stack.ts';

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
/** A day of the week that neither is today nor begins while the test runs. */
const ANOTHER_DAY = DAYS[(new Date().getUTCDay() + 3) % 7] ?? 'mon';

const POLICY = `
version: 1
name: sdk
rules:
  - { id: drops, reason: Nobody drops payroll., match: { action: delete_records }, when: 'args.table == "payroll"', effect: block }
  - { id: deletes, reason: Somebody looks., match: { action: delete_records }, effect: require_approval }
  - id: deploys
    reason: Deploys run in their window.
    match: { action: deploy }
    effect: require_approval
    approval: { run: { days: [${ANOTHER_DAY}], from: '09:00', to: '17:00', timeZone: UTC } }
`;

/** Tells of the approval once the call is held; fails where the call ends without having been. */
function heldApproval(): {
  onPending: (answer: { approvalId: string | null }) => void;
  idOf: (call: Promise<unknown>) => Promise<string>;
} {
  let tell: (id: string) => void = () => undefined;
  const held = new Promise<string>((resolve) => (tell = resolve));
  return {
    onPending: ({ approvalId }) => {
      tell(approvalId ?? '');
    },
    idOf: (call) =>
      Promise.race([
        held,
        call.then((end) => {
          throw new Error(`The call ended before it was held: ${String(end)}`);
        }),
      ]),
  };
}

describe('an agent that waits with the SDK', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ policy: { 'p.yaml': POLICY } });
  });
  afterAll(() => stack.stop());

  async function say(approvalId: string, verdict: object): Promise<Reply> {
    const { actionDigest, policyDigest } = await approvalOf(stack, approvalId, 0);
    const body = { actionDigest, policyDigest, ...verdict };
    const reply = await stack.call('reviewer', 'POST', `/api/v1/approvals/${approvalId}/verdict`, body);
    if (reply.status !== 200) throw new Error(JSON.stringify(reply.body));
    return reply;
  }

  it('runs the arguments that a reviewer put in place of its own, and nothing else', async () => {
    const { onPending, idOf } = heldApproval();
    const ran: unknown[] = [];
    const act = (args: object): string => (ran.push(args), 'done');
    const call = stack.agent.guard('delete_records', 'db', { table: 'users', count: 500 }, act, { onPending });
    const id = await idOf(call);
    await say(id, { verdict: 'edit', arguments: { table: 'users', count: 5 }, comment: 'not so many' });
    await expect(call).resolves.toBe('done');
    expect(ran).toEqual([{ table: 'users', count: 5 }]);
    const { actionId } = await approvalOf(stack, id, 0);
    expect(await ended(stack, actionId)).toMatchObject({
      status: 'succeeded',
      arguments: { table: 'users', count: 5 },
      edit: { by: stack.principals.reviewer, from: { table: 'users', count: 500 } },
    });
  });

  it('F07 runs nothing when the arguments are edited into what the policy blocks', async () => {
    const { onPending, idOf } = heldApproval();
    const act = jest.fn();
    const call = failureOf(stack.agent.guard('delete_records', 'db', { table: 'logs' }, act, { onPending }));
    await say(await idOf(call), { verdict: 'edit', arguments: { table: 'payroll' } });
    const error = await call;
    expect(error).toBeInstanceOf(ActionBlockedError);
    expect(error).toMatchObject({ reason: expect.stringContaining('Nobody drops payroll') });
    expect(act).not.toHaveBeenCalled();
  });

  it('answers what a reviewer asks, while the question stays open', async () => {
    const { onPending, idOf } = heldApproval();
    const asked: string[] = [];
    const onQuestion = ({ question }: AgentQuestion): string | undefined => {
      asked.push(question);
      return question.includes('backup') ? 'Yes, of last night.' : undefined;
    };
    const options = { onPending, onQuestion };
    const call = stack.agent.guard('delete_records', 'db', { table: 'q' }, () => 'done', options);
    const id = await idOf(call);
    await say(id, { verdict: 'ask', question: 'Is there a backup?' });
    const answered = await seenWith(id, ({ progress }) => progress.questions.some(({ answer }) => answer !== null));
    expect(answered.status).toBe('pending');
    expect(answered.progress.questions).toMatchObject([
      { id: 'q1', by: stack.principals.reviewer, question: 'Is there a backup?', answer: 'Yes, of last night.' },
    ]);
    await say(id, { verdict: 'approve' });
    await expect(call).resolves.toBe('done');
    expect(asked).toEqual(['Is there a backup?']);
  });

  it('waits on for the window in which it may run, and hears when that is called off', async () => {
    const { onPending, idOf } = heldApproval();
    const act = jest.fn();
    const idempotencyKey = `deploy-${crypto.randomUUID()}`;
    const context = { version: '1.2.3' };
    const call = failureOf(stack.agent.guard('deploy', 'shop', context, act, { onPending, idempotencyKey }));
    const id = await idOf(call);
    await say(id, { verdict: 'approve' });
    const { actionId } = await approvalOf(stack, id);
    expect((await record(stack, actionId)).status).toBe('scheduled');
    const again = stack.agent.guard('deploy', 'shop', context, act, { idempotencyKey, wait: false });
    const pending = await failureOf(again);
    expect(pending).toBeInstanceOf(ActionPendingError);
    expect(pending).toMatchObject({ status: 'scheduled', actionId });
    await stack.agent.cancel(actionId, 'another version comes');
    expect(await call).toBeInstanceOf(ActionCancelledError);
    expect(act).not.toHaveBeenCalled();
  });

  it('F14 a caller that went away while it was held takes it up again by its key, and finds the edited arguments', async () => {
    const { onPending, idOf } = heldApproval();
    const gone = new AbortController();
    const idempotencyKey = `delete-${crypto.randomUUID()}`;
    const first = { onPending, idempotencyKey, signal: gone.signal };
    const act = jest.fn((args: object) => args);
    const call = failureOf(stack.agent.guard('delete_records', 'db', { table: 'f14' }, act, first));
    const id = await idOf(call);
    gone.abort(new Error('the process ended'));
    expect(await call).toMatchObject({ message: 'the process ended' });
    await say(id, { verdict: 'edit', arguments: { table: 'f14', count: 1 } });
    const after = stack.agent.guard('delete_records', 'db', { table: 'f14' }, act, { idempotencyKey });
    await expect(after).resolves.toEqual({ table: 'f14', count: 1 });
    expect(act).toHaveBeenCalledTimes(1);
  });

  /** The approval as soon as it is like that, by the door through which the agent itself hears of changes. */
  async function seenWith(id: string, isSo: (approval: ApprovalView) => boolean): Promise<ApprovalView> {
    const { actionId } = await approvalOf(stack, id, 0);
    const ear = stack.core.store.changes.listen(actionId);
    try {
      for (;;) {
        const seen = await approvalOf(stack, id, 0);
        if (isSo(seen)) return seen;
        await ear.changed(5_000, new AbortController().signal);
      }
    } finally {
      ear.stop();
    }
  }
});
