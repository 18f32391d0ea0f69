import { randomUUID } from 'node:crypto';
import type { Judgement } from '@gatehouse/sdk/contract';
import { cancelPermit, endOfPatience, reconsider } from '../../src/activities/permit.ts';
import { settle } from '../../src/activities/settle.ts';
import { claimPermit } from '../../src/decide/claim.ts';
import { readAction, type ActionRow } from '../../src/store/actions.ts';
import { describeStores } from '../support/asking.ts';
import { count, HOUR, openGateSteps, type GateSteps } from './support/gate-steps.ts';

const policy = (...rules: string[]): string => `
version: 1
name: budgets
rules:
  - { id: mail-runs, reason: Mail may be sent., match: { action: [send_email, pay] }, effect: allow }
  - { id: held, reason: A person looks., match: { action: [held_email] }, effect: require_approval }
${rules.map((rule) => `  - ${rule}\n`).join('')}`;

const limited = (more: string, effect = 'block', id = 'mails'): string =>
  `{ id: ${id}, reason: Too many mails. Send fewer., match: { action: ['*_email', pay] }, limit: { ${more} }, effect: ${effect} }`;

const TWENTY = limited('max: 20, per: agent, within: 1h, count: actions');

function rules(row: ActionRow): Judgement['matchedRules'] {
  return (JSON.parse(row.judgement_json) as Judgement).matchedRules;
}

describeStores('budgets', (kind) => {
  let gate: GateSteps;
  let agent: string;
  beforeAll(async () => (gate = await openGateSteps(kind)));
  afterAll(() => gate.close());
  // Each test spends what belongs to an agent of its own.
  beforeEach(() => (agent = `agent-${randomUUID()}`));

  it('INVARIANT: parallel calls cannot exceed a budget: of 50 at once 20 are allowed', async () => {
    gate.policy(policy(TWENTY));
    const rows = await gate.askAtOnce(50, () => ({ agent }));
    expect(count(rows, 'ALLOW')).toBe(20);
    expect(count(rows, 'BLOCK')).toBe(30);
    const blocked = rows.find((row) => row.outcome === 'BLOCK');
    expect(blocked && rules(blocked)[0]).toEqual({
      id: 'mails',
      effect: 'block',
      reason: 'Too many mails. Send fewer. (20 of 20 actions of this agent in the last hour; this would be 21)',
    });
  });

  it('takes once for one action, however often and by whom its step runs', async () => {
    gate.policy(policy(limited('max: 2, per: agent, within: 1h, count: actions')));
    const id = randomUUID();
    const same = await Promise.all([
      ...Array.from({ length: 10 }, () => gate.ask({ agent, id })),
      ...Array.from({ length: 10 }, () => gate.ask({ agent, id, by: 'workflow' })),
    ]);
    expect(new Set(same.map((row) => row.outcome))).toEqual(new Set(['ALLOW']));
    expect((await gate.ask({ agent })).outcome).toBe('ALLOW');
    expect((await gate.ask({ agent })).outcome).toBe('BLOCK');
    expect((await gate.ask({ agent, id })).outcome).toBe('ALLOW');
  });

  it('slides: what was claimed a window ago no longer counts', async () => {
    gate.policy(policy(limited('max: 2, per: agent, within: 1h, count: actions')));
    await gate.ask({ agent });
    gate.now += HOUR / 2;
    await gate.ask({ agent });
    expect((await gate.ask({ agent })).outcome).toBe('BLOCK');
    gate.now += HOUR / 2;
    expect((await gate.ask({ agent })).outcome).toBe('ALLOW');
    expect((await gate.ask({ agent })).outcome).toBe('BLOCK');
  });

  it('adds up an argument, and what cannot be added up counts against the action', async () => {
    gate.policy(policy(limited('sum: order.total, max: 0.3, per: agent, within: 1d')));
    const pay = (context: object) => gate.ask({ agent, type: 'pay', context: context as never });
    expect((await pay({ order: { total: 0.1 } })).outcome).toBe('ALLOW');
    expect((await pay({ order: { total: 0.2 } })).outcome).toBe('ALLOW');
    const over = await pay({ order: { total: 0.1 } });
    expect(rules(over)[0]?.reason).toContain(
      '0.3 of 0.3 of order.total of this agent in the last day; this would be 0.4',
    );
    for (const context of [{}, { order: 3 }, { order: { total: '1' } }, { order: { total: -1 } }, { order: [1] }]) {
      const row = await pay(context);
      expect({ context, outcome: row.outcome }).toEqual({ context, outcome: 'BLOCK' });
      expect(rules(row)[0]?.reason).toContain('order.total is no number from 0 on');
    }
    expect((await pay({ order: { total: 0 } })).outcome).toBe('ALLOW');
  });

  it.each([
    ['agent', { agent: 'b' }],
    ['session', { session: 'two' }],
    ['team', { team: 'south', agent: 'c' }],
  ] as const)('keeps a budget for each %s', async (per, other) => {
    const id = `per-${per}-${randomUUID()}`;
    gate.policy(policy(limited(`max: 1, per: ${per}, within: 1h, count: actions`, 'block', id)));
    const mine = { agent: 'a', session: 'one', team: 'north' };
    expect((await gate.ask(mine)).outcome).toBe('ALLOW');
    expect((await gate.ask(mine)).outcome).toBe('BLOCK');
    expect((await gate.ask({ ...mine, ...other })).outcome).toBe('ALLOW');
  });

  it('gives nobody a budget of their own for leaving out team or session; a global one is shared by all', async () => {
    const id = randomUUID();
    gate.policy(policy(limited('max: 1, per: team, within: 1h, count: actions', 'block', `team-${id}`)));
    expect((await gate.ask({ agent: 'a' })).outcome).toBe('ALLOW');
    expect((await gate.ask({ agent: 'b' })).outcome).toBe('BLOCK');
    gate.policy(policy(limited('max: 1, per: session, within: 1h, count: actions', 'block', `session-${id}`)));
    expect((await gate.ask({ agent: 'a' })).outcome).toBe('ALLOW');
    expect((await gate.ask({ agent: 'a' })).outcome).toBe('BLOCK');
    gate.policy(policy(limited('max: 1, per: global, within: 1h, count: actions', 'block', `global-${id}`)));
    expect((await gate.ask({ agent: 'a', team: 'x' })).outcome).toBe('ALLOW');
    expect((await gate.ask({ agent: 'b', team: 'y' })).outcome).toBe('BLOCK');
  });

  it('holds several budgets at once, in whatever order they are needed', async () => {
    const id = randomUUID();
    const one = limited('max: 10, per: agent, within: 1h, count: actions', 'block', `a-${id}`);
    const all = limited('max: 30, per: global, within: 1h, count: actions', 'block', `z-${id}`);
    gate.policy(policy(one, all));
    const rows = await gate.askAtOnce(60, (n) => ({ agent: `${agent}-${String(n % 5)}` }));
    expect(count(rows, 'ALLOW')).toBe(30);
    for (let n = 0; n < 5; n += 1) {
      expect(
        count(
          rows.filter((row) => row.agent === `${agent}-${String(n)}`),
          'ALLOW',
        ),
      ).toBeLessThanOrEqual(10);
    }
  });

  describe('what never ran gives back', () => {
    const ends: [string, (row: ActionRow) => Promise<unknown>][] = [
      ['rejected', (row) => gate.conclude(row, 'denied')],
      ['expired', (row) => gate.conclude(row, 'expired')],
      ['cancelled', (row) => gate.conclude(row, 'cancelled')],
      [
        'lapsed',
        async (row) => {
          await gate.conclude(row, 'approved');
          await endOfPatience(gate.deps, { request: requestOf(row), sawClaim: false, at: gate.now });
        },
      ],
      [
        'withdrawn',
        async (row) => {
          await gate.conclude(row, 'approved');
          await cancelPermit(gate.deps, { request: requestOf(row), by: 'me', reason: null, at: gate.now });
        },
      ],
    ];
    const requestOf = (row: ActionRow) => ({ ...gate.requestOf({}), actionId: row.id });

    it.each(ends)('%s', async (_, end) => {
      gate.policy(policy(limited('max: 1, per: agent, within: 1h, count: actions')));
      const held = await gate.ask({ agent, type: 'held_email' });
      expect(held.status).toBe('held');
      expect((await gate.ask({ agent })).outcome).toBe('BLOCK');
      await end(held);
      expect((await gate.ask({ agent })).outcome).toBe('ALLOW');
    });

    it.each(['failed', 'unknown', 'succeeded'] as const)(
      'but %s keeps its place: it may have had its effect',
      async (status) => {
        gate.policy(policy(limited('max: 1, per: agent, within: 1h, count: actions')));
        const row = await gate.ask({ agent });
        const report = { claimId: row.claim_id ?? '', status, result: null, error: null, at: gate.now };
        await settle(gate.deps, { request: requestOf(row), ...report });
        expect((await readAction(gate.store, row.id))?.status).toBe(status);
        expect((await gate.ask({ agent })).outcome).toBe('BLOCK');
      },
    );
  });

  it('a held action has its place from when it is asked for: approving 30 cannot exceed 20', async () => {
    gate.policy(policy(TWENTY));
    const rows = await gate.askAtOnce(30, () => ({ agent, type: 'held_email' }));
    const held = rows.filter((row) => row.status === 'held');
    expect(held).toHaveLength(20);
    // However long people take, the places stay taken.
    gate.now += 5 * HOUR;
    expect((await gate.ask({ agent })).outcome).toBe('BLOCK');
    const standings = await Promise.all(held.map((row) => gate.conclude(row, 'approved')));
    expect(standings.filter(({ status }) => status === 'permitted')).toHaveLength(20);
    expect((await gate.ask({ agent })).outcome).toBe('BLOCK');
  });

  it('counts from the claim: collected permits cannot be spent beside a new window', async () => {
    gate.policy(policy(limited('max: 1, per: agent, within: 1h, count: actions')));
    const row = await gate.ask({ agent, claim: false });
    expect(row.status).toBe('permitted');
    gate.now += HOUR * 1.5;
    expect((await gate.ask({ agent })).outcome).toBe('BLOCK');
    expect(await claimPermit(gate.deps, row.id, randomUUID())).toMatchObject({ granted: true });
    gate.now += HOUR / 2;
    expect((await gate.ask({ agent })).outcome).toBe('BLOCK');
    gate.now += HOUR / 2;
    expect((await gate.ask({ agent })).outcome).toBe('ALLOW');
  });

  it('lets people approve beyond a limit that asks, and counts what they approved', async () => {
    gate.policy(policy(limited('max: 1, per: agent, within: 1h, count: actions', 'require_approval')));
    expect((await gate.ask({ agent })).outcome).toBe('ALLOW');
    const second = await gate.ask({ agent });
    expect(second.status).toBe('held');
    expect((await gate.conclude(second, 'approved')).status).toBe('permitted');
    const third = await gate.ask({ agent });
    expect(rules(third)[0]?.reason).toContain('2 of 1 actions');
  });

  it('a place that was taken first stays when others were asked for after it', async () => {
    gate.policy(policy(limited('max: 1, per: agent, within: 1h, count: actions', 'require_approval')));
    const first = await gate.ask({ agent, type: 'held_email' });
    const second = await gate.ask({ agent });
    expect(rules(second).map(({ id }) => id)).toContain('mails');
    expect((await gate.conclude(first, 'approved')).status).toBe('permitted');
  });

  it('F04 a tighter limit between approval and run is asked anew, and nothing runs beyond it', async () => {
    gate.policy(policy(TWENTY));
    const held = await gate.ask({ agent, type: 'held_email' });
    await gate.askAtOnce(5, () => ({ agent }));
    gate.policy(policy(limited('max: 3, per: agent, within: 1h, count: actions')));
    expect((await gate.conclude(held, 'approved')).status).toBe('blocked');

    gate.policy(policy(TWENTY));
    const permitted = await gate.ask({ agent, claim: false });
    gate.policy(policy(limited('max: 3, per: agent, within: 1h, count: actions', 'require_approval')));
    expect(await claimPermit(gate.deps, permitted.id, randomUUID())).toMatchObject({
      granted: false,
      why: 'policy_changed',
    });
    const standing = await reconsider(gate.deps, {
      request: { ...gate.requestOf({}), actionId: permitted.id },
      at: gate.now,
    });
    expect(standing.status).toBe('held');
  });

  it('F04 a limit that is new when 30 are approved at once lets 20 run', async () => {
    gate.policy(policy());
    const held = await gate.askAtOnce(30, () => ({ agent, type: 'held_email' }));
    gate.policy(policy(TWENTY));
    const standings = await Promise.all(held.map((row) => gate.conclude(row, 'approved')));
    expect(standings.filter(({ status }) => status === 'permitted')).toHaveLength(20);
    expect(standings.filter(({ status }) => status === 'blocked')).toHaveLength(10);
  });

  it('takes nothing for what is blocked for another reason', async () => {
    const never = '{ id: never, reason: Never to them., match: { target: forbidden }, effect: block }';
    gate.policy(policy(limited('max: 1, per: agent, within: 1h, count: actions'), never));
    expect((await gate.ask({ agent, target: 'forbidden' })).outcome).toBe('BLOCK');
    expect((await gate.ask({ agent })).outcome).toBe('ALLOW');
  });

  it('a store that does not answer allows nothing', async () => {
    gate.policy(policy(TWENTY));
    const broken = { ...gate.deps, store: { ...gate.store, db: gate.store.db.withSchema('nowhere') } };
    const { decide } = await import('../../src/decide/decide.ts');
    const request = gate.requestOf({ agent });
    await expect(decide(broken, { request, by: 'gateway', claimId: null })).rejects.toThrow();
  });
});
