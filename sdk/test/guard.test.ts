import { ActionAlreadyDoneError, ActionBlockedError, ActionLapsedError, InvalidUsageError } from '../src/index.ts';
import { allowed, blocked, claimOf, problem, settled, standing, viewOf } from './support/answers.ts';
import { ScriptedGate } from './support/gate.ts';

describe('guard', () => {
  const gate = new ScriptedGate();
  const report = { json: settled('succeeded') };
  beforeAll(() => gate.start());
  beforeEach(() => {
    gate.reset();
  });
  afterAll(() => gate.stop());

  it('runs the function with the approved arguments and resolves with what it returned', async () => {
    gate.on('POST /guard', (seen) => ({ json: allowed(seen, { arguments: { table: 'orders' } }) }));
    gate.on('POST /actions/:id/outcome', report);
    const context = { table: 'users' };
    const result = await gate.client().guard('read', 'db', context, (args, info) => {
      args.table += '!';
      return { args, actionId: info.actionId, aborted: info.signal.aborted };
    });
    expect(result).toEqual({ args: { table: 'orders!' }, actionId: 'act-1', aborted: false });
    expect(context).toEqual({ table: 'users' });
  });

  it('sends one claim and one key with a call, and the key it was given', async () => {
    gate.on('POST /guard', (seen) => ({ json: allowed(seen) })).on('POST /actions/:id/outcome', report);
    const options = { idempotencyKey: 'mine', purpose: 'tidy', requestId: 'r-9', leaseSeconds: 60 };
    await gate.client().guard('read', 'db', { a: 1 }, () => 1, options);
    const [asked] = gate.calls('POST /guard');
    expect(asked?.headers['idempotency-key']).toBe('mine');
    expect(asked?.headers.authorization).toBe('Bearer agent-key');
    expect(asked?.body).toEqual({
      action: { type: 'read', target: 'db', context: { a: 1 } },
      mode: 'permit',
      claim: claimOf(asked!),
      purpose: 'tidy',
      requestId: 'r-9',
      leaseSeconds: 60,
    });
    expect(gate.calls('POST /actions/:id/outcome')[0]?.body).toEqual({ claimId: claimOf(asked!), status: 'succeeded' });
  });

  it('makes a new key and a new claim for every call that names none', async () => {
    gate.on('POST /guard', (seen) => ({ json: allowed(seen) })).on('POST /actions/:id/outcome', report);
    await gate.client().guard('read', 'db', {}, () => 1);
    await gate.client().guard('read', 'db', {}, () => 1);
    const calls = gate.calls('POST /guard');
    expect(new Set(calls.map((call) => call.headers['idempotency-key'])).size).toBe(2);
    expect(new Set(calls.map(claimOf)).size).toBe(2);
  });

  it('throws a block with its facts and runs nothing', async () => {
    gate.on('POST /guard', { json: blocked() });
    const fn = jest.fn();
    const error = await gate
      .client()
      .guard('drop_table', 'db', {}, fn)
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ActionBlockedError);
    expect(error).toMatchObject({
      code: 'action_blocked',
      retryable: false,
      actionId: 'act-1',
      reason: 'drops are blocked',
      matchedRule: 'no-drops',
      riskScore: 12,
      severity: 'low',
    });
    expect(fn).not.toHaveBeenCalled();
    expect(gate.seen).toHaveLength(1);
  });

  it('does not run again what an earlier call has done, and hands over the settlement', async () => {
    gate.on('POST /guard', { json: standing('succeeded') });
    gate.on('GET /actions/:id', { json: settled('succeeded', { result: { rows: 3 } }) });
    const fn = jest.fn();
    const error = await gate
      .client()
      .guard('read', 'db', {}, fn)
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ActionAlreadyDoneError);
    expect(error).toMatchObject({ status: 'succeeded', settlement: { result: { rows: 3 } } });
    expect(fn).not.toHaveBeenCalled();
  });

  it('waits for the outcome while another caller holds the permit, and does not run', async () => {
    gate.on('POST /guard', { json: standing('claimed') });
    gate.on('GET /actions/:id', (_, nth) => ({ json: nth < 3 ? viewOf(standing('claimed')) : settled('failed') }));
    const fn = jest.fn();
    await expect(gate.client().guard('read', 'db', {}, fn)).rejects.toMatchObject({
      code: 'action_already_done',
      status: 'failed',
    });
    expect(gate.calls('GET /actions/:id').map((call) => call.query.get('wait'))).toEqual(['25', '25', '25']);
    expect(fn).not.toHaveBeenCalled();
  });

  it('claims a permit that nobody holds, and runs', async () => {
    gate.on('POST /guard', { json: standing('permitted') });
    gate.on('POST /actions/:id/claim', (seen) => ({ json: allowed(seen) })).on('POST /actions/:id/outcome', report);
    await expect(gate.client().guard('read', 'db', {}, () => 'ran')).resolves.toBe('ran');
    expect(claimOf(gate.calls('POST /actions/:id/claim')[0]!)).toBe(claimOf(gate.calls('POST /guard')[0]!));
  });

  it('does not run when another caller claims first', async () => {
    gate.on('POST /guard', { json: standing('permitted') });
    gate.on('POST /actions/:id/claim', problem('already_claimed'));
    gate.on('GET /actions/:id', (_, nth) => ({ json: nth === 1 ? viewOf(standing('claimed')) : settled('succeeded') }));
    const fn = jest.fn();
    await expect(gate.client().guard('read', 'db', {}, fn)).rejects.toBeInstanceOf(ActionAlreadyDoneError);
    expect(fn).not.toHaveBeenCalled();
  });

  it('says that a permit lapsed when nobody came to run it', async () => {
    gate.on('POST /guard', { json: standing('lapsed') }).on('GET /actions/:id', { json: settled('lapsed') });
    await expect(gate.client().guard('read', 'db', {}, jest.fn())).rejects.toBeInstanceOf(ActionLapsedError);
  });

  it('gives up on a gate whose answers contradict each other for good', async () => {
    gate.on('POST /guard', { json: standing('permitted') }).on('POST /actions/:id/claim', problem('not_permitted'));
    gate.on('GET /actions/:id', { json: viewOf(standing('permitted')) });
    const fn = jest.fn();
    await expect(gate.client().guard('read', 'db', {}, fn)).rejects.toMatchObject({ code: 'gate_unavailable' });
    expect(fn).not.toHaveBeenCalled();
  });

  it.each([
    ['a function', { f: () => 1 }, 'context.f is a function'],
    ['a date', { at: new Date(0) }, 'context.at is an instance of a class (Date)'],
    ['a number that is none', { n: [1, NaN] }, 'context.n[1] is NaN'],
    [
      'a property named __proto__',
      JSON.parse('{"a":{"__proto__":1}}') as object,
      'context.a has a property named __proto__',
    ],
    ['a list', [1], 'context must be an object'],
  ])('refuses %s in the context before anything is sent', async (_, context, says) => {
    const error = await gate
      .client()
      .guard('read', 'db', context, jest.fn())
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InvalidUsageError);
    expect((error as Error).message).toContain(says);
    expect(gate.seen).toHaveLength(0);
  });

  it('names everything that is wrong with a call at once', async () => {
    const options = { idempotencyKey: 'line\nbreak', wait: -1, failOpen: true };
    const error = await gate
      .client()
      .guard('', 'db', {}, jest.fn(), options)
      .catch((thrown: unknown) => thrown);
    const { problems } = error as InvalidUsageError;
    expect(problems.join('\n')).toMatch(/options\.idempotencyKey[^]*options\.wait[^]*failOpen[^]*type/);
  });

  it('sends the context as it was when the call was made, without undefined properties', async () => {
    gate.on('POST /guard', (seen) => ({ json: allowed(seen) })).on('POST /actions/:id/outcome', report);
    const context = { list: [1], gone: undefined };
    const running = gate.client().guard('read', 'db', context, () => 1);
    context.list.push(2);
    await running;
    expect(gate.calls('POST /guard')[0]?.body).toMatchObject({ action: { context: { list: [1] } } });
  });
});
