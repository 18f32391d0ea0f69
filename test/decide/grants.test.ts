import { randomUUID } from 'node:crypto';
import type { GrantRequest, Judgement } from '@gatehouse/sdk/contract';
import { claimPermit } from '../../src/decide/claim.ts';
import { grantIdOf } from '../../src/decide/give-grant.ts';
import type { ActionRow } from '../../src/store/actions.ts';
import { readTimeline } from '../../src/store/events.ts';
import { readGrant, revokeGrant, type GrantRow } from '../../src/store/grants.ts';
import { describeStores } from '../support/asking.ts';
import { count, HOUR, openGateSteps, type Ask, type GateSteps } from './support/gate-steps.ts';

const ASKS = '{ id: mails, reason: A person looks at mails., match: { action: send_email }, effect: require_approval';
const GRANTABLE = `${ASKS}, approval: { expiresIn: 1h, grants: { uses: 20, within: 8h } } }`;

const policy = (...rules: string[]): string => `
version: 1
name: grants
rules:
${rules.map((rule) => `  - ${rule}\n`).join('')}`;

const PERMIT: GrantRequest = { name: 'the nightly digest', uses: 3, withinSeconds: 3600 };

function judgementOf(row: ActionRow): Judgement {
  return JSON.parse(row.judgement_json) as Judgement;
}

describeStores('standing permissions', (kind) => {
  let gate: GateSteps;
  let agent: string;
  beforeAll(async () => (gate = await openGateSteps(kind)));
  afterAll(() => gate.close());
  beforeEach(() => {
    agent = `agent-${randomUUID()}`;
    gate.policy(policy(GRANTABLE));
  });

  /** Has somebody approve an action and give a permission along with it. */
  async function give(grant: Partial<GrantRequest> = {}, ask: Ask = {}): Promise<GrantRow> {
    const asked = await gate.ask({ agent, context: { to: 'team' }, ...ask });
    expect(asked.outcome).toBe('REQUIRE_APPROVAL');
    await gate.conclude(asked, 'approved', { grant: { ...PERMIT, ...grant } });
    const given = await readGrant(gate.store, grantIdOf(asked.approval_id ?? ''));
    if (given === undefined) throw new Error('No permission was given');
    return given;
  }
  const outcomeOf = async (ask: Ask = {}): Promise<string> =>
    (await gate.ask({ agent, context: { to: 'team' }, ...ask })).outcome;

  it('let the same agent do the same again, and the record says by whose leave', async () => {
    const grant = await give();
    const row = await gate.ask({ agent, context: { to: 'team' } });
    expect(row).toMatchObject({ outcome: 'ALLOW', status: 'claimed', approval_id: null });
    expect(judgementOf(row)).toMatchObject({
      grant: { id: grant.id, name: 'the nightly digest', givenBy: 'maria' },
      matchedRules: [{ id: 'mails', effect: 'require_approval' }],
    });
    const [, decided] = await readTimeline(gate.store.db, row.id);
    expect(decided?.data).toMatchObject({ outcome: 'ALLOW', grant: grant.id });
    const timeline = await readTimeline(gate.store.db, grant.id);
    expect(timeline.map(({ kind: entry, actor }) => [entry, actor])).toEqual([
      ['granted', 'reviewer:maria'],
      ['grant_used', 'gateway'],
    ]);
    expect(timeline[1]?.data).toEqual({ actionId: row.id });
  });

  it('INVARIANT: a standing permission is never used more often than it says, also by 30 calls at once', async () => {
    const grant = await give({ uses: 7 });
    const rows = await gate.askAtOnce(30, () => ({ agent, context: { to: 'team' } }));
    expect(count(rows, 'ALLOW')).toBe(7);
    expect(count(rows, 'REQUIRE_APPROVAL')).toBe(23);
    expect(await readGrant(gate.store, grant.id)).toMatchObject({ used: 7 });
    const uses = (await readTimeline(gate.store.db, grant.id)).filter(({ kind: entry }) => entry === 'grant_used');
    const allowed = rows.filter(({ outcome }) => outcome === 'ALLOW').map(({ id }) => id);
    expect(uses.map(({ data }) => data['actionId']).sort()).toEqual(allowed.sort());
  });

  it('count one action once, however often and by whom its step runs', async () => {
    const grant = await give({ uses: 2 });
    const id = randomUUID();
    const same = { agent, context: { to: 'team' }, id };
    const rows = await Promise.all([
      ...Array.from({ length: 8 }, () => gate.ask(same)),
      ...Array.from({ length: 8 }, () => gate.ask({ ...same, by: 'workflow' })),
    ]);
    expect(new Set(rows.map(({ outcome }) => outcome))).toEqual(new Set(['ALLOW']));
    expect(await readGrant(gate.store, grant.id)).toMatchObject({ used: 1 });
    expect(await outcomeOf()).toBe('ALLOW');
    expect(await outcomeOf()).toBe('REQUIRE_APPROVAL');
  });

  it('are given once, however often the end of an approval is put on record', async () => {
    const asked = await gate.ask({ agent });
    await gate.conclude(asked, 'approved', { grant: PERMIT });
    await gate.conclude(asked, 'approved', { grant: { ...PERMIT, uses: 1000 } });
    expect(await readGrant(gate.store, grantIdOf(asked.approval_id ?? ''))).toMatchObject({ uses: 3 });
  });

  it('go over to the next where several fit, so that none is exceeded', async () => {
    await give({ uses: 2 });
    // Only other arguments are still asked for: the second permission is for any.
    await give({ uses: 3, sameArguments: [] }, { context: { to: 'all' } });
    const rows = await gate.askAtOnce(12, () => ({ agent, context: { to: 'team' } }));
    expect(count(rows, 'ALLOW')).toBe(5);
  });

  it('end: at their time, and when somebody takes them back', async () => {
    await give();
    gate.now += HOUR - 1;
    expect(await outcomeOf()).toBe('ALLOW');
    gate.now += 1;
    expect(await outcomeOf()).toBe('REQUIRE_APPROVAL');
    const grant = await give();
    expect(await outcomeOf()).toBe('ALLOW');
    const back = { actor: 'reviewer:paul', by: 'paul', reason: 'It mailed too much', at: gate.now };
    expect(await revokeGrant(gate.store, grant.id, back)).toBe(true);
    expect(await outcomeOf()).toBe('REQUIRE_APPROVAL');
    expect(await revokeGrant(gate.store, grant.id, back)).toBe(false);
  });

  it('fit nothing else: other arguments, another target, another agent', async () => {
    await give();
    expect(await outcomeOf({ context: { to: 'everyone' } })).toBe('REQUIRE_APPROVAL');
    expect(await outcomeOf({ context: { to: 'team', bcc: 'press' } })).toBe('REQUIRE_APPROVAL');
    expect(await outcomeOf({ target: 'payroll' })).toBe('REQUIRE_APPROVAL');
    expect(await outcomeOf({ agent: `${agent}-twin` })).toBe('REQUIRE_APPROVAL');
    expect(await outcomeOf({ context: { to: 'team' } })).toBe('ALLOW');
  });

  it('hold fast only the arguments that they name', async () => {
    await give({ sameArguments: ['to'] }, { context: { to: { list: 'team', at: 1 }, text: 'Monday' } });
    expect(await outcomeOf({ context: { text: 'Tuesday', to: { at: 1, list: 'team' } } })).toBe('ALLOW');
    expect(await outcomeOf({ context: { text: 'Tuesday', to: { at: 2, list: 'team' } } })).toBe('REQUIRE_APPROVAL');
    expect(await outcomeOf({ context: { text: 'Tuesday' } })).toBe('REQUIRE_APPROVAL');
  });

  it('hold all arguments fast where they name one that was not there', async () => {
    await give({ sameArguments: ['to', 'bcc'] }, { context: { to: 'team', text: 'Monday' } });
    expect(await outcomeOf({ context: { to: 'team', text: 'Tuesday' } })).toBe('REQUIRE_APPROVAL');
    expect(await outcomeOf({ context: { to: 'team', text: 'Monday' } })).toBe('ALLOW');
  });

  it('F08 never outrank a block', async () => {
    await give();
    gate.policy(
      policy(GRANTABLE, '{ id: frozen, reason: Mails are frozen., match: { action: send_email }, effect: block }'),
    );
    expect(await outcomeOf()).toBe('BLOCK');
  });

  it('answer no rule that people were not asked for', async () => {
    await give();
    const second =
      '{ id: outside, reason: It leaves the house., match: { action: send_email }, effect: require_approval, approval: { grants: { uses: 20, within: 8h } } }';
    gate.policy(policy(GRANTABLE, second));
    expect(await outcomeOf()).toBe('REQUIRE_APPROVAL');
  });

  it('answer nothing once the policy no longer permits them, and less where it permits less', async () => {
    await give();
    gate.policy(policy(`${ASKS} }`));
    expect(await outcomeOf()).toBe('REQUIRE_APPROVAL');
    gate.policy(policy(`${ASKS}, approval: { grants: { uses: 1, within: 8h } } }`));
    expect(await outcomeOf()).toBe('ALLOW');
    expect(await outcomeOf()).toBe('REQUIRE_APPROVAL');
    gate.policy(policy(`${ASKS}, approval: { grants: { uses: 20, within: 30m } } }`));
    gate.now += HOUR / 2;
    expect(await outcomeOf()).toBe('REQUIRE_APPROVAL');
  });

  it('do not come with a rejection, nor with an expiry', async () => {
    for (const status of ['denied', 'expired', 'cancelled'] as const) {
      const asked = await gate.ask({ agent });
      await gate.conclude(asked, status, { grant: PERMIT });
      expect(await readGrant(gate.store, grantIdOf(asked.approval_id ?? ''))).toBeUndefined();
    }
  });

  it('answer for a budget that asks, and take their place on it', async () => {
    const budget =
      '{ id: many, reason: Many mails., match: { action: send_email }, limit: { max: 0, per: agent, within: 1h, count: actions }, effect: require_approval, approval: { grants: { uses: 20, within: 8h } } }';
    gate.policy(policy(budget, '{ id: runs, reason: ok, match: { action: send_email }, effect: allow }'));
    const grant = await give({ uses: 2 });
    const rows = await gate.askAtOnce(6, () => ({ agent, context: { to: 'team' } }));
    expect(count(rows, 'ALLOW')).toBe(2);
    expect(rows.every(({ reserved }) => reserved === 1)).toBe(true);
    expect(await readGrant(gate.store, grant.id)).toMatchObject({ used: 2 });
  });

  it('stand at the claim under another policy that permits them, and fall where it does not or they were taken back', async () => {
    const grant = await give({ uses: 9 });
    const claims = async (): Promise<string> => {
      const row = await gate.ask({ agent, context: { to: 'team' }, claim: false });
      expect(row.status).toBe('permitted');
      return row.id;
    };
    const [kept, fallen] = [await claims(), await claims()];
    gate.policy(policy(GRANTABLE.replace('A person looks', 'Somebody looks')));
    expect(await claimPermit(gate.deps, kept, randomUUID())).toMatchObject({ granted: true });
    gate.policy(policy(`${ASKS} }`));
    expect(await claimPermit(gate.deps, fallen, randomUUID())).toMatchObject({ granted: false, why: 'policy_changed' });
    gate.policy(policy(GRANTABLE));
    const late = await claims();
    await revokeGrant(gate.store, grant.id, { actor: 'admin:paul', by: 'paul', reason: 'stop', at: gate.now });
    gate.policy(policy(GRANTABLE.replace('A person looks', 'Somebody looks')));
    expect(await claimPermit(gate.deps, late, randomUUID())).toMatchObject({ granted: false, why: 'policy_changed' });
  });
});
