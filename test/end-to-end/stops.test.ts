import { randomUUID } from 'node:crypto';
import { ActionBlockedError, ActionCancelledError } from '@gatehouse/sdk';
import type { StoppedActionList, StopView } from '@gatehouse/sdk/contract';
import { defineExecutor } from '../../src/activities/executors/index.ts';
import { readTimeline } from '../../src/store/events.ts';
import { listUnfinishedStops, readStop } from '../../src/store/stops.ts';
import { STOPS_RECORD } from '../../src/store/switchboard.ts';
import { ask, askFor, describeStores, failureOf, giveVerdict, kinds, record, report } from '../support/asking.ts';
import { WORD_POLICY } from '../support/policies.ts';
import { startStack, type Reply, type Stack } from '../support/stack.ts';
import { z } from 'zod';

let effects = 0;
const touch = defineExecutor({
  name: 'touch',
  actions: ['held_by_executor'],
  input: z.object({}),
  timeoutSeconds: 5,
  run: () => Promise.resolve(`${String((effects += 1))} done`),
});

describeStores('emergency stops', (store) => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ policy: { 'words.yaml': WORD_POLICY }, store, executors: [touch] });
  });
  beforeEach(() => (effects = 0));
  afterAll(() => stack.stop());

  const throwIt = async (body: object, role: 'reviewer' | 'admin' = 'reviewer'): Promise<StopView> => {
    const { status, body: stop } = await stack.call(role, 'POST', '/api/v1/stops', { reason: 'it runs wild', ...body });
    expect(status).toBe(200);
    return stop as unknown as StopView;
  };
  const lift = (stopId: string, role: 'reviewer' | 'admin' | 'agent' = 'admin'): Promise<Reply> =>
    stack.call(role, 'POST', `/api/v1/stops/${stopId}/lift`, { reason: 'it was mended' });
  const show = async (stopId: string): Promise<StopView> =>
    (await stack.call('reviewer', 'GET', `/api/v1/stops/${stopId}`)).body as unknown as StopView;
  const carriedOut = async (stopId: string): Promise<void> => {
    await stack.client.workflow.getHandle(stopId).result();
    expect(await show(stopId)).toMatchObject({ carriedOut: true });
  };

  it('end what waits for people, and its agent and its workflow hear of it', async () => {
    const target = `t-${randomUUID()}`;
    let held: Parameters<typeof giveVerdict>[1] & { actionId: string } = {
      actionId: '',
      approvalId: '',
      actionDigest: '',
    };
    let stopId = '';
    const run = (): string => `${String((effects += 1))} done`;
    const error = await failureOf(
      stack.agent.guard('held_word', target, {}, run, {
        onPending: async (answer) => {
          held = answer;
          const stop = await throwIt({ scope: 'target', value: target });
          expect(stop).toMatchObject({ stopped: 1, running: 0, left: 0, inForce: true, thrownBy: 'dev-reviewer' });
          stopId = stop.stopId;
        },
      }),
    );
    expect(error).toBeInstanceOf(ActionCancelledError);
    expect((error as Error).message).toContain('it runs wild');
    expect(await stack.client.workflow.getHandle(held.actionId).result()).toMatchObject({ status: 'cancelled' });
    await carriedOut(stopId);
    expect(await giveVerdict(stack, held, 'approve')).toMatchObject({
      status: 409,
      body: { code: 'already_resolved' },
    });
    const seen = await record(stack, held.actionId);
    expect(kinds(seen)).toEqual(['requested', 'decided', 'held', 'stopped', 'refused_attempt']);
    expect(effects).toBe(0);
    await lift(stopId);
  });

  it('F26 a stop has a code and a rule of its own, and is neither a policy block nor an outage', async () => {
    const target = `t-${randomUUID()}`;
    const waiting = await ask(stack, 'read_word', { target, more: { claim: false } });
    const stop = await throwIt({ scope: 'target', value: target });
    const claim = await stack.call('agent', 'POST', `/api/v1/actions/${waiting.actionId}/claim`, {
      claimId: randomUUID(),
    });
    expect(claim).toMatchObject({ status: 409, body: { code: 'stopped' } });
    expect(claim.body['detail']).toContain(stop.stopId);
    const error = await failureOf(stack.agent.guard('read_word', target, {}, () => 'ran'));
    expect(error).toBeInstanceOf(ActionBlockedError);
    expect(error).toMatchObject({ matchedRule: 'emergency-stop' });
    expect(await ask(stack, 'blocked_word')).toMatchObject({ decision: 'BLOCK', matchedRule: 'never' });
    await lift(stop.stopId);
  });

  it('list what was running already, which is not recalled and can still report', async () => {
    const target = `t-${randomUUID()}`;
    const running = await ask(stack, 'read_word', { target });
    const executor = await askFor(stack, 'held_by_executor', { target, more: { mode: 'executor' } });
    const stop = await throwIt({ scope: 'target', value: target });
    expect(stop).toMatchObject({ stopped: 1, running: 1, left: 0 });
    const listed = async (query: string): Promise<[string, string, string][]> => {
      const { body } = await stack.call('reviewer', 'GET', `/api/v1/stops/${stop.stopId}/actions${query}`);
      return (body as unknown as StoppedActionList).actions.map(({ actionId, was, status }) => [actionId, was, status]);
    };
    expect(await listed('?running=true')).toEqual([[running.actionId, 'claimed', 'claimed']]);
    expect(await listed('?running=false')).toEqual([[executor.body['actionId'], 'held', 'cancelled']]);
    const first = await stack.call('reviewer', 'GET', `/api/v1/stops/${stop.stopId}/actions?limit=1`);
    const page = first.body as unknown as StoppedActionList;
    const rest = await listed(`?limit=1&cursor=${page.nextCursor ?? ''}`);
    expect(new Set([page.actions[0]?.actionId, rest[0]?.[0]])).toEqual(
      new Set([running.actionId, executor.body['actionId']]),
    );
    expect((await report(stack, running, 'succeeded')).status).toBe(200);
    expect(await stack.client.workflow.getHandle(String(executor.body['actionId'])).result()).toMatchObject({
      status: 'cancelled',
    });
    expect(effects).toBe(0);
    await lift(stop.stopId);
  });

  it('once lifted, a repeat gets what is on record and a new key a new decision', async () => {
    const target = `t-${randomUUID()}`;
    const key = randomUUID();
    const stop = await throwIt({ scope: 'everything' });
    const stopped = await ask(stack, 'read_word', { target, key });
    expect(stopped).toMatchObject({ decision: 'BLOCK', matchedRule: 'emergency-stop' });
    expect(await lift(stop.stopId)).toMatchObject({
      status: 200,
      body: { inForce: false, liftedBy: 'dev-admin', liftReason: 'it was mended', left: null },
    });
    expect(await ask(stack, 'read_word', { target, key })).toMatchObject({
      decision: 'BLOCK',
      actionId: stopped.actionId,
    });
    expect(await ask(stack, 'read_word', { target })).toMatchObject({ decision: 'ALLOW' });
  });

  it('a repeat by the same person is the same stop, another person has one of their own', async () => {
    const value = `a-${randomUUID()}`;
    const first = await throwIt({ scope: 'agent', value });
    expect((await throwIt({ scope: 'agent', value })).stopId).toBe(first.stopId);
    const other = await throwIt({ scope: 'agent', value }, 'admin');
    expect(other.stopId).not.toBe(first.stopId);
    const { body } = await stack.call('reviewer', 'GET', '/api/v1/stops?inForce=true');
    expect((body['stops'] as StopView[]).map(({ stopId }) => stopId).sort()).toEqual(
      [first.stopId, other.stopId].sort(),
    );
    await lift(first.stopId);
    await lift(other.stopId);
  });

  it('agents neither throw nor lift nor see them, reviewers throw and do not lift, and every attempt is on record', async () => {
    const body = { scope: 'everything', reason: 'mischief' };
    expect(await stack.call('agent', 'POST', '/api/v1/stops', body)).toMatchObject({
      status: 403,
      body: { code: 'forbidden', permission: 'stop.throw' },
    });
    expect(await stack.call('agent', 'GET', '/api/v1/stops')).toMatchObject({ status: 403 });
    const stop = await throwIt({ scope: 'agent', value: `a-${randomUUID()}` });
    expect(await lift(stop.stopId, 'reviewer')).toMatchObject({ status: 403, body: { permission: 'stop.lift' } });
    expect(await lift(stop.stopId, 'agent')).toMatchObject({ status: 403 });
    expect(await show(stop.stopId)).toMatchObject({ inForce: true });
    const refused = (await readTimeline(stack.core.store.db, STOPS_RECORD)).filter(
      ({ kind }) => kind === 'refused_attempt',
    );
    expect(refused.map(({ actor, data }) => [actor, data['permission']])).toEqual([
      ['agent:dev-agent', 'stop.throw'],
      ['reviewer:dev-reviewer', 'stop.lift'],
      ['agent:dev-agent', 'stop.lift'],
    ]);
    await lift(stop.stopId);
    expect(await lift(stop.stopId)).toMatchObject({ status: 200, body: { liftedBy: 'dev-admin' } });
  });

  it.each([
    [{ scope: 'everything', value: 'x' }, '/value'],
    [{ scope: 'agent' }, '/value'],
    [{ scope: 'planet', value: 'x' }, '/scope'],
    [{ scope: 'everything', reason: ' ' }, '/reason'],
  ])('%j is refused, and names the field', async (body, field) => {
    const answer = await stack.call('reviewer', 'POST', '/api/v1/stops', { reason: 'why', ...body });
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_request', errors: [{ field }] } });
  });

  it('a stop that a process left unfinished is carried out by whoever looks next', async () => {
    const target = `t-${randomUUID()}`;
    const held = await ask(stack, 'held_word', { target });
    const id = `stp_${randomUUID()}`;
    const { db } = stack.core.store;
    // As a process leaves it that dies right after the commit of its stop.
    const now = { thrown_by: 'dev-reviewer', thrown_at: Date.now(), lifted_by: null, lifted_at: null };
    await db
      .insertInto('stops')
      .values({ id, scope: 'target', value: target, reason: 'why', ...now, lift_reason: null, carried_out_at: null })
      .execute();
    expect(await stack.client.workflow.getHandle(held.actionId).result()).toMatchObject({ status: 'cancelled' });
    expect(await record(stack, held.actionId)).toMatchObject({ status: 'cancelled' });
    await stack.client.workflow.getHandle(id).result();
    expect(await listUnfinishedStops(stack.core.store)).not.toContain(id);
    expect((await readStop(stack.core.store, id))?.carried_out_at).not.toBeNull();
    await lift(id);
  });
});
