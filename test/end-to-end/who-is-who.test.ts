import type { ApprovalView, GuardAnswer } from '@gatehouse/sdk/contract';
import { makeKey } from '../../src/store/key-changes.ts';
import { KEYS_RECORD } from '../../src/store/keys-record.ts';
import { addKey, createKey } from '../../src/store/keys.ts';
import { readTimeline } from '../../src/store/events.ts';
import { setPrincipal } from '../../src/store/principals.ts';
import { describeStores } from '../support/asking.ts';
import { person } from '../support/people.ts';
import { startStack, type Reply, type Stack } from '../support/stack.ts';

const POLICY = `
version: 1
name: who
defaults:
  unmatched: block
  approval: { expiresIn: 1h }
rules:
  - id: reads
    reason: Reading is harmless here.
    match: { action: ['read_*'] }
    effect: allow
  - id: ask
    reason: Somebody looks at this.
    match: { action: ['held_*'] }
    effect: require_approval
  - id: ask-others
    reason: Somebody else than the owner looks at this.
    match: { action: ['owned_*'] }
    effect: require_approval
    approval: { excludeOwner: true }
  - id: not-for-the-planner
    reason: Nothing on behalf of the planner deploys.
    match: { action: ['deploy_*'] }
    when: '"planner" in agent.chain'
    effect: block
  - id: not-of-ann-in-production
    reason: This is not for agents of ann in production.
    match: { action: ['read_secrets'] }
    when: agent.owner == "ann" && agent.environment == "production" && agent.parent == "middle"
    effect: block
`;

const CLAIM = '3f0e8a52-6f0b-4c9e-9d51-0d9c7a6b1e11';

describeStores('who is who', (store) => {
  let stack: Stack;
  let leaf: string;
  const by = { actor: 'operator:test', at: 1_770_000_000_000 };
  beforeAll(async () => {
    stack = await startStack({ store, policy: { 'who.yaml': POLICY } });
    const { store: db } = stack.core;
    leaf = await createKey(db, 'agent', 'leaf');
    for (const name of ['planner', 'middle']) await createKey(db, 'agent', name);
    await setPrincipal(db, 'middle', { parent: 'planner' }, by);
    await setPrincipal(db, 'leaf', { parent: 'middle', owner: 'ann', environment: 'production' }, by);
  });
  afterAll(() => stack.stop());

  const call = async (key: string, method: string, route: string, body?: unknown): Promise<Reply> => {
    const response = await fetch(`${stack.url}${route}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, headers: response.headers, body: (await response.json()) as Reply['body'] };
  };
  const asks = (key: string, type: string, target = 'anything'): Promise<Reply> =>
    call(key, 'POST', '/api/v1/guard', { action: { type, target, context: {} } });
  const answerTo = async (type: string): Promise<GuardAnswer> =>
    (await asks(leaf, type)).body as unknown as GuardAnswer;
  const timelineOf = (id: string) => readTimeline(stack.core.store.db, id);

  it('rules match the whole chain of delegation, the owner, the environment and the parent', async () => {
    expect(await answerTo('deploy_it')).toMatchObject({ decision: 'BLOCK', matchedRule: 'not-for-the-planner' });
    expect(await answerTo('read_secrets')).toMatchObject({
      decision: 'BLOCK',
      matchedRule: 'not-of-ann-in-production',
    });
    const { body } = await asks(stack.keys.agent, 'read_secrets');
    expect(body).toMatchObject({ decision: 'ALLOW' });
  });

  it('who was behind an action is on its record', async () => {
    const { actionId } = await answerTo('read_this');
    const [requested] = await timelineOf(actionId);
    const behind = { owner: 'ann', environment: 'production', chain: ['middle', 'planner'] };
    expect(requested).toMatchObject({ kind: 'requested', data: behind });
  });

  it('F11 nobody in the chain of the agent reviews what it asks, even with a key of a reviewer: refused and on record', async () => {
    const held = await answerTo('held_thing');
    const planner = 'gh_reviewer_planner-by-another-door';
    await addKey(stack.core.store, { token: planner, role: 'reviewer', principal: 'planner' });
    const { approvalId, actionDigest, actionId } = held;
    const given = { verdict: 'approve', actionDigest };
    const answer = await call(planner, 'POST', `/api/v1/approvals/${approvalId ?? ''}/verdict`, given);
    expect(answer).toMatchObject({ status: 403, body: { code: 'self_review' } });
    const refused = (await timelineOf(actionId)).filter(({ kind }) => kind === 'refused_attempt');
    expect(refused).toMatchObject([{ actor: 'reviewer:planner', data: { code: 'self_review' } }]);
    const view = (await call(stack.keys.reviewer, 'GET', `/api/v1/approvals/${approvalId ?? ''}`)).body;
    expect((view as unknown as ApprovalView).terms.barred).toEqual(['middle', 'planner']);
    const mine = await call(planner, 'GET', '/api/v1/approvals?mine=true');
    expect(mine.body['approvals']).toEqual([]);
  });

  it('the owner reviews where the rule does not say otherwise, and is refused where it does', async () => {
    const ann = await person(stack, 'ann');
    const bob = await person(stack, 'bob');
    const plain = await answerTo('held_by_owner');
    expect(await ann.says('approve', plain)).toMatchObject({ status: 200, body: { status: 'approved' } });
    const owned = await answerTo('owned_thing');
    expect(await ann.says('approve', owned)).toMatchObject({ status: 403, body: { code: 'self_review' } });
    const passed = await bob.says('delegate', owned, { to: 'ann' });
    expect(passed).toMatchObject({ status: 403, body: { code: 'self_review' } });
    expect(await bob.says('approve', owned)).toMatchObject({ status: 200, body: { status: 'approved' } });
  });

  it('an owner may do what an admin may: break glass, alone and marked', async () => {
    const boss = await person(stack, 'the-boss', { role: 'owner' });
    const held = await answerTo('held_for_the_boss');
    const answer = await boss.says('override', held, { comment: 'the house is on fire' });
    expect(answer).toMatchObject({ status: 200, body: { status: 'approved', breakGlass: true } });
  });

  it.each(['auditor', 'viewer'] as const)('F11 a verdict of the role %s is refused and on record', async (role) => {
    const held = await answerTo(`held_for_${role}`);
    const someone = await person(stack, `some-${role}`, { role });
    const answer = await someone.says('approve', held);
    expect(answer).toMatchObject({ status: 403, body: { code: 'forbidden', permission: 'approval.review' } });
    const last = (await timelineOf(held.actionId)).at(-1);
    expect(last).toMatchObject({ kind: 'refused_attempt', actor: `${role}:some-${role}`, data: { what: 'verdict' } });
  });

  it('F11 a key whose role nobody knows may do nothing, and sees nothing: its verdict is on record', async () => {
    const held = await answerTo('held_for_nobody');
    const token = 'gh_root_of-all';
    await addKey(stack.core.store, { token, role: 'reviewer', principal: 'root' });
    await stack.core.store.db.updateTable('keys').set({ role: 'root' }).where('principal', '=', 'root').execute();
    expect((await asks(token, 'read_this')).status).toBe(403);
    const verdict = { verdict: 'approve', actionDigest: held.actionDigest };
    expect((await call(token, 'POST', `/api/v1/approvals/${held.approvalId ?? ''}/verdict`, verdict)).status).toBe(404);
    const last = (await timelineOf(held.actionId)).at(-1);
    expect(last).toMatchObject({ kind: 'refused_attempt', actor: 'root:root', data: { code: 'forbidden' } });
    expect((await call(token, 'GET', '/api/v1/actions')).body['actions']).toEqual([]);
    expect((await call(token, 'GET', '/api/v1/keys')).status).toBe(403);
  });

  it.each([
    ['an agent', { agent: 'somebody-else' }],
    ['a role', { role: 'admin' }],
    ['a chain', { asker: { team: null, roles: ['admin'], tags: [], chain: [] } }],
  ])('F11 identity never comes from a body: %s in it is refused', async (_what, more) => {
    const body = { action: { type: 'read_this', target: 'anything', context: {} }, ...more };
    expect(await call(leaf, 'POST', '/api/v1/guard', body)).toMatchObject({
      status: 400,
      body: { code: 'invalid_request' },
    });
  });

  it('F11 a reviewer in the body of a verdict is refused and on record: the key says who it is', async () => {
    const held = await answerTo('held_for_the_body');
    for (const more of [{ reviewer: 'ann' }, { role: 'admin' }, { groups: ['leads'] }]) {
      const given = { verdict: 'approve', actionDigest: held.actionDigest, ...more };
      const answer = await call(leaf, 'POST', `/api/v1/approvals/${held.approvalId ?? ''}/verdict`, given);
      expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
      const last = (await timelineOf(held.actionId)).at(-1);
      const fields = Object.keys(more).join();
      expect(last).toMatchObject({ kind: 'refused_attempt', actor: 'agent:leaf', data: { what: 'verdict', fields } });
    }
  });

  it('a key that is narrowed asks for what is in its scopes, and for nothing else', async () => {
    const scopes = { actions: ['read_*'], targets: ['staging_*'] };
    const token = await createKey(stack.core.store, 'agent', 'narrow', { scopes });
    expect(await asks(token, 'readWord', 'staging_db')).toMatchObject({ status: 200, body: { decision: 'ALLOW' } });
    expect(await asks(token, 'read_word', 'production_db')).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect((await asks(token, 'held_word', 'staging_db')).status).toBe(403);
    // Neither is a permit claimed that another key of the same agent was given.
    const wide = await createKey(stack.core.store, 'agent', 'narrow');
    const open = await call(wide, 'POST', '/api/v1/guard', {
      ...{ action: { type: 'read_word', target: 'production_db', context: {} }, claim: false },
    });
    const claim = (key: string) =>
      call(key, 'POST', `/api/v1/actions/${String(open.body['actionId'])}/claim`, { claimId: CLAIM });
    expect((await claim(token)).status).toBe(403);
    expect((await claim(wide)).status).toBe(200);
  });

  it('a key for looking alone looks, and changes nothing', async () => {
    const scopes = { readOnly: true };
    const token = await createKey(stack.core.store, 'admin', 'looker', { scopes });
    const held = await answerTo('held_for_the_looker');
    expect((await call(token, 'GET', `/api/v1/approvals/${held.approvalId ?? ''}`)).status).toBe(200);
    const given = { verdict: 'approve', actionDigest: held.actionDigest };
    expect((await call(token, 'POST', `/api/v1/approvals/${held.approvalId ?? ''}/verdict`, given)).status).toBe(403);
    expect((await asks(token, 'read_this')).status).toBe(403);
    expect((await call(token, 'POST', '/api/v1/keys', { role: 'viewer', name: 'x' })).status).toBe(403);
  });

  it('an admin makes, rotates and revokes keys over HTTP, and only an owner those of admins and owners', async () => {
    const admin = stack.keys.admin;
    const made = await call(admin, 'POST', '/api/v1/keys', {
      role: 'agent',
      name: 'over-http',
      expiresInSeconds: 3600,
    });
    expect(made).toMatchObject({ status: 200, body: { role: 'agent', madeBy: 'admin:dev-admin', live: true } });
    expect(made.headers.get('cache-control')).toBe('no-store');
    const { key, keyId } = made.body as { key: string; keyId: string };
    expect((await asks(key, 'read_this')).status).toBe(200);
    const next = await call(admin, 'POST', `/api/v1/keys/${keyId}/rotate`, { overlapSeconds: 60 });
    expect((await asks(String(next.body['key']), 'read_this')).status).toBe(200);
    expect((await asks(key, 'read_this')).status).toBe(200);
    expect(await call(admin, 'DELETE', `/api/v1/keys/${keyId}`)).toMatchObject({ status: 200, body: { live: false } });

    const refused = await call(admin, 'POST', '/api/v1/keys', { role: 'admin', name: 'one-more' });
    expect(refused).toMatchObject({ status: 403, body: { permission: 'key.manage.admin' } });
    const last = (await timelineOf(KEYS_RECORD)).at(-1);
    expect(last).toMatchObject({ kind: 'refused_attempt', data: { what: 'make key', permission: 'key.manage.admin' } });
    const owner = await createKey(stack.core.store, 'owner', 'the-owner');
    const allowed = await call(owner, 'POST', '/api/v1/keys', { role: 'admin', name: 'one-more' });
    expect(allowed.status).toBe(200);
    expect((await call(admin, 'DELETE', `/api/v1/keys/${String(allowed.body['keyId'])}`)).status).toBe(403);
    const shown = JSON.stringify((await call(owner, 'GET', '/api/v1/keys')).body);
    expect(shown).toContain(keyId);
    expect(shown).not.toContain(key);
  });

  it('no key is made that would let an agent review by its name, or that makes no sense for its role', async () => {
    const make = (body: object) => call(stack.keys.admin, 'POST', '/api/v1/keys', body);
    expect(await make({ role: 'reviewer', name: 'leaf' })).toMatchObject({
      status: 400,
      body: { errors: [{ field: '/name' }] },
    });
    const groups = await make({ role: 'agent', name: 'grouped', groups: ['leads'] });
    expect(groups).toMatchObject({ status: 400, body: { errors: [{ field: '/groups' }] } });
    const scopes = await make({ role: 'viewer', name: 'scoped', scopes: { actions: ['*'] } });
    expect(scopes).toMatchObject({ status: 400, body: { errors: [{ field: '/scopes' }] } });
    expect((await make({ role: 'root', name: 'x' })).status).toBe(400);
  });

  it('the use of a key is written down beside its calls', async () => {
    const made = await makeKey(stack.core.store, { role: 'agent', principal: 'noted' }, by);
    if (typeof made === 'string') throw new Error(made);
    await asks(made.token, 'read_this');
    for (;;) {
      const { body } = await call(stack.keys.admin, 'GET', '/api/v1/keys');
      const all = body['keys'] as { name: string; lastUsedAt: string | null }[];
      if (all.find(({ name }) => name === 'noted')?.lastUsedAt !== null) break;
    }
  });
});
