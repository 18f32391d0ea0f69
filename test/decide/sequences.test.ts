import { randomUUID } from 'node:crypto';
import type { Judgement } from '@gatehouse/sdk/contract';
import { settle } from '../../src/activities/settle.ts';
import { describeStores } from '../support/asking.ts';
import { HOUR, openGateSteps, type Ask, type GateSteps } from './support/gate-steps.ts';

const policy = (after: string, more = ''): string => `
version: 1
name: sequences
rules:
  - { id: runs, reason: It may run., match: { action: [read_customers, get_weather, send_email] }, effect: allow }
  - { id: looked-at, reason: A person looks., match: { action: [list_patients] }, effect: require_approval }
  - { id: never, reason: Never., match: { action: [drop_table] }, effect: block }
  - id: mail-after-customers
    reason: Customer data was read before. Ask for approval, or send it from a new session.
    match: { action: send_email }
    after: { ${after} }
    ${more}
    effect: require_approval
`;

describeStores('sequences', (kind) => {
  let gate: GateSteps;
  let me: Ask;
  beforeAll(async () => (gate = await openGateSteps(kind)));
  afterAll(() => gate.close());
  beforeEach(() => (me = { agent: `agent-${randomUUID()}`, session: 'chat-1' }));

  const read = (more: Ask = {}) => gate.ask({ ...me, type: 'read_customers', target: 'crm', ...more });
  const send = (more: Ask = {}) => gate.ask({ ...me, type: 'send_email', target: 'partner', ...more });
  const settled = async (row: Awaited<ReturnType<typeof read>>) => {
    const report = {
      claimId: row.claim_id ?? '',
      status: 'succeeded',
      result: null,
      error: null,
      at: gate.now,
    } as const;
    await settle(gate.deps, { request: { ...gate.requestOf({}), actionId: row.id }, ...report });
  };

  it('after reading customer data, no mail of the session goes out without approval', async () => {
    gate.policy(policy('action: read_customers, within: 1h'));
    expect((await send()).outcome).toBe('ALLOW');
    await settled(await read());
    const held = await send();
    expect(held.outcome).toBe('REQUIRE_APPROVAL');
    expect((JSON.parse(held.judgement_json) as Judgement).matchedRules.map(({ id }) => id)).toEqual([
      'mail-after-customers',
      'runs',
    ]);
    expect((await gate.conclude(held, 'approved')).status).toBe('permitted');
  });

  it('looks at what the classification said of the earlier action', async () => {
    gate.policy(policy('operation: read, environment: production, sensitivity: [production], within: 1h'));
    await read({ target: 'staging_crm' });
    expect((await send()).outcome).toBe('ALLOW');
    await read({ target: 'production_crm' });
    expect((await send()).outcome).toBe('REQUIRE_APPROVAL');
  });

  it('looks back as far as the window, and no further', async () => {
    gate.policy(policy('action: read_customers, within: 1h'));
    await read();
    gate.now += HOUR;
    expect((await send()).outcome).toBe('REQUIRE_APPROVAL');
    gate.now += 1;
    expect((await send()).outcome).toBe('ALLOW');
  });

  it('keeps sessions apart; what has no session belongs to all of the agent, and nothing to other agents', async () => {
    gate.policy(policy('action: read_customers, within: 1h'));
    await read();
    expect((await send({ session: 'chat-2' })).outcome).toBe('ALLOW');
    const { agent = '' } = me;
    const bare = { agent, type: 'send_email' };
    expect((await gate.ask(bare)).outcome).toBe('REQUIRE_APPROVAL');
    expect((await send({ agent: `other-${agent}` })).outcome).toBe('ALLOW');
    await gate.ask({ agent, type: 'read_customers' });
    expect((await send({ session: 'chat-3' })).outcome).toBe('REQUIRE_APPROVAL');
  });

  it('per: agent looks at all sessions of the agent', async () => {
    gate.policy(policy('action: read_customers, per: agent, within: 1h'));
    await read();
    expect((await send({ session: 'chat-2' })).outcome).toBe('REQUIRE_APPROVAL');
  });

  it.each([
    ['any', true, false],
    ['ran', false, false],
    ['refused', false, true],
  ] as const)('outcome: %s', async (outcome, forHeld, forBlocked) => {
    gate.policy(policy(`action: [list_patients], outcome: ${outcome}, within: 1h`));
    await gate.ask({ ...me, type: 'list_patients' });
    expect((await send()).outcome === 'REQUIRE_APPROVAL').toBe(forHeld);
    gate.policy(policy(`action: [drop_table], outcome: ${outcome}, within: 1h`));
    await gate.ask({ ...me, type: 'drop_table' });
    expect((await send()).outcome === 'REQUIRE_APPROVAL').toBe(forBlocked);
  });

  it('what was read after an action was asked for does not ask about it again', async () => {
    const other = `
version: 1
name: first
rules:
  - { id: all-mail, reason: A person looks., match: { action: send_email }, effect: require_approval }
  - { id: reads, reason: Reads run., match: { action: read_customers }, effect: allow }
  - id: mail-after-customers
    reason: Customer data was read before.
    match: { action: send_email }
    after: { action: read_customers, within: 1h }
    effect: block
`;
    gate.policy(other);
    const held = await send();
    expect(held.status).toBe('held');
    gate.now += 60_000;
    await read();
    expect((await gate.conclude(held, 'approved')).status).toBe('permitted');
    expect((await send()).outcome).toBe('BLOCK');
  });

  it('is combined with a limit: only what follows counts', async () => {
    gate.policy(
      policy('action: read_customers, within: 1h', 'limit: { max: 1, per: session, within: 1h, count: actions }'),
    );
    expect((await send()).outcome).toBe('ALLOW');
    expect((await send()).outcome).toBe('ALLOW');
    await read();
    expect((await send()).outcome).toBe('ALLOW');
    expect((await send()).outcome).toBe('REQUIRE_APPROVAL');
  });

  it('finds the action of its session among many of others, and takes too many for found', async () => {
    gate.policy(policy('action: read_customers, within: 1h'));
    await read();
    for (let round = 0; round < 11; round += 1)
      await gate.askAtOnce(91, () => ({ ...me, type: 'get_weather', session: 'busy' }));
    expect((await send()).outcome).toBe('REQUIRE_APPROVAL');
    expect((await send({ session: 'chat-9' })).outcome).toBe('ALLOW');
    expect((await send({ session: 'busy' })).outcome).toBe('REQUIRE_APPROVAL');
  });
});
