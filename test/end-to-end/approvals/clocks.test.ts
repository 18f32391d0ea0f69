import { ActionExpiredError } from '@gatehouse/sdk';
import { approvalOf, ask, describeStores, ended, entries, kinds, record } from '../../support/asking.ts';
import { person, type Person } from '../../support/people.ts';
import { startStack, type Stack } from '../../support/stack.ts';
import { recorded } from '../../support/recorded.ts';

const POLICY = `
version: 1
name: clocks
rules:
  - id: reminded
    reason: People are reminded.
    match: { action: reminded }
    effect: require_approval
    approval: { expiresIn: 30d, remindEvery: 1s }
  - id: escalated
    reason: Others are asked when nobody answers.
    match: { action: escalated }
    effect: require_approval
    approval:
      expiresIn: 30d
      reviewers: { users: [ann] }
      escalate:
        - { after: 1s, to: { groups: [leads] } }
        - { after: 2s, to: { roles: [admin] } }
  - id: parts
    reason: Two parts, each with its own ladder.
    match: { action: in_parts }
    effect: require_approval
    approval:
      expiresIn: never
      stages:
        - { name: owner, reviewers: { users: [ann] } }
        - { name: leads, reviewers: { users: [nobody] }, escalate: [{ after: 1s, to: { groups: [leads] } }] }
  - id: never
    reason: It stays open until somebody answers.
    match: { action: patient }
    effect: require_approval
    approval: { expiresIn: never }
  - id: brief
    reason: Soon or never.
    match: { action: brief }
    effect: require_approval
    approval: { expiresIn: 2s, remindEvery: 1s }
  - id: asleep
    reason: The clock rests nearly always.
    match: { action: asleep }
    effect: require_approval
    approval: { expiresIn: 1s, remindEvery: 1s, hours: { days: [DAY], from: '00:00', to: '00:01' } }
  - id: awake
    reason: The clock runs nearly always.
    match: { action: awake }
    effect: require_approval
    approval: { expiresIn: 2s, remindEvery: 1s, hours: { days: [mon, tue, wed, thu, fri, sat, sun] } }
`;

/** A day of the week that is far from today. */
const DAY = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'][(new Date().getUTCDay() + 3) % 7] ?? 'sun';

describeStores('the clocks of a question', (store) => {
  let stack: Stack;
  let ann: Person, lea: Person, zoe: Person;
  beforeAll(async () => {
    stack = await startStack({ policy: { 'clocks.yaml': POLICY.replace('DAY', DAY) }, store });
    ann = await person(stack, 'ann');
    lea = await person(stack, 'lea', { groups: ['leads'] });
    zoe = await person(stack, 'zoe', { role: 'admin' });
  });
  afterAll(async () => {
    await stack.stop();
  });

  it('people are reminded again and again, on record, and the question stays open meanwhile', async () => {
    const asked = await ask(stack, 'reminded', { more: { claim: false } });
    const seen = await recorded(stack, asked.actionId, 'reminded', 2);
    expect(seen.status).toBe('held');
    expect(entries(seen, 'reminded').slice(0, 2)).toMatchObject([
      { actor: 'workflow', data: { approvalId: asked.approvalId, count: 1 } },
      { data: { count: 2 } },
    ]);
    const { expiresAt, requestedAt } = await ann.reads(asked.approvalId);
    expect(Date.parse(expiresAt ?? '') - Date.parse(requestedAt)).toBe(30 * 86_400_000);
    expect((await ann.says('approve', asked)).body).toMatchObject({ status: 'approved' });
  });

  it('others may answer too, step by step, once nobody has for a time', async () => {
    const asked = await ask(stack, 'escalated', { more: { claim: false } });
    const seen = await recorded(stack, asked.actionId, 'escalated', 2);
    expect(entries(seen, 'escalated')).toMatchObject([
      { actor: 'workflow', data: { part: 'review', to: { groups: ['leads'] } } },
      { data: { to: { roles: ['admin'] } } },
    ]);
    const { currentDetails } = await stack.client.workflow
      .getHandle(asked.actionId)
      .query<{ currentDetails: string }>('__temporal_workflow_metadata');
    expect(currentDetails).toContain('Asked: ann; since then also group leads; since then also role admin.');
    expect((await ann.reads(asked.approvalId)).progress.escalations).toBe(2);
    expect((await lea.says('approve', asked)).body).toMatchObject({ status: 'approved', resolvedBy: 'lea' });
  });

  it('a ladder begins with its own part', async () => {
    const asked = await ask(stack, 'in_parts', { more: { claim: false } });
    expect((await lea.says('approve', asked)).body).toMatchObject({ code: 'not_a_reviewer' });
    await ann.says('approve', asked);
    const seen = await recorded(stack, asked.actionId, 'escalated', 1);
    expect(entries(seen, 'escalated')).toMatchObject([{ data: { part: 'leads' } }]);
    expect((await lea.says('approve', asked)).body).toMatchObject({ status: 'approved' });
  });

  it('a question without an expiry stays open, and says so', async () => {
    const asked = await ask(stack, 'patient', { more: { claim: false } });
    expect(asked.expiresAt).toBeNull();
    expect(await zoe.reads(asked.approvalId)).toMatchObject({ status: 'pending', expiresAt: null });
    const state = await stack.gate.state(asked.actionId);
    expect(state.standing).toMatchObject({ approval: { expiresInSeconds: null } });
    expect((await zoe.says('approve', asked)).body).toMatchObject({ status: 'approved' });
  });

  it('F27 the end is a refusal, whatever clocks rang before', async () => {
    const key = `brief-${store}`;
    const asked = await ask(stack, 'brief', { key });
    expect((await approvalOf(stack, asked.approvalId)).status).toBe('expired');
    const seen = await ended(stack, asked.actionId);
    expect(kinds(seen)).toEqual(['requested', 'decided', 'held', 'reminded', 'expired']);
    await expect(
      stack.agent.guard('brief', 'anything', {}, () => 'ran', { idempotencyKey: key }),
    ).rejects.toBeInstanceOf(ActionExpiredError);
  });

  it('a clock with hours rests outside of them', async () => {
    const asked = await ask(stack, 'asleep', { more: { claim: false } });
    const { requestedAt, expiresAt } = await ann.reads(asked.approvalId);
    const opens = new Date(expiresAt ?? '');
    expect(opens.toISOString().slice(11)).toBe('00:00:01.000Z');
    expect(opens.getTime() - Date.parse(requestedAt)).toBeGreaterThan(86_400_000);
    await stack.gate.state(asked.actionId);
    expect(entries(await record(stack, asked.actionId), 'reminded')).toEqual([]);
    expect((await ann.says('reject', asked)).body).toMatchObject({ status: 'denied' });
  });

  it('a clock with hours runs within them', async () => {
    const asked = await ask(stack, 'awake');
    const seen = await ended(stack, asked.actionId);
    expect(kinds(seen)).toEqual(['requested', 'decided', 'held', 'reminded', 'expired']);
  });
});
