import { randomUUID } from 'node:crypto';
import type { Judgement, StopScope } from '@gatehouse/sdk/contract';
import { beginExecution } from '../../src/activities/permit.ts';
import { claimPermit } from '../../src/decide/claim.ts';
import { insertAction, moveAction, readAction, type ActionRow } from '../../src/store/actions.ts';
import { readTimeline } from '../../src/store/events.ts';
import { readApprovalAlone } from '../../src/store/lists.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import { countStopped, listStopped } from '../../src/store/stopped-actions.ts';
import type { StopRow } from '../../src/store/stops-in-force.ts';
import { readStop } from '../../src/store/stops.ts';
import { countLeft, sweep } from '../../src/store/sweep.ts';
import { liftStop, STOPS_RECORD, StopsChangedError, throwStop } from '../../src/store/switchboard.ts';
import { actionRow } from '../store/support/action-row.ts';
import { describeStores } from '../support/asking.ts';
import { count, openGateSteps, type Ask, type GateSteps } from './support/gate-steps.ts';

const POLICY = `
version: 1
name: stops
rules:
  - { id: reads, reason: Reading is fine., match: { action: 'read_*' }, effect: allow }
  - { id: mails, reason: A person looks., match: { action: send_email }, effect: require_approval, approval: { expiresIn: 1h } }
  - { id: few, reason: Few only., match: { action: rare_call }, effect: block, limit: { count: actions, max: 1, within: 1h, per: agent } }
  - { id: rare, reason: Some are fine., match: { action: rare_call }, effect: allow }
`;

describeStores('emergency stops', (kind) => {
  let gate: GateSteps;
  let agent: string;
  beforeAll(async () => {
    gate = await openGateSteps(kind);
    gate.policy(POLICY);
  });
  afterAll(() => gate.close());
  beforeEach(() => (agent = `agent-${randomUUID()}`));

  async function stopIt(scope: StopScope, value: string | null, store: Store = gate.store): Promise<StopRow> {
    const id = `stp_${randomUUID()}`;
    const at = gate.now;
    await throwStop(store, { id, scope, value, reason: 'it misbehaves', by: 'maria', actor: 'reviewer:maria', at });
    const stop = await readStop(store, id);
    if (stop === undefined) throw new Error('The stop is not on record');
    return stop;
  }
  const lift = async (stop: StopRow): Promise<boolean> => {
    const lifted = await liftStop(gate.store, stop, { by: 'ann', actor: 'admin:ann', reason: 'mended', at: gate.now });
    return lifted;
  };
  const read = (ask: Ask = {}): Promise<ActionRow> => gate.ask({ agent, type: 'read_mail', ...ask });
  const judgementOf = (row: ActionRow): Judgement => JSON.parse(row.judgement_json) as Judgement;

  it.each<[StopScope, (name: string) => Ask, (name: string) => Ask]>([
    ['agent', (name) => ({ agent: name }), () => ({ agent: 'somebody else' })],
    ['agent', (name) => ({ agent: 'a helper', chain: ['a boss', name] }), () => ({ chain: ['a boss'] })],
    ['team', (name) => ({ team: name }), () => ({ team: 'another' })],
    ['type', (name) => ({ type: `read_${name}` }), () => ({})],
    ['target', (name) => ({ target: name }), () => ({})],
    ['server', (name) => ({ server: name }), () => ({ server: 'another' })],
    ['server', (name) => ({ target: name }), () => ({})],
  ])('a stop of one %s covers what is its own, and nothing else', async (scope, within, without) => {
    const name = `it-${randomUUID()}`;
    const stop = await stopIt(scope, scope === 'type' ? `read_${name}` : name);
    const row = await read(within(name));
    expect(row).toMatchObject({ outcome: 'BLOCK', status: 'blocked', approval_id: null });
    expect(await read(without(name))).toMatchObject({ outcome: 'ALLOW', status: 'claimed' });
    await lift(stop);
    expect(await read(within(name))).toMatchObject({ outcome: 'ALLOW' });
    // What was decided stays decided.
    expect(await readAction(gate.store, row.id)).toMatchObject({ outcome: 'BLOCK' });
  });

  it('the refusal names the rule of the engine, who stopped it, when, why and the stop', async () => {
    const stop = await stopIt('agent', agent);
    const judgement = judgementOf(await read());
    expect(judgement).toMatchObject({ outcome: 'BLOCK', matchedRule: 'emergency-stop', approval: null });
    expect(judgement.matchedRules.map(({ id, effect }) => [id, effect])).toEqual([
      ['emergency-stop', 'block'],
      ['reads', 'allow'],
    ]);
    for (const part of ['maria', stop.id, 'it misbehaves', '2026-02-03T10:00:00.000Z']) {
      expect(judgement.reason).toContain(part);
    }
    expect(judgement.advice).toContain('lifted');
    await lift(stop);
  });

  it('ends whatever waits for people, for its time or for a claim, gives back what it had reserved, and finds nothing left', async () => {
    const held = await gate.ask({ agent, type: 'send_email' });
    const permitted = await read({ claim: false });
    const running = await read();
    const scheduled = await read({ claim: false });
    await gate.store.db.updateTable('actions').set({ status: 'scheduled' }).where('id', '=', scheduled.id).execute();
    const rare = await gate.ask({ agent, type: 'rare_call', claim: false });
    expect([held.status, permitted.status, running.status, rare.status]).toEqual([
      'held',
      'permitted',
      'claimed',
      'permitted',
    ]);
    const elsewhere = await read({ agent: `other-${agent}`, claim: false });

    const stop = await stopIt('agent', agent);
    expect(await countLeft(gate.store, stop)).toBe(4);
    expect(await sweep(gate.store, stop, gate.now)).toBe(0);

    for (const { id } of [held, permitted, scheduled, rare]) {
      const row = await readAction(gate.store, id);
      expect(row).toMatchObject({ status: 'cancelled', settled_at: gate.now });
      expect(row?.settle_reason).toContain(stop.id);
      const last = (await readTimeline(gate.store.db, id)).at(-1);
      expect(last).toMatchObject({ kind: 'stopped', actor: `stop:${stop.id}`, data: { stopId: stop.id } });
    }
    expect(await readApprovalAlone(gate.store, held.approval_id ?? '')).toMatchObject({
      status: 'cancelled',
      resolved_by: 'maria',
      answerers: '',
    });
    expect(
      await gate.store.db.selectFrom('reservations').where('action_id', '=', rare.id).selectAll().execute(),
    ).toEqual([]);
    expect(await readAction(gate.store, running.id)).toMatchObject({ status: 'claimed' });
    expect(await readAction(gate.store, elsewhere.id)).toMatchObject({ status: 'permitted' });

    const counts = await countStopped(gate.store, [stop.id]);
    expect(counts.get(stop.id)).toEqual({ stopped: 4, running: 1 });
    const met = await listStopped(gate.store, { stopId: stop.id, limit: 10 });
    expect(new Map(met.map(({ actionId, was }) => [actionId, was]))).toEqual(
      new Map([
        [held.id, 'held'],
        [permitted.id, 'permitted'],
        [scheduled.id, 'scheduled'],
        [rare.id, 'permitted'],
        [running.id, 'claimed'],
      ]),
    );
    // Doing it again changes nothing, neither in the record nor on the list.
    expect(await sweep(gate.store, stop, gate.now + 1)).toBe(0);
    expect((await countStopped(gate.store, [stop.id])).get(stop.id)).toEqual({ stopped: 4, running: 1 });
    await lift(stop);
  });

  it('two that sweep the same at once end each action once', async () => {
    for (let n = 0; n < 30; n += 1) await read({ claim: false });
    const stop = await stopIt('agent', agent);
    expect(await Promise.all([1, 2, 3].map((n) => sweep(gate.store, stop, gate.now + n)))).toEqual([0, 0, 0]);
    expect((await countStopped(gate.store, [stop.id])).get(stop.id)).toEqual({ stopped: 30, running: 0 });
    await lift(stop);
  });

  it('a lifted stop ends nothing any more', async () => {
    const stop = await stopIt('agent', agent);
    expect(await lift(stop)).toBe(true);
    expect(await lift(stop)).toBe(false);
    const row = await read({ claim: false });
    await sweep(gate.store, stop, gate.now);
    expect(await readAction(gate.store, row.id)).toMatchObject({ status: 'permitted' });
  });

  it('a permit that a stop covers cannot be claimed, before its sweep and after', async () => {
    const unswept = await read({ claim: false });
    const swept = await read({ claim: false });
    const stop = await stopIt('agent', agent);
    const early = await claimPermit(gate.deps, unswept.id, randomUUID());
    expect(early).toMatchObject({ granted: false, why: 'stopped', action: { status: 'cancelled' } });
    await sweep(gate.store, stop, gate.now);
    const late = await claimPermit(gate.deps, swept.id, randomUUID());
    expect(late).toMatchObject({ granted: false, why: 'stopped' });
    expect(late?.granted === false && late.says).toContain(stop.id);
    // Both are on the list, whoever ended them.
    expect((await countStopped(gate.store, [stop.id])).get(stop.id)).toEqual({ stopped: 2, running: 0 });
    await lift(stop);
    expect(await claimPermit(gate.deps, swept.id, randomUUID())).toMatchObject({ granted: false, why: 'stopped' });
  });

  it('an executor is not begun, and an approval that comes too late lets nothing run', async () => {
    const begun = await read({ claim: false });
    const held = await gate.ask({ agent, type: 'send_email' });
    const stop = await stopIt('agent', agent);
    const request = { ...gate.requestOf({ agent }), actionId: begun.id };
    expect(await beginExecution(gate.deps, { request, claimId: 'executor:x', at: gate.now })).toMatchObject({
      status: 'cancelled',
    });
    expect(await gate.conclude(held, 'approved')).toMatchObject({ status: 'cancelled' });
    const kinds = (await readTimeline(gate.store.db, held.id)).map(({ kind: entry }) => entry);
    expect(kinds).toEqual(['requested', 'decided', 'held', 'stopped', 'verdict']);
    await lift(stop);
  });

  it('INVARIANT: after a stop is thrown nothing new starts that it covers, whatever another process believes', async () => {
    // Nothing tells this store of what the other does, and its poll does not come between two statements.
    const there = await openStore({ url: gate.url });
    try {
      const before = gate.store.stops.current();
      const waiting = await read({ claim: false });
      const stop = await stopIt('agent', agent, there);
      const old = before.version;
      const row = actionRow(`act_${randomUUID()}`, { agent });
      await expect(insertAction(gate.store, { row, events: [], judgedUnder: old })).rejects.toThrow(StopsChangedError);
      expect(await readAction(gate.store, row.id)).toBeUndefined();
      const claim = { actionId: waiting.id, from: ['permitted'], set: { status: 'claimed' }, events: [] } as const;
      await expect(moveAction(gate.store, { ...claim, judgedUnder: old })).rejects.toThrow(StopsChangedError);
      await expect(moveAction(gate.store, claim)).rejects.toThrow('without the stops');
      expect(await read()).toMatchObject({ outcome: 'BLOCK' });
      await lift(stop);
      expect(await read()).toMatchObject({ outcome: 'ALLOW' });
    } finally {
      await there.close();
    }
  });

  it('decisions that race a stop are either found by its sweep or blocked', async () => {
    // Two connections of one thread to SQLite would wait for each other; there the race is of statements alone.
    const there = kind === 'postgres' ? await openStore({ url: gate.url }) : gate.store;
    try {
      const asked = gate.askAtOnce(60, (n) => ({
        agent,
        type: n % 2 ? 'read_mail' : 'send_email',
        claim: n % 3 === 0,
      }));
      const stop = await stopIt('agent', agent, there);
      expect(await sweep(there, stop, gate.now)).toBe(0);
      const after = await gate.askAtOnce(20, () => ({ agent, type: 'read_mail' }));
      expect(count(after, 'BLOCK')).toBe(20);
      const rows = await Promise.all((await asked).map(({ id }) => readAction(gate.store, id)));
      const open = rows.filter((row) => row?.status === 'held' || row?.status === 'permitted');
      expect(open).toEqual([]);
      const met = await listStopped(there, { stopId: stop.id, limit: 100 });
      const blocked = rows.filter((row) => row?.status === 'blocked').length;
      expect(met.length + blocked).toBe(60);
      await liftStop(there, stop, { by: 'ann', actor: 'admin:ann', reason: 'over', at: gate.now });
    } finally {
      if (there !== gate.store) await there.close();
    }
  });

  it('throwing and lifting are on record, each once, by whom and why', async () => {
    const stop = await stopIt('target', `vault-${agent}`);
    await lift(stop);
    const timeline = await readTimeline(gate.store.db, STOPS_RECORD);
    const own = timeline.filter(({ data }) => data['stopId'] === stop.id);
    expect(own.map(({ kind: entry, actor, data }) => [entry, actor, data['reason']])).toEqual([
      ['stop_thrown', 'reviewer:maria', 'it misbehaves'],
      ['stop_lifted', 'admin:ann', 'mended'],
    ]);
  });
});
