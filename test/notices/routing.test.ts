import { ask, describeStores, entries, giveVerdict, recordUntil } from '../support/asking.ts';
import { person } from '../support/people.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { noticesFile, webhookSecret } from './support/notices-file.ts';
import { noticesUntil } from './support/on-record.ts';
import { startReceiver, type Receiver } from './support/receiver.ts';

const POLICY = `
version: 1
name: routing
defaults: { unmatched: block }
rules:
  - id: up-the-ladder
    reason: Somebody must look, or those above them.
    match: { action: ['ladder_*'] }
    effect: require_approval
    approval:
      reviewers: { groups: [oncall] }
      expiresIn: 1h
      escalate: [{ after: 1s, to: { groups: [leads] } }, { after: 2s, to: { groups: [owners] } }]
  - id: patiently
    reason: Somebody must look, and is reminded.
    match: { action: ['patient_*'] }
    effect: require_approval
    approval: { expiresIn: 1h, remindEvery: 4s }
`;

interface Told {
  type: string;
  data: { kind: string; action?: { actionId: string }; notices?: { kind: string; action: { actionId: string } }[] };
}

describeStores('who is told', (store) => {
  let stack: Stack;
  let receiver: Receiver;

  beforeAll(async () => {
    receiver = await startReceiver();
    const hook = (path: string) => `{ kind: webhook, url: '${receiver.url}/${path}', secretFile: secret }`;
    const file = noticesFile(
      `
version: 1
remindersWithin: 3s
channels: { oncall: ${hook('oncall')}, leads: ${hook('leads')}, owners: ${hook('owners')}, nudge: ${hook('nudge')} }
routes:
  - { match: { groups: [oncall] }, to: [oncall] }
  - { match: { groups: [leads] }, to: [leads] }
  - { match: { groups: [owners], kinds: [escalated] }, to: [owners] }
  - { match: { kinds: [reminded] }, to: [nudge] }
`,
      { secret: webhookSecret() },
    );
    stack = await startStack({ policy: { 'policy.yaml': POLICY }, store, env: { GATEHOUSE_NOTICES: file } });
  });
  afterAll(async () => {
    await stack.stop();
    await receiver.close();
  });

  const toldTo = (name: string): Told[] =>
    receiver.received.filter(({ path }) => path === `/${name}`).map(({ text }) => JSON.parse(text) as Told);

  it('of a step of a ladder are the groups of that step, and of what comes after all who were brought in', async () => {
    const question = await ask(stack, 'ladder_up');
    await recordUntil(stack, question.actionId, (one) => entries(one, 'escalated').length === 2);
    const lea = await person(stack, 'lea', { groups: ['leads'] });
    expect(await lea.says('reject', question)).toMatchObject({ status: 200 });
    const told = await noticesUntil(
      stack,
      question.actionId,
      (all) => all.filter(({ state, notice }) => notice === 'rejected' && state === 'sent').length === 2,
    );
    expect(told.map(({ channel, notice }) => `${channel} ${notice}`).sort()).toEqual([
      'leads escalated',
      'leads rejected',
      'oncall held',
      'oncall rejected',
      'owners escalated',
    ]);
    expect(toldTo('leads').map(({ type }) => type)).toContain('notice.escalated');
  });

  it('of what waits still is everybody in one message, which leaves out what was answered meanwhile', async () => {
    const [one, other, answered] = await Promise.all([1, 2, 3].map((index) => ask(stack, `patient_${String(index)}`)));
    if (one === undefined || other === undefined || answered === undefined) throw new Error('Nobody is asked');
    const waiting = (actionId: string) =>
      noticesUntil(stack, actionId, ([first]) => first?.notice === 'reminded' && first.state === 'gathered');
    await waiting(answered.actionId);
    await giveVerdict(stack, answered, 'reject');
    const dropped = await noticesUntil(stack, answered.actionId, (all) => all.some(({ state }) => state === 'dropped'));
    expect(dropped).toMatchObject([{ notice: 'reminded', channel: 'nudge', attempts: 0 }]);

    const all = await noticesUntil(stack, one.actionId, (told) => told.some(({ state }) => state === 'merged'));
    const digestId = all.find(({ state }) => state === 'merged')?.digestId;
    const [digest] = toldTo('nudge');
    expect(digest?.type).toBe('notice.digest');
    const listed = digest?.data.notices?.map(({ kind, action }) => [kind, action.actionId]).sort();
    expect(listed).toEqual([one, other].map(({ actionId }) => ['reminded', actionId]).sort());
    for (const question of [one, other]) {
      const action = await recordUntil(stack, question.actionId, (one) => entries(one, 'notified').length > 0);
      expect(entries(action, 'notified')[0]).toMatchObject({ data: { notice: 'reminded', channel: 'nudge' } });
    }
    const { body } = await stack.call('reviewer', 'GET', '/api/v1/notices?channel=nudge&state=sent');
    expect(body['notices']).toContainEqual(expect.objectContaining({ deliveryId: digestId, notice: 'digest' }));
  });
});
