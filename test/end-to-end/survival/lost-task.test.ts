import type { GuardAnswer } from '@gatehouse/sdk/contract';
import { Client, Connection } from '@temporalio/client';
import { recordRound } from '../../../src/activities/record-round.ts';
import { tellOfTheRecord } from '../../../src/cli/serve/tell-of-the-record.ts';
import { TemporalGate } from '../../../src/client/temporal-gate.ts';
import { roundOf } from '../../../src/decide/stored-round.ts';
import { moveAction } from '../../../src/store/actions.ts';
import { readApprovalAlone } from '../../../src/store/lists.ts';
import type { NewEvent } from '../../../src/audit/events.ts';
import { ask, describeStores, failureOf, giveVerdict, recordUntil } from '../../support/asking.ts';
import { person, type Person } from '../../support/people.ts';
import { startStack, type Stack } from '../../support/stack.ts';

const POLICY = `
version: 1
name: lost
rules:
  - id: one
    reason: A person must look.
    match: { action: one_person }
    effect: require_approval
  - id: two
    reason: Two people must look.
    match: { action: two_people }
    effect: require_approval
    approval: { quorum: 2 }
`;

describeStores('a task of the workflow that is lost after its step has put down what somebody said', (store) => {
  let stack: Stack;
  let ann: Person, bob: Person;
  beforeAll(async () => {
    stack = await startStack({ policy: { 'lost.yaml': POLICY }, store });
    ann = await person(stack, 'ann');
    bob = await person(stack, 'bob');
  });
  afterAll(() => stack.stop());

  const asked = (type: string): Promise<GuardAnswer> => ask(stack, type, { more: { claim: false } });
  const resultOf = (actionId: string): Promise<unknown> => stack.client.workflow.getHandle(actionId).result();

  /** A held action that the record has moved on, as such a step does. */
  async function rejectedOnRecord(): Promise<string> {
    const { actionId, approvalId } = await asked('one_person');
    const at = Date.now();
    const by = { actor: 'reviewer:x', at };
    const events: NewEvent[] = [
      { kind: 'verdict', key: 'verdict:lost', ...by, data: { approvalId, verdict: 'denied' } },
      { kind: 'rejected', key: 'end', ...by, data: { reason: 'no' } },
    ];
    const set = { status: 'rejected', settled_at: at, settle_reason: 'no' } as const;
    await moveAction(stack.core.store, { actionId, from: ['held'], set, events });
    return actionId;
  }

  it('ends the action once it is told to look', async () => {
    const actionId = await rejectedOnRecord();
    await stack.gate.reconsider(actionId);
    expect(await resultOf(actionId)).toMatchObject({ status: 'rejected' });
  });

  it('ends it by the next API that starts, whoever died', async () => {
    const actionId = await rejectedOnRecord();
    const telling = tellOfTheRecord(stack.core.store, stack.gate, stack.core.logger, 10);
    expect(await resultOf(actionId)).toMatchObject({ status: 'rejected' });
    telling.stop();
  });

  it('leaves the word of one of two on record, and the other is enough', async () => {
    const answer = await asked('two_people');
    const row = await readApprovalAlone(stack.core.store, answer.approvalId ?? '');
    if (row === undefined) throw new Error('Nobody was asked');
    const round = roundOf(row);
    const reviewer = { name: 'ann', role: 'reviewer', groups: [] };
    const at = Date.now();
    const said = { comment: null, unsigned: false, at };
    const vote = { ...said, reviewer: 'ann', role: 'reviewer', vote: 'approve', stage: 0, groups: [] } as const;
    const entry = {
      ...said,
      kind: 'verdict',
      verdictId: 'lost',
      verdict: 'approve',
      reviewer,
      detail: null,
      proof: null,
    } as const;
    const deps = { store: stack.core.store, policies: stack.core.policies, now: Date.now };
    await recordRound(deps, { request: answer, round: { ...round, votes: [vote] }, entry });

    await stack.gate.reconsider(answer.actionId);
    expect((await bob.says('approve', answer)).body).toMatchObject({ status: 'approved' });
    await recordUntil(stack, answer.actionId, ({ status }) => status === 'permitted');
  });

  it('changes nothing where nothing was said', async () => {
    const answer = await asked('two_people');
    expect((await ann.says('approve', answer)).body).toMatchObject({ status: 'pending' });
    await stack.gate.reconsider(answer.actionId);
    expect((await giveVerdict(stack, answer, 'reject')).body).toMatchObject({ status: 'denied' });
  });
});

it('whoever gets no answer to a verdict, a withdrawal or an answer notes whose workflow has to be told', async () => {
  const connection = Connection.lazy({ address: '127.0.0.1:1' });
  const unanswered: string[] = [];
  const gate = new TemporalGate(new Client({ connection }), 'nobody', (id) => unanswered.push(id));
  const nothing = {} as never;
  const tries = [
    gate.review('a', nothing),
    gate.cancel('b', nothing),
    gate.answer('c', 'id', nothing),
    gate.state('d'),
  ];
  for (const failure of await Promise.all(tries.map(failureOf))) expect(failure).toMatchObject({ code: 'unavailable' });
  expect(unanswered.sort()).toEqual(['a', 'b', 'c']);
  await connection.close();
});
