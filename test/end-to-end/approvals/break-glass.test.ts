import { randomUUID } from 'node:crypto';
import { ask, describeStores, ended, entries, kinds, record } from '../../support/asking.ts';
import { person, type Person } from '../../support/people.ts';
import { startStack, type Stack } from '../../support/stack.ts';

const POLICY = `
version: 1
name: glass
rules:
  - id: three
    reason: Three people of two groups must look.
    match: { action: guarded }
    effect: require_approval
    approval: { reviewers: { groups: [owners] }, quorum: 3, comment: required }
`;
const FREEZE = `${POLICY}
  - { id: freeze, reason: Nothing moves., match: { action: guarded }, effect: block }
`;

describeStores('break-glass', (store) => {
  let stack: Stack;
  let ann: Person, zoe: Person, max: Person;
  beforeAll(async () => {
    stack = await startStack({ policy: { 'glass.yaml': POLICY }, store });
    ann = await person(stack, 'ann', { groups: ['owners'] });
    zoe = await person(stack, 'zoe', { role: 'admin' });
    max = await person(stack, 'max');
  });
  afterAll(async () => {
    await stack.stop();
  });

  it('an admin approves alone with a reason, loud in the record, and somebody else looks afterwards', async () => {
    const asked = await ask(stack, 'guarded', { more: { claim: false } });
    expect((await ann.says('override', asked, { comment: 'urgent' })).body).toMatchObject({ code: 'not_a_reviewer' });
    expect((await zoe.says('override', asked)).body).toMatchObject({ status: 400, code: 'invalid_request' });
    const overridden = await zoe.says('override', asked, { comment: 'the site is down' });
    expect(overridden.body).toMatchObject({ status: 'approved', breakGlass: true, secondLook: null });
    const seen = await record(stack, asked.actionId);
    expect(seen.status).toBe('permitted');
    expect(kinds(seen)).toEqual([
      ...['requested', 'decided', 'held', 'refused_attempt', 'verdict', 'overridden', 'rechecked'],
    ]);
    expect(entries(seen, 'overridden')).toMatchObject([
      { actor: 'reviewer:zoe', data: { comment: 'the site is down' } },
    ]);
    const missing = await max.call('GET', '/api/v1/approvals?secondLook=missing');
    expect(missing.body['approvals']).toMatchObject([{ approvalId: asked.approvalId }]);
    const look = await max.call('POST', `/api/v1/approvals/${asked.approvalId ?? ''}/second-look`, {});
    expect(look.body).toMatchObject({ secondLook: { by: 'max' } });
    expect((await max.call('GET', '/api/v1/approvals?secondLook=missing')).body['approvals']).toEqual([]);
    // The same word delivered again is no conflict.
    expect((await zoe.says('override', asked, { comment: 'the site is down' })).status).toBe(200);
  });

  it('F08 break-glass does not outrank a block', async () => {
    const asked = await ask(stack, 'guarded', { more: { claim: false } });
    await stack.setPolicy('glass.yaml', FREEZE);
    try {
      await zoe.says('override', asked, { comment: 'the site is down' });
      expect((await ended(stack, asked.actionId)).status).toBe('blocked');
      const claim = await stack.call('agent', 'POST', `/api/v1/actions/${asked.actionId}/claim`, {
        claimId: randomUUID(),
      });
      expect(claim.status).toBe(409);
    } finally {
      await stack.setPolicy('glass.yaml', POLICY);
    }
  });

  it('I5 an agent with an admin’s name on its lips cannot override', async () => {
    const asked = await ask(stack, 'guarded');
    const { approvalId, actionDigest } = asked;
    const body = { verdict: 'override', actionDigest, comment: 'I am the admin' };
    const reply = await stack.call('agent', 'POST', `/api/v1/approvals/${approvalId ?? ''}/verdict`, body);
    expect(reply.body).toMatchObject({ code: 'forbidden' });
    await stack.client.workflow.getHandle(asked.actionId).signal('approve', { reviewer: 'zoe', role: 'admin' });
    expect((await ann.reads(approvalId)).status).toBe('pending');
  });
});
