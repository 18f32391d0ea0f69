import { randomUUID } from 'node:crypto';
import type { Judgement } from '@gatehouse/sdk/contract';
import type { ActionRow } from '../../src/store/actions.ts';
import { describeStores } from '../support/asking.ts';
import { count, HOUR, openGateSteps, type Ask, type GateSteps } from './support/gate-steps.ts';

const ASKS = '{ id: mails, reason: A person looks at mails., match: { action: send_email }, effect: require_approval }';
const FLOOD =
  '{ id: flood, reason: Too many open questions. Wait., match: { action: send_email }, limit: { max: 20, per: agent, within: 1h, count: actions }, effect: block }';
const policy = (...rules: string[]): string =>
  `version: 1\nname: storms\nrules:\n${rules.map((rule) => `  - ${rule}\n`).join('')}`;

function judgementOf(row: ActionRow): Judgement {
  return JSON.parse(row.judgement_json) as Judgement;
}

describeStores('F19 an agent that repeats itself', (kind) => {
  let gate: GateSteps;
  let agent: string;
  beforeAll(async () => (gate = await openGateSteps(kind)));
  afterAll(() => gate.close());
  beforeEach(() => {
    agent = `agent-${randomUUID()}`;
    gate.policy(policy(ASKS));
  });

  const ask = (more: Ask = {}): Promise<ActionRow> => gate.ask({ agent, context: { to: 'all' }, ...more });
  async function refusedThrice(): Promise<void> {
    for (let times = 0; times < 3; times += 1) {
      const asked = await ask();
      expect(asked.outcome).toBe('REQUIRE_APPROVAL');
      await gate.conclude(asked, 'denied');
      gate.now += 60_000;
    }
  }

  it('is refused without people once they have refused the very same three times in a quarter of an hour', async () => {
    await refusedThrice();
    const storm = await gate.askAtOnce(20, () => ({ agent, context: { to: 'all' } }));
    expect(count(storm, 'BLOCK')).toBe(20);
    const [first] = storm;
    expect(first).toMatchObject({ status: 'blocked', approval_id: null });
    expect(first && judgementOf(first)).toMatchObject({
      reason: 'People have refused exactly this 3 times in a quarter of an hour, maria last',
      matchedRules: [{ id: 'mails', effect: 'require_approval' }],
      approval: null,
      advice: expect.stringContaining('Do not repeat it: nobody is asked about the same again before'),
    });
  });

  it('may ask for something else meanwhile, and others may ask for the same', async () => {
    await refusedThrice();
    expect((await ask({ context: { to: 'team' } })).outcome).toBe('REQUIRE_APPROVAL');
    expect((await ask({ agent: `${agent}-other` })).outcome).toBe('REQUIRE_APPROVAL');
    expect((await ask()).outcome).toBe('BLOCK');
  });

  it('may ask again once the quarter of an hour is over', async () => {
    await refusedThrice();
    gate.now += HOUR / 4;
    expect((await ask()).outcome).toBe('REQUIRE_APPROVAL');
  });

  it('is not held to what nobody answered or what it withdrew itself', async () => {
    for (const status of ['expired', 'cancelled', 'expired', 'cancelled'] as const) {
      await gate.conclude(await ask(), status);
    }
    expect((await ask()).outcome).toBe('REQUIRE_APPROVAL');
  });

  it('takes nothing from a budget with what is refused so', async () => {
    gate.policy(policy(ASKS, FLOOD));
    await refusedThrice();
    expect(await ask()).toMatchObject({ outcome: 'BLOCK', reserved: 0 });
  });

  it('that floods people with questions is bounded by a budget, says so, and costs no other agent anything', async () => {
    gate.policy(policy(ASKS, FLOOD));
    const rows = await gate.askAtOnce(40, (n) => ({ agent, context: { to: `person ${String(n)}` } }));
    expect(count(rows, 'REQUIRE_APPROVAL')).toBe(20);
    const over = rows.find(({ outcome }) => outcome === 'BLOCK');
    expect(over && judgementOf(over).reason).toContain(
      'Too many open questions. Wait. (20 of 20 actions of this agent',
    );
    expect((await ask({ agent: `${agent}-other` })).outcome).toBe('REQUIRE_APPROVAL');
  });
});
