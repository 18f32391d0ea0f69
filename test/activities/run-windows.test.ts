import { randomUUID } from 'node:crypto';
import { concludeApproval } from '../../src/activities/conclude-approval.ts';
import { openWindow } from '../../src/activities/open-window.ts';
import { cancelPermit } from '../../src/activities/permit.ts';
import { claimPermit } from '../../src/decide/claim.ts';
import { roundOf } from '../../src/decide/stored-round.ts';
import type { ActionRow } from '../../src/store/actions.ts';
import { readAction } from '../../src/store/actions.ts';
import { readTimeline } from '../../src/store/events.ts';
import { readApprovalAlone } from '../../src/store/lists.ts';
import type { Standing } from '../../src/workflows/messages.ts';
import { describeStores } from '../support/asking.ts';
import { HOUR, openGateSteps, type GateSteps } from '../decide/support/gate-steps.ts';

const DEPLOY = `
version: 1
name: deploy
rules:
  - id: deploys
    reason: Deploys are approved, and run on Saturday mornings.
    match: { action: deploy }
    effect: require_approval
    approval: { expiresIn: 1h, run: { days: [sat], from: '02:00', to: '04:00' } }
`;
const AND_WEEKDAYS = `${DEPLOY}
  - id: office
    reason: Somebody must be in the office.
    match: { action: deploy }
    effect: require_approval
    approval: { run: { days: [mon, tue, wed, thu, fri] } }
`;
const AND_LEADS = `${DEPLOY}
  - id: leads
    reason: A lead looks too.
    match: { action: deploy }
    effect: require_approval
`;
const FREEZE = `${DEPLOY}
  - { id: freeze, reason: Nothing is deployed now., match: { action: deploy }, effect: block }
`;
const TUESDAY = Date.UTC(2026, 1, 3, 10);
const SATURDAY = Date.UTC(2026, 1, 7, 2);

describeStores('windows in which what was approved runs', (store) => {
  let gate: GateSteps;
  beforeAll(async () => {
    gate = await openGateSteps(store);
  });
  afterAll(async () => {
    await gate.close();
  });
  beforeEach(() => {
    gate.now = TUESDAY;
    gate.policy(DEPLOY);
  });

  const requestOf = (row: ActionRow) => ({ ...gate.requestOf({}), actionId: row.id });

  async function approved(): Promise<{ row: ActionRow; standing: Standing }> {
    const row = await gate.ask({ type: 'deploy', claim: false });
    return { row, standing: await gate.conclude(row, 'approved') };
  }

  function opensAt(row: ActionRow, at: number): Promise<Standing> {
    gate.now = at;
    return openWindow(gate.deps, { request: requestOf(row), at });
  }

  it('what is approved outside of its window waits for it, to the second', async () => {
    const { row, standing } = await approved();
    expect(standing).toMatchObject({ status: 'scheduled', waitSeconds: (SATURDAY - TUESDAY) / 1000 });
    expect(await claimPermit(gate.deps, row.id, randomUUID())).toMatchObject({ granted: false, why: 'not_permitted' });
    const timeline = await readTimeline(gate.store.db, row.id);
    expect(timeline.at(-1)).toMatchObject({
      kind: 'scheduled',
      data: { opensAt: '2026-02-07T02:00:00.000Z', closesAt: '2026-02-07T04:00:00.000Z' },
    });
  });

  it('may run from its opening to its end, and not beyond', async () => {
    const { row } = await approved();
    expect(await opensAt(row, SATURDAY)).toMatchObject({ status: 'permitted', waitSeconds: (2 * HOUR) / 1000 });
    gate.now = SATURDAY + 2 * HOUR + 1;
    expect(await claimPermit(gate.deps, row.id, randomUUID())).toMatchObject({ granted: false });
    gate.now = SATURDAY + HOUR;
    expect(await claimPermit(gate.deps, row.id, randomUUID())).toMatchObject({ granted: true });
  });

  it('what is approved within its window may run at once, until its end', async () => {
    gate.now = SATURDAY + HOUR;
    const { standing } = await approved();
    expect(standing).toMatchObject({ status: 'permitted', waitSeconds: HOUR / 1000 });
  });

  it('a look before the opening, or after a missed one, waits on', async () => {
    const { row } = await approved();
    expect(await opensAt(row, SATURDAY - 1000)).toMatchObject({ status: 'scheduled', waitSeconds: 1 });
    const late = await opensAt(row, SATURDAY + 2 * HOUR);
    expect(late).toMatchObject({ status: 'scheduled', waitSeconds: (7 * 24 - 2) * 3600 });
  });

  it('F04 the policy in force at the opening decides: it blocks, or asks again what it asks more', async () => {
    const blocked = (await approved()).row;
    const again = (await approved()).row;
    gate.policy(FREEZE);
    expect(await opensAt(blocked, SATURDAY)).toMatchObject({ status: 'blocked', reason: 'Nothing is deployed now.' });
    gate.policy(AND_LEADS);
    expect(await opensAt(again, SATURDAY)).toMatchObject({ status: 'held', approval: { round: 2 } });
  });

  it('F04 terms that ask for more people meanwhile are asked anew, also of a rule that was asked before', async () => {
    const { row } = await approved();
    gate.policy(DEPLOY.replace('{ expiresIn: 1h,', '{ expiresIn: 1h, quorum: 2,'));
    expect(await opensAt(row, SATURDAY)).toMatchObject({ status: 'held', approval: { round: 2 } });
  });

  it('windows of several rules are kept together, and where they never meet nothing runs', async () => {
    gate.policy(AND_WEEKDAYS);
    const { standing } = await approved();
    expect(standing.status).toBe('blocked');
    expect(standing.reason).toContain('never open at once');
  });

  it('what waits for its window can be withdrawn', async () => {
    const { row } = await approved();
    const by = { request: requestOf(row), by: 'agent:mailer', reason: 'not needed', at: gate.now };
    expect(await cancelPermit(gate.deps, by)).toMatchObject({ status: 'cancelled' });
    expect(await opensAt(row, SATURDAY)).toMatchObject({ status: 'cancelled' });
  });

  it('break-glass waits for no window', async () => {
    const row = await gate.ask({ type: 'deploy', claim: false });
    const asked = await readApprovalAlone(gate.store, row.approval_id ?? '');
    const round = {
      ...roundOf(asked!),
      status: 'approved',
      breakGlass: true,
      resolvedBy: 'zoe',
      comment: 'site is down',
    };
    const standing = await concludeApproval(gate.deps, {
      request: requestOf(row),
      ...{ verdictId: randomUUID(), proof: null },
      reviewer: { name: 'zoe', role: 'admin', groups: [] },
      round: { ...round, status: 'approved', resolvedAt: gate.now },
    });
    expect(standing.status).toBe('permitted');
    expect(await readAction(gate.store, row.id)).toMatchObject({ opens_at: null });
  });
});
