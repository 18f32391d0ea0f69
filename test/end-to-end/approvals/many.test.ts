import type { ApprovalView } from '@gatehouse/sdk/contract';
import { ask, describeStores, record } from '../../support/asking.ts';
import { person, type Person } from '../../support/people.ts';
import { startStack, type Stack } from '../../support/stack.ts';

const POLICY = `
version: 1
name: inbox
rules:
  - id: anybody
    reason: Somebody looks.
    match: { action: [open_word, delete_records] }
    effect: require_approval
  - id: leads
    reason: A lead looks.
    match: { action: for_leads }
    effect: require_approval
    approval: { reviewers: { groups: ['team leads|x_y'] }, quorum: 2 }
  - id: sue
    reason: Sue looks.
    match: { action: for_sue }
    effect: require_approval
    approval: { reviewers: { users: [sue] } }
`;

describeStores('many questions', (store) => {
  let stack: Stack;
  let ann: Person, lea: Person, sue: Person;
  beforeAll(async () => {
    stack = await startStack({ policy: { 'inbox.yaml': POLICY }, store });
    ann = await person(stack, 'ann');
    lea = await person(stack, 'lea', { groups: ['team leads|x_y'] });
    sue = await person(stack, 'sue');
  });
  afterAll(async () => {
    await stack.stop();
  });

  async function list(who: Person, query: string): Promise<ApprovalView[]> {
    const { body } = await who.call('GET', `/api/v1/approvals?${query}`);
    return body['approvals'] as ApprovalView[];
  }
  const types = async (who: Person, query: string): Promise<string[]> =>
    (await list(who, query)).map(({ type }) => type);

  it('everybody finds those that they have a say in now', async () => {
    const forLeads = await ask(stack, 'for_leads');
    await ask(stack, 'for_sue');
    await ask(stack, 'open_word');
    expect(await types(ann, 'mine=true')).toEqual(['open_word']);
    expect(await types(lea, 'mine=true')).toEqual(['open_word', 'for_leads']);
    expect(await types(sue, 'mine=true')).toEqual(['open_word', 'for_sue']);
    await lea.says('approve', forLeads);
    expect(await types(lea, 'mine=true')).toEqual(['open_word']);
    expect(await types(lea, 'status=pending')).toEqual(['open_word', 'for_sue', 'for_leads']);
    expect((await lea.says('withdraw', forLeads)).status).toBe(200);
    await lea.says('delegate', forLeads, { to: 'ann' });
    expect(await types(ann, 'mine=true')).toEqual(['open_word', 'for_leads']);
    expect(await types(lea, 'mine=true')).toEqual(['open_word']);
    const agents = await stack.call('agent', 'GET', '/api/v1/approvals?mine=true');
    expect(agents.body['approvals']).toEqual([]);
  });

  it('in the order of age or risk, page by page, each once', async () => {
    await ask(stack, 'delete_records', { target: 'production_database', context: { count: 5000 } });
    const newest = (await list(ann, 'status=pending')).map(({ approvalId }) => approvalId);
    const oldest = (await list(ann, 'status=pending&order=oldest')).map(({ approvalId }) => approvalId);
    expect(oldest).toEqual([...newest].reverse());
    for (const order of ['newest', 'oldest', 'riskiest']) {
      const whole = await list(ann, `status=pending&order=${order}`);
      const paged: ApprovalView[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const place: string = cursor === '' ? '' : `&cursor=${cursor}`;
        const { body } = await ann.call('GET', `/api/v1/approvals?status=pending&limit=1&order=${order}${place}`);
        paged.push(...(body['approvals'] as ApprovalView[]));
        cursor = body['nextCursor'] as string | null;
      }
      expect(paged.map(({ approvalId }) => approvalId)).toEqual(whole.map(({ approvalId }) => approvalId));
    }
    const [riskiest] = await list(ann, 'status=pending&order=riskiest');
    expect(riskiest?.type).toBe('delete_records');
    const severe = await list(ann, `status=pending&severity=${riskiest?.severity ?? ''}`);
    expect(severe.map(({ type }) => type)).toContain('delete_records');
    expect(new Set(severe.map(({ severity }) => severity)).size).toBe(1);
  });

  it('F24 several are approved at once: exactly the listed ids at the listed digests, an answer for each', async () => {
    const [first, second, third] = [
      await ask(stack, 'open_word', { context: { n: 1 }, more: { claim: false } }),
      await ask(stack, 'open_word', { context: { n: 2 }, more: { claim: false } }),
      await ask(stack, 'open_word', { context: { n: 3 }, more: { claim: false } }),
    ];
    const listed = ({ approvalId, actionDigest, policyDigest }: typeof first) => ({
      ...{ approvalId, actionDigest, policyDigest },
    });
    const approvals = [
      listed(first),
      { ...listed(second), actionDigest: first.actionDigest },
      { ...listed(first), approvalId: 'apr_nothing_1' },
      { ...listed(third), policyDigest: 'sha256:another' },
    ];
    const reply = await ann.call('POST', '/api/v1/approvals/verdicts', { verdict: 'approve', approvals });
    expect(reply.body['results']).toMatchObject([
      { approvalId: first.approvalId, counted: true, status: 'approved', code: null },
      { approvalId: second.approvalId, counted: false, status: 'pending', code: 'digest_mismatch' },
      { approvalId: 'apr_nothing_1', counted: false, status: null, code: 'not_found' },
      { approvalId: third.approvalId, counted: false, status: 'pending', code: 'digest_mismatch' },
    ]);
    const statuses = await Promise.all(
      [first, second, third].map(async ({ actionId }) => (await record(stack, actionId)).status),
    );
    expect(statuses).toEqual(['permitted', 'held', 'held']);
    const byAgent = await stack.call('agent', 'POST', '/api/v1/approvals/verdicts', { verdict: 'approve', approvals });
    expect(byAgent).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect((await record(stack, second.actionId)).status).toBe('held');
  });
});
