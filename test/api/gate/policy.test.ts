import { policyFromText } from '../../../src/policy/index.ts';
import { readTimeline } from '../../../src/store/events.ts';
import { ask, describeStores } from '../../support/asking.ts';
import { startStack, type Stack } from '../../support/stack.ts';

const policy = (effect: string): string => `
version: 1
name: words
rules:
  - { id: words, reason: So it is., match: { action: 'word_*' }, effect: ${effect} }
  - { id: reads, reason: Reads run., match: { action: 'read_*' }, effect: allow }
`;

describeStores('the policy over the API', (store) => {
  let stack: Stack;
  beforeAll(async () => (stack = await startStack({ policy: { 'a.yaml': policy('block') }, store })));
  afterAll(() => stack.stop());

  const activate = (body: object, role: 'agent' | 'reviewer' | 'admin' = 'admin') =>
    stack.call(role, 'POST', '/api/v1/policy/activations', body);

  it('shows every version with its text, rolls back, and lets the files hold again', async () => {
    const blocked = await ask(stack, 'word_one');
    expect(blocked.decision).toBe('BLOCK');
    await stack.setPolicy('a.yaml', policy('require_approval'));
    const asked = await ask(stack, 'word_two');
    expect(asked.decision).toBe('REQUIRE_APPROVAL');

    const { body: list } = await stack.call('reviewer', 'GET', '/api/v1/policy/versions');
    expect(list).toMatchObject({
      versions: expect.arrayContaining([
        { digest: blocked.policyDigest, firstSeenAt: expect.any(String) as string, inForce: false },
        { digest: asked.policyDigest, firstSeenAt: expect.any(String) as string, inForce: true },
      ]) as unknown,
      activations: [{ seq: 2, digest: asked.policyDigest, previous: blocked.policyDigest, pinned: false }, { seq: 1 }],
    });
    const { body: version } = await stack.call('reviewer', 'GET', `/api/v1/policy/versions/${blocked.policyDigest}`);
    const again = policyFromText(version['text'] as string);
    expect(again.ok && again.policy.digest).toBe(blocked.policyDigest);

    const back = await activate({ rollback: true, reason: 'too mild' });
    expect(back.body).toMatchObject({ digest: blocked.policyDigest, pinned: true, activation: { reason: 'too mild' } });
    expect(back.body).toMatchObject({ activation: { by: `admin:${stack.principals.admin}`, loosened: [] } });
    expect((await ask(stack, 'word_three')).policyDigest).toBe(blocked.policyDigest);
    const { body: ready } = await stack.call('admin', 'GET', '/readyz');
    expect(ready).toMatchObject({ checks: { policy: { ok: true, says: `${blocked.policyDigest} (pinned)` } } });

    const lifted = await activate({ folder: true, reason: 'mended', loosens: true });
    expect(lifted.body).toMatchObject({ digest: asked.policyDigest, pinned: false });
    expect((await ask(stack, 'word_four')).decision).toBe('REQUIRE_APPROVAL');
  });

  it('F23 what loosens the policy needs to be said, and is on record with what was switched', async () => {
    await stack.setPolicy('a.yaml', policy('block, mode: shadow'));
    const { body: mild } = await stack.call('admin', 'GET', '/api/v1/policy');
    await stack.setPolicy('a.yaml', policy('block'));
    const refused = await activate({ digest: mild['digest'], reason: 'trial' });
    expect(refused).toMatchObject({ status: 409, body: { code: 'loosens_policy', loosened: 1 } });
    expect((await ask(stack, 'word_five')).decision).toBe('BLOCK');
    const done = await activate({ digest: mild['digest'], reason: 'trial', loosens: true });
    expect(done.body).toMatchObject({
      pinned: true,
      activation: {
        loosened: [{ rule: 'words', what: 'shadowed', says: 'words (block) goes from enforce to shadow' }],
      },
    });
    await activate({ folder: true, reason: 'back' });
  });

  it('F23 only an admin activates, and who else tries is on record', async () => {
    for (const role of ['agent', 'reviewer'] as const) {
      expect(await activate({ rollback: true, reason: 'mine' }, role)).toMatchObject({ status: 403 });
    }
    const attempts = (await readTimeline(stack.core.store.db, 'policy')).filter(
      ({ kind }) => kind === 'refused_attempt',
    );
    expect(attempts.map(({ actor }) => actor)).toEqual([
      `agent:${stack.principals.agent}`,
      `reviewer:${stack.principals.reviewer}`,
    ]);
    expect((await stack.call('agent', 'GET', '/api/v1/policy')).status).toBe(403);
  });

  it('refuses what cannot be activated, and says why', async () => {
    expect(await activate({ digest: `sha256:${'0'.repeat(64)}`, reason: 'r' })).toMatchObject({ status: 404 });
    expect(await activate({ reason: 'r' })).toMatchObject({ status: 400 });
    expect(await activate({ rollback: true })).toMatchObject({ status: 400 });
    await stack.setPolicy('b.yaml', 'rules: [');
    expect(await activate({ folder: true, reason: 'r' })).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('b.yaml') as string },
    });
  });
});
