import type { ApprovalGroup, ApprovalGroupList, ApprovalList } from '@gatehouse/sdk/contract';
import { listGroups } from '../../../src/store/question-groups.ts';
import { planOf } from '../../store/support/plan.ts';
import { ask, describeStores, giveVerdict } from '../../support/asking.ts';
import { flood } from '../../support/flood.ts';
import { person } from '../../support/people.ts';
import { startStack, type Reply, type Stack } from '../../support/stack.ts';

const POLICY = `
version: 1
name: floods
defaults: { unmatched: block, approval: { expiresIn: 1h } }
rules:
  - { id: bulk, reason: Somebody looks at many., match: { action: send_email }, when: 'has(args.all)', effect: require_approval }
  - { id: mails, reason: Somebody looks at mails., match: { action: send_email }, effect: require_approval }
  - { id: deletes, reason: Two people look., match: { action: 'delete_*' }, effect: require_approval, approval: { quorum: 2 } }
`;

describeStores('open questions that are alike', (kind) => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ store: kind, policy: { 'p.yaml': POLICY } });
  });
  afterAll(() => stack.stop());

  const groupsOf = async (query: string, role: 'reviewer' | 'agent' = 'reviewer'): Promise<ApprovalGroupList> => {
    const { status, body } = await stack.call(role, 'GET', `/api/v1/approvals/groups?${query}`);
    expect(status).toBe(200);
    return body as unknown as ApprovalGroupList;
  };
  const membersOf = async (query: string): Promise<ApprovalList> => {
    const { status, body } = await stack.call('reviewer', 'GET', `/api/v1/approvals?${query}`);
    expect(status).toBe(200);
    return body as unknown as ApprovalList;
  };
  const about = (target: string, groups: readonly ApprovalGroup[]): ApprovalGroup[] =>
    groups.filter((group) => group.target === target);

  it('F19 five hundred questions of one agent push nobody else off the first page, alike or not', async () => {
    const mail = { type: 'send_email' };
    await flood(stack.core, 1, () => ({ ...mail, agent: 'quiet', target: 'crm' }));
    await flood(stack.core, 300, () => ({ ...mail, agent: 'noisy', target: 'crm' }));
    await flood(stack.core, 200, (n) => ({ ...mail, agent: 'noisy', target: `crm-${String(n)}` }));
    for (const order of ['newest', 'oldest', 'riskiest']) {
      const { groups, nextCursor } = await groupsOf(`limit=10&order=${order}`);
      expect(groups).toHaveLength(10);
      expect(nextCursor).not.toBeNull();
      expect(groups.slice(0, 2).map(({ agent }) => agent)).toContain('quiet');
    }
    const seen = new Map<string, number>();
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: ApprovalGroupList = await groupsOf(`limit=70${cursor === '' ? '' : `&cursor=${cursor}`}`);
      for (const { group, count } of page.groups) seen.set(group, (seen.get(group) ?? 0) + count);
      cursor = page.nextCursor;
    }
    expect(seen.size).toBe(202);
    expect([...seen.values()].reduce((sum, count) => sum + count)).toBe(501);
  });

  it('are one group with how many, from when to when, how bad and which', async () => {
    const [first, , third] = await flood(stack.core, 7, () => ({ agent: 'one', type: 'send_email', target: 'shop' }));
    const [group, ...more] = about('shop', (await groupsOf('agent=one')).groups);
    expect(more).toEqual([]);
    expect(group).toMatchObject({ count: 7, agent: 'one', type: 'send_email', matchedRule: 'mails' });
    expect(group?.approvalIds).toHaveLength(5);
    expect(group?.approvalIds).not.toContain(first?.approval_id);
    expect(group?.approvalIds.at(-1)).toBe(third?.approval_id);
    expect(group?.latest.approvalId).toBe(group?.approvalIds[0]);
    expect([group?.newest, group?.severity]).toEqual([group?.latest.requestedAt, group?.latest.severity]);
    expect(Date.parse(group?.newest ?? '') - Date.parse(group?.oldest ?? '')).toBe(6);

    const members = await membersOf(`group=${group?.group ?? ''}&order=oldest&limit=4`);
    expect(members.approvals.map(({ approvalId }) => approvalId)[0]).toBe(first?.approval_id);
    const rest = await membersOf(`group=${group?.group ?? ''}&order=oldest&limit=4&cursor=${members.nextCursor ?? ''}`);
    expect([members.approvals.length, rest.approvals.length, rest.nextCursor]).toEqual([4, 3, null]);
  });

  it('are told apart by agent, type, target and the rule that asks', async () => {
    const plain = { agent: 'two', type: 'send_email', target: 'apart' };
    const others = [
      plain,
      { ...plain, agent: 'three' },
      { ...plain, type: 'delete_email' },
      { ...plain, target: 'apart-2' },
      { ...plain, context: { all: true } },
    ];
    await flood(stack.core, 10, (n) => others[n % 5] ?? plain);
    const { groups } = await groupsOf('limit=200');
    const found = [...about('apart', groups), ...about('apart-2', groups)];
    expect(found.map(({ count }) => count)).toEqual([2, 2, 2, 2, 2]);
    expect(new Set(found.map(({ group }) => group)).size).toBe(5);
  });

  it('are counted for a person without those in which that person has no say any more', async () => {
    const ann = await person(stack, 'ann');
    const asked = [1, 2, 3].map((n) => ask(stack, 'delete_rows', { target: 'votes', context: { n } }));
    const [one] = await Promise.all(asked);
    if (one === undefined) throw new Error('nothing was asked');
    const mine = async (who: typeof ann): Promise<number[]> => {
      const { body } = await who.call('GET', '/api/v1/approvals/groups?mine=true&limit=200');
      return about('votes', (body as unknown as ApprovalGroupList).groups).map(({ count }) => count);
    };
    expect(await mine(ann)).toEqual([3]);
    expect((await ann.says('approve', one)).status).toBe(200);
    expect(await mine(ann)).toEqual([2]);
    expect(await mine(await person(stack, 'bob'))).toEqual([3]);
    expect((await ann.says('withdraw', one)).status).toBe(200);
    expect(await mine(ann)).toEqual([3]);
    await giveVerdict(stack, one, 'reject');
    expect(await mine(ann)).toEqual([2]);
  });

  it('of an agent are its own, and none are its to answer', async () => {
    await ask(stack, 'send_email', { target: 'own' });
    const { groups } = await groupsOf('limit=200', 'agent');
    expect(new Set(groups.map(({ agent }) => agent))).toEqual(new Set([stack.principals.agent]));
    expect((await groupsOf('mine=true', 'agent')).groups).toEqual([]);
  });

  it.each([
    ['groups?cursor=bm90aGluZw', 'cursor'],
    ['groups?status=denied', 'status'],
    ['groups?order=fastest', 'order'],
    ['?group=grp_1&status=denied', 'status'],
  ])('%s is refused', async (query, field) => {
    const path = query.startsWith('?') ? `/api/v1/approvals${query}` : `/api/v1/approvals/${query}`;
    const { status, body }: Reply = await stack.call('reviewer', 'GET', path);
    expect(status).toBe(400);
    expect(JSON.stringify(body)).toContain(field);
  });

  if (kind === 'sqlite') {
    it('are counted from their index alone, in its order', async () => {
      const filter = { limit: 51, answerers: ['|any|'], done: '|done:ann|', butNotOf: 'ann' };
      const plan = await planOf(stack.core.store, (of) => listGroups(of, filter));
      expect(plan).toContain('COVERING INDEX approvals_by_group (status=?)');
      expect(plan).not.toContain('FOR GROUP BY');
    });
  }
});
