import { verdictsIn } from '../../../src/reconcile/check-history.ts';
import { readHistory } from '../../../src/reconcile/history.ts';
import { ask, describeStores, ended, entries, kinds, record } from '../../support/asking.ts';
import { person, type Person } from '../../support/people.ts';
import { startStack, type Stack } from '../../support/stack.ts';

const POLICY = `
version: 1
name: terms
rules:
  - id: two-people
    reason: Two people must look.
    match: { action: two_people }
    effect: require_approval
    approval: { quorum: 2 }
  - id: owner-then-security
    reason: The owner first, then security.
    match: { action: in_parts }
    effect: require_approval
    approval:
      stages:
        - { name: owner, reviewers: { groups: [owners] } }
        - { name: security, reviewers: { groups: [security] } }
  - id: two-groups
    reason: One of each group.
    match: { action: two_groups }
    effect: require_approval
    approval: { reviewers: { groups: [owners, security] }, quorum: 2, distinctGroups: true }
  - id: with-ticket
    reason: A change needs its ticket.
    match: { action: with_ticket }
    effect: require_approval
    approval: { comment: required, ticket: 'OPS-#' }
`;

describeStores('what it takes to approve', (store) => {
  let stack: Stack;
  let ann: Person, bob: Person, sue: Person, zoe: Person;
  beforeAll(async () => {
    stack = await startStack({ policy: { 'terms.yaml': POLICY }, store });
    ann = await person(stack, 'ann', { groups: ['owners'] });
    bob = await person(stack, 'bob', { groups: ['owners', 'security'] });
    sue = await person(stack, 'sue', { groups: ['security'] });
    zoe = await person(stack, 'zoe');
  });
  afterAll(async () => {
    await stack.stop();
  });

  it('a verdict that was withdrawn does not count again because somebody sends it to the workflow once more', async () => {
    const asked = await ask(stack, 'two_people', { more: { claim: false } });
    await ann.says('approve', asked, { comment: 'looks right' });
    expect((await ann.says('withdraw', asked)).body).toMatchObject({ status: 'pending' });
    const handle = stack.client.workflow.getHandle(asked.actionId);
    const [given] = verdictsIn(readHistory(await handle.fetchHistory()));
    const again = await handle.executeUpdate('review', { args: [given?.input], updateId: 'once more' });
    expect(again).toMatchObject({ accepted: false, code: 'already_voted' });
    const seen = await record(stack, asked.actionId);
    expect(entries(seen, 'refused_attempt')).toMatchObject([{ data: { code: 'already_voted' } }]);
    // Were it to count, one word more would be enough.
    expect(await bob.says('approve', asked)).toMatchObject({ body: { status: 'pending', progress: { approvals: 1 } } });
    expect(await ann.says('approve', asked, { comment: 'after all' })).toMatchObject({ body: { status: 'approved' } });
  });

  it('two different people approve, each word on record, and the same person counts once', async () => {
    const asked = await ask(stack, 'two_people', { more: { claim: false } });
    const first = await ann.says('approve', asked, { comment: 'looks right' });
    expect(first).toMatchObject({ status: 200, body: { status: 'pending', resolvedBy: null } });
    expect(first.body['progress']).toMatchObject({ approvals: 1, quorum: 2, votes: [{ reviewer: 'ann' }] });
    expect((await ann.says('approve', asked, { comment: 'looks right' })).body).toMatchObject({ status: 'pending' });
    const held = await record(stack, asked.actionId);
    expect(held.status).toBe('held');
    expect(entries(held, 'verdict')).toMatchObject([{ actor: 'reviewer:ann', data: { verdict: 'approve' } }]);

    expect(await bob.says('approve', asked)).toMatchObject({ status: 200, body: { status: 'approved' } });
    const seen = await record(stack, asked.actionId);
    expect(seen.status).toBe('permitted');
    expect(kinds(seen)).toEqual(['requested', 'decided', 'held', 'verdict', 'verdict', 'rechecked']);
    // To whoever approved before the end its own word is no conflict when it is delivered once more.
    expect((await ann.says('approve', asked, { comment: 'looks right' })).status).toBe(200);
  });

  it('a word that was taken back before the quorum no longer counts, and can be given again', async () => {
    const asked = await ask(stack, 'two_people', { more: { claim: false } });
    await ann.says('approve', asked);
    expect((await ann.says('withdraw', asked)).body['progress']).toMatchObject({ approvals: 0, votes: [] });
    expect((await bob.says('approve', asked)).body).toMatchObject({ status: 'pending' });
    expect((await bob.says('abstain', asked)).body).toMatchObject({ code: 'already_voted' });
    expect((await ann.says('approve', asked)).body).toMatchObject({ status: 'approved' });
    expect(entries(await record(stack, asked.actionId), 'verdict').map(({ data }) => data['verdict'])).toEqual([
      ...['approve', 'withdraw', 'approve'],
      'approved',
    ]);
  });

  it('one rejection ends it, whoever has approved', async () => {
    const asked = await ask(stack, 'two_people');
    await ann.says('approve', asked);
    expect((await bob.says('reject', asked, { comment: 'not today' })).body).toMatchObject({ status: 'denied' });
    expect((await ended(stack, asked.actionId)).status).toBe('rejected');
    expect((await sue.says('approve', asked)).body).toMatchObject({ code: 'already_resolved', resolvedBy: 'bob' });
  });

  it('the parts are answered one after the other, each by its own people', async () => {
    const asked = await ask(stack, 'in_parts', { more: { claim: false } });
    expect((await sue.says('approve', asked)).body).toMatchObject({ status: 403, code: 'not_a_reviewer' });
    expect((await bob.says('approve', asked)).body['progress']).toMatchObject({ stage: 'security', approvals: 0 });
    // Bob is in both groups, and still one person.
    expect((await bob.says('approve', asked)).body).toMatchObject({ code: 'already_voted' });
    expect((await ann.says('approve', asked)).body).toMatchObject({ code: 'not_a_reviewer' });
    expect((await sue.says('approve', asked)).body).toMatchObject({ status: 'approved', resolvedBy: 'sue' });
    const refusals = entries(await record(stack, asked.actionId), 'refused_attempt');
    expect(refusals.map(({ actor, data }) => [actor, data['code']])).toEqual([
      ['reviewer:sue', 'not_a_reviewer'],
      ['reviewer:bob', 'already_voted'],
      ['reviewer:ann', 'not_a_reviewer'],
    ]);
  });

  it('two of one group are not two groups', async () => {
    const asked = await ask(stack, 'two_groups', { more: { claim: false } });
    const also = await person(stack, `also-${store}`, { groups: ['owners'] });
    await ann.says('approve', asked);
    expect((await also.says('approve', asked)).body).toMatchObject({ status: 'pending', progress: { approvals: 1 } });
    expect((await bob.says('approve', asked)).body).toMatchObject({ status: 'approved' });
  });

  it('somebody answers in the place of another, and the other no longer does', async () => {
    const asked = await ask(stack, 'in_parts', { more: { claim: false } });
    expect((await zoe.says('approve', asked)).body).toMatchObject({ code: 'not_a_reviewer' });
    const delegated = await ann.says('delegate', asked, { to: 'zoe' });
    expect(delegated.body['progress']).toMatchObject({ delegations: [{ from: 'ann', to: 'zoe' }] });
    expect((await ann.says('delegate', asked, { to: 'zoe' })).status).toBe(200);
    expect((await ann.says('approve', asked)).body).toMatchObject({ code: 'not_a_reviewer' });
    expect((await zoe.says('approve', asked)).body['progress']).toMatchObject({ stage: 'security' });
    expect((await sue.says('approve', asked)).body).toMatchObject({ status: 'approved' });
  });

  it('an approval needs the comment and the ticket that its terms name; a rejection does not', async () => {
    const asked = await ask(stack, 'with_ticket', { more: { claim: false } });
    expect((await ann.says('approve', asked)).body).toMatchObject({ status: 422, code: 'comment_required' });
    expect((await ann.says('approve', asked, { comment: 'fine' })).body).toMatchObject({ code: 'comment_required' });
    expect((await ann.says('approve', asked, { comment: 'see OPS-17' })).body).toMatchObject({ status: 'approved' });
    const other = await ask(stack, 'with_ticket');
    expect((await ann.says('reject', other)).body).toMatchObject({ status: 'denied' });
  });

  it('a verdict for a question of another policy is refused and recorded', async () => {
    const asked = await ask(stack, 'two_people', { more: { claim: false } });
    const other = await ann.says('approve', { ...asked, policyDigest: 'sha256:another' });
    expect(other.body).toMatchObject({ status: 409, code: 'digest_mismatch' });
    const refusals = entries(await record(stack, asked.actionId), 'refused_attempt');
    expect(refusals).toMatchObject([{ data: { code: 'digest_mismatch' } }]);
  });

  it('a signal counts by the same rules: one of two, in no group, and marked', async () => {
    const asked = await ask(stack, 'two_people', { more: { claim: false } });
    const handle = stack.client.workflow.getHandle(asked.actionId);
    await handle.signal('approve', { reviewer: 'ann' });
    await handle.signal('approve', { reviewer: 'ann' });
    expect((await bob.says('approve', asked)).body).toMatchObject({ status: 'approved', unsigned: true });
    const inParts = await ask(stack, 'in_parts', { more: { claim: false } });
    await stack.client.workflow.getHandle(inParts.actionId).signal('approve', { reviewer: 'ann' });
    expect((await ann.says('approve', inParts)).body['progress']).toMatchObject({ stage: 'security' });
    const refusals = entries(await record(stack, inParts.actionId), 'refused_attempt');
    expect(refusals).toMatchObject([{ actor: 'unverified:ann', data: { code: 'not_a_reviewer' } }]);
  });
});
