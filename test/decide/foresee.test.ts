import { randomUUID } from 'node:crypto';
import { foresee } from '../../src/decide/foresee.ts';
import { grantIdOf } from '../../src/decide/give-grant.ts';
import { readGrant } from '../../src/store/grants.ts';
import { throwStop } from '../../src/store/switchboard.ts';
import { describeStores } from '../support/asking.ts';
import { openGateSteps, type Ask, type GateSteps } from './support/gate-steps.ts';

const POLICY = `
version: 1
name: foreseen
rules:
  - { id: reads, reason: Anybody reads., match: { action: read_mail }, effect: allow }
  - id: mails
    reason: A person looks at mails.
    match: { action: send_email }
    effect: require_approval
    approval: { expiresIn: 1h, grants: { uses: 20, within: 8h } }
  - id: two-a-day
    reason: Two letters a day.
    match: { action: send_letter }
    limit: { max: 2, per: agent, within: 24h, count: actions }
    effect: require_approval
  - { id: letters, reason: Letters are sent., match: { action: send_letter }, effect: allow }
`;

describeStores('what would be decided', (kind) => {
  let gate: GateSteps;
  let agent: string;
  beforeAll(async () => {
    gate = await openGateSteps(kind);
    gate.policy(POLICY);
  });
  afterAll(() => gate.close());
  beforeEach(() => (agent = `agent-${randomUUID()}`));

  const foreseen = async (ask: Ask): Promise<string> =>
    (await foresee(gate.deps, gate.requestOf({ agent, context: { to: 'team' }, ...ask }))).outcome;
  const decided = async (ask: Ask): Promise<string> =>
    (await gate.ask({ agent, context: { to: 'team' }, ...ask })).outcome;

  it.each([
    ['read_mail', 'ALLOW'],
    ['send_email', 'REQUIRE_APPROVAL'],
    ['unheard_of', 'BLOCK'],
  ])('of %s is %s, as it is decided then', async (type, outcome) => {
    expect([await foreseen({ type }), await decided({ type })]).toEqual([outcome, outcome]);
  });

  it('knows the standing permission that answers, and does not use it', async () => {
    const asked = await gate.ask({ agent, context: { to: 'team' } });
    const grant = { name: 'the nightly digest', uses: 1, withinSeconds: 3600 };
    await gate.conclude(asked, 'approved', { grant });
    expect([await foreseen({}), await foreseen({})]).toEqual(['ALLOW', 'ALLOW']);
    expect(await readGrant(gate.store, grantIdOf(asked.approval_id ?? ''))).toMatchObject({ used: 0 });
    expect(await decided({})).toBe('ALLOW');
    expect([await foreseen({}), await decided({})]).toEqual(['REQUIRE_APPROVAL', 'REQUIRE_APPROVAL']);
  });

  it('knows what a budget holds, and takes nothing from it', async () => {
    const letter = { type: 'send_letter' };
    expect([await foreseen(letter), await foreseen(letter), await foreseen(letter)]).toEqual(Array(3).fill('ALLOW'));
    expect([await decided(letter), await decided(letter)]).toEqual(['ALLOW', 'ALLOW']);
    expect([await foreseen(letter), await decided(letter)]).toEqual(['REQUIRE_APPROVAL', 'REQUIRE_APPROVAL']);
  });

  it('knows that people have refused the very same again and again', async () => {
    for (let times = 0; times < 3; times += 1)
      await gate.conclude(await gate.ask({ agent, context: { to: 'all' } }), 'denied');
    const again = { context: { to: 'all' } };
    expect([await foreseen(again), await decided(again)]).toEqual(['BLOCK', 'BLOCK']);
    expect(await foreseen({ context: { to: 'team' } })).toBe('REQUIRE_APPROVAL');
  });

  it('knows the stop that covers it', async () => {
    const id = `stp_${randomUUID()}`;
    const by = { by: 'maria', actor: 'reviewer:maria', reason: 'it misbehaves', at: gate.now };
    await throwStop(gate.store, { id, scope: 'agent', value: agent, ...by });
    expect([await foreseen({}), await decided({})]).toEqual(['BLOCK', 'BLOCK']);
  });
});
