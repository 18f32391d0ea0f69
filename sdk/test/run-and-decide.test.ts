import { ActionFailedError, ActionPendingError, ActionUnknownError } from '../src/index.ts';
import type { ActionView, GuardAnswer } from '../src/index.ts';
import { approval, blocked, held, problem, settled, standing, viewOf } from './support/answers.ts';
import { ScriptedGate } from './support/gate.ts';

describe('run', () => {
  const gate = new ScriptedGate();
  const executor = (answer: GuardAnswer): GuardAnswer => ({ ...answer, mode: 'executor', permit: null });
  const inTurn = (...views: ActionView[]) =>
    gate.on('GET /actions/:id', (_, nth) => ({
      json: { ...views[Math.min(nth, views.length) - 1], mode: 'executor' },
    }));
  beforeAll(() => gate.start());
  beforeEach(() => {
    gate.reset();
  });
  afterAll(() => gate.stop());

  it('asks for an executor, waits for people and for it, and resolves with the result on record', async () => {
    gate.on('POST /guard', { json: executor(held()) });
    inTurn(viewOf(held()), viewOf(standing('claimed')), settled('succeeded', { result: { deleted: 1500 } }));
    const onPending = jest.fn();
    const result = await gate.client().run('delete_records', 'shop', { table: 'users' }, { onPending });
    expect(result).toEqual({ deleted: 1500 });
    expect(onPending).toHaveBeenCalledTimes(1);
    expect(gate.calls('POST /guard')[0]?.body).toEqual({
      action: { type: 'delete_records', target: 'shop', context: { table: 'users' } },
      mode: 'executor',
    });
  });

  it('resolves with the recorded result again when called with the same key', async () => {
    gate.on('POST /guard', { json: executor(standing('succeeded')) });
    inTurn(settled('succeeded', { result: 'again' }));
    await expect(gate.client().run('x', 'y', {}, { idempotencyKey: 'k' })).resolves.toBe('again');
  });

  it('throws what the executor said when it failed', async () => {
    gate.on('POST /guard', { json: executor(standing('permitted')) });
    inTurn(settled('failed', { error: 'no such table' }));
    const error = await gate
      .client()
      .run('x', 'y', {})
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ActionFailedError);
    expect(error).toMatchObject({ code: 'action_failed', error: 'no such table', retryable: false });
  });

  it('says that an outcome is unknown when it is', async () => {
    gate.on('POST /guard', { json: executor(standing('claimed')) });
    inTurn(settled('unknown'));
    await expect(gate.client().run('x', 'y', {})).rejects.toBeInstanceOf(ActionUnknownError);
  });

  it.each([
    ['blocked', 'action_blocked'],
    ['expired', 'action_expired'],
    ['cancelled', 'action_cancelled'],
  ] as const)('throws a refusal when the action ends %s', async (status, code) => {
    gate.on('POST /guard', { json: executor(held()) });
    inTurn(settled(status));
    await expect(gate.client().run('x', 'y', {})).rejects.toMatchObject({ code });
  });

  it('throws who rejected it', async () => {
    gate.on('POST /guard', { json: executor(held()) });
    inTurn(viewOf(held({ status: 'rejected' })));
    gate.on('GET /approvals/:id', { json: approval('denied', { comment: 'no' }) });
    await expect(gate.client().run('x', 'y', {})).rejects.toMatchObject({ code: 'action_rejected', by: 'rita' });
  });

  it('does not wait when told so', async () => {
    gate.on('POST /guard', { json: executor(held()) });
    await expect(gate.client().run('x', 'y', {}, { wait: false })).rejects.toBeInstanceOf(ActionPendingError);
  });

  it('takes an answer for the agent itself as unavailable', async () => {
    gate.on('POST /guard', { json: standing('succeeded') });
    await expect(gate.client().run('x', 'y', {})).rejects.toMatchObject({ code: 'gate_unavailable' });
  });
});

describe('decide', () => {
  const gate = new ScriptedGate();
  beforeAll(() => gate.start());
  beforeEach(() => {
    gate.reset();
  });
  afterAll(() => gate.stop());

  it.each([standing('permitted', { permit: null }), held(), blocked()])(
    'answers $decision, claims nothing and waits for nothing',
    async (answer) => {
      gate.on('POST /guard', { json: answer });
      await expect(gate.client().decide('x', 'y', { a: 1 })).resolves.toEqual(answer);
      expect(gate.seen).toHaveLength(1);
      expect(gate.seen[0]?.body).toMatchObject({ claim: false, mode: 'permit' });
    },
  );

  it('F26 throws when there is no answer, and never answers BLOCK in its place', async () => {
    gate.on('POST /guard', problem('unavailable'));
    await expect(gate.client().decide('x', 'y', {})).rejects.toMatchObject({ code: 'gate_unavailable' });
  });
});

describe('the thin methods', () => {
  const gate = new ScriptedGate();
  beforeAll(() => gate.start());
  afterAll(() => gate.stop());

  it('read an action and an approval, and cancel an action', async () => {
    gate.on('GET /actions/:id', { json: viewOf(held()) });
    gate.on('GET /approvals/:id', { json: approval('pending') });
    gate.on('POST /actions/:id/cancel', { json: settled('cancelled') });
    const client = gate.client();
    expect((await client.action('act-1')).status).toBe('held');
    expect((await client.approval('apr-1')).status).toBe('pending');
    expect((await client.cancel('act-1', 'changed my mind')).status).toBe('cancelled');
    expect(gate.calls('POST /actions/:id/cancel')[0]?.body).toEqual({ reason: 'changed my mind' });
    expect(gate.calls('GET /approvals/:id')[0]?.query.get('claim')).toBe('false');
  });

  it.each(['', '.', '..'])('refuse the id "%s", which would name something else', async (id) => {
    await expect(gate.client().action(id)).rejects.toMatchObject({ code: 'invalid_usage' });
  });
});
