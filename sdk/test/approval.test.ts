import { ActionBlockedError, ActionPendingError, ActionRejectedError } from '../src/index.ts';
import { allowed, approval, claimOf, granted, held, problem, settled, standing, viewOf } from './support/answers.ts';
import { ScriptedGate } from './support/gate.ts';

const HOUR_MS = 3_600_000;

describe('an action that is held for people', () => {
  const gate = new ScriptedGate();
  beforeAll(() => gate.start());
  beforeEach(() => {
    gate.reset();
    gate.on('POST /guard', { json: held() }).on('POST /actions/:id/outcome', { json: settled('succeeded') });
  });
  afterAll(() => gate.stop());

  const verdict = (status: 'approved' | 'denied' | 'expired' | 'cancelled', comment: string | null = null) =>
    gate.on('GET /approvals/:id', (_, nth) => ({ json: approval(nth < 3 ? 'pending' : status, { comment }) }));

  it('waits for the verdict and runs with the arguments that were approved', async () => {
    gate.on('GET /approvals/:id', (seen, nth) => ({
      json:
        nth < 3
          ? approval('pending')
          : approval('approved', { arguments: { table: 'users', limit: 5 }, permit: granted(claimOf(seen)) }),
    }));
    const onPending = jest.fn();
    const result = await gate.client().guard('delete', 'db', { table: 'users' }, (args) => args, { onPending });
    expect(result).toEqual({ table: 'users', limit: 5 });
    expect(onPending).toHaveBeenCalledTimes(1);
    expect(onPending).toHaveBeenCalledWith(expect.objectContaining({ approvalId: 'apr-1', actionId: 'act-1' }));
    const [poll] = gate.calls('GET /approvals/:id');
    expect(poll?.query.get('wait')).toBe('25');
    expect(claimOf(poll!)).toBe(claimOf(gate.calls('POST /guard')[0]!));
  });

  it('F06 a rejection has no effect, and says who rejected it and why', async () => {
    verdict('denied', 'not on a Friday');
    const fn = jest.fn();
    const error = await gate
      .client()
      .guard('delete', 'db', {}, fn)
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ActionRejectedError);
    expect(error).toMatchObject({
      by: 'rita',
      comment: 'not on a Friday',
      reason: 'not on a Friday',
      retryable: false,
    });
    expect(fn).not.toHaveBeenCalled();
  });

  it.each([
    ['F27 an expired approval', 'expired', 'action_expired'],
    ['F06 a cancelled approval', 'cancelled', 'action_cancelled'],
  ] as const)('%s is a refusal and has no effect', async (_, status, code) => {
    verdict(status);
    const fn = jest.fn();
    await expect(gate.client().guard('delete', 'db', {}, fn)).rejects.toMatchObject({ code, retryable: false });
    expect(fn).not.toHaveBeenCalled();
  });

  it('reads who rejected it when the call comes after the verdict', async () => {
    gate.on('POST /guard', { json: held({ status: 'rejected' }) });
    gate.on('GET /approvals/:id', { json: approval('denied', { comment: 'no' }) });
    await expect(gate.client().guard('delete', 'db', {}, jest.fn())).rejects.toMatchObject({
      by: 'rita',
      comment: 'no',
    });
    expect(gate.calls('GET /approvals/:id')[0]?.query.get('claim')).toBe('false');
  });

  it('does not run when the approved action went to another caller', async () => {
    verdict('approved');
    gate.on('GET /actions/:id', { json: settled('succeeded') });
    const fn = jest.fn();
    await expect(gate.client().guard('delete', 'db', {}, fn)).rejects.toMatchObject({ code: 'action_already_done' });
    expect(fn).not.toHaveBeenCalled();
  });

  it('claims the permit when it was approved and nobody holds it', async () => {
    verdict('approved');
    gate.on('GET /actions/:id', { json: viewOf(held({ status: 'permitted' })) });
    gate.on('POST /actions/:id/claim', (seen) => ({ json: allowed(seen) }));
    await expect(gate.client().guard('delete', 'db', {}, () => 'ran')).resolves.toBe('ran');
  });

  it('is blocked when the policy in force at the claim says so', async () => {
    const over = {
      status: 'blocked',
      reason: 'frozen since noon',
      error: null,
      settledAt: '2026-01-01T00:00:00Z',
    } as const;
    verdict('approved');
    gate.on('GET /actions/:id', (_, nth) => ({
      json: nth === 1 ? viewOf(held({ status: 'permitted' })) : viewOf(held({ status: 'blocked' }), over),
    }));
    gate.on('POST /actions/:id/claim', problem('policy_changed'));
    const fn = jest.fn();
    const error = await gate
      .client()
      .guard('delete', 'db', {}, fn)
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ActionBlockedError);
    expect(error).toMatchObject({ reason: 'frozen since noon' });
    expect(fn).not.toHaveBeenCalled();
  });

  it.each(['policy_changed', 'not_permitted', 'already_claimed'] as const)(
    'reads the record when the approved permit is refused with %s',
    async (code) => {
      gate.on('GET /approvals/:id', problem(code));
      gate.on('GET /actions/:id', (_, nth) => ({ json: nth < 2 ? viewOf(held()) : settled('blocked') }));
      const fn = jest.fn();
      await expect(gate.client().guard('delete', 'db', {}, fn)).rejects.toBeInstanceOf(ActionBlockedError);
      expect(fn).not.toHaveBeenCalled();
    },
  );

  it('goes on from the record when the policy changed before a repeat of the call', async () => {
    const { status, json } = problem('policy_changed');
    gate.on('POST /guard', { status, json: { ...json, actionId: 'act-1' } });
    gate.on('GET /actions/:id', { json: viewOf(held({ approvalId: 'apr-2' })) });
    gate.on('GET /approvals/:id', (seen) => ({
      json: approval('approved', { approvalId: 'apr-2', permit: granted(claimOf(seen)) }),
    }));
    await expect(gate.client().guard('delete', 'db', {}, () => 'ran')).resolves.toBe('ran');
  });

  it('waits for the new approval when the policy in force asks again', async () => {
    gate.on('GET /approvals/:id', (seen) => ({
      json: seen.path.endsWith('apr-2')
        ? approval('approved', { approvalId: 'apr-2', permit: granted(claimOf(seen)) })
        : approval('approved'),
    }));
    gate.on('GET /actions/:id', { json: viewOf(held({ approvalId: 'apr-2' })) });
    await expect(gate.client().guard('delete', 'db', {}, () => 'ran')).resolves.toBe('ran');
  });

  it('tells a caller that will not wait how to take the action up again', async () => {
    const onPending = jest.fn();
    const options = { wait: false, idempotencyKey: 'k-1', onPending } as const;
    const error = await gate
      .client()
      .guard('delete', 'db', {}, jest.fn(), options)
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ActionPendingError);
    expect(error).toMatchObject({ actionId: 'act-1', approvalId: 'apr-1', idempotencyKey: 'k-1', status: 'held' });
    expect(onPending).toHaveBeenCalledTimes(1);
    expect(gate.calls('GET /approvals/:id')).toHaveLength(0);
  });

  it('stops waiting when its time is over', async () => {
    gate.on('GET /approvals/:id', { json: approval('pending') });
    await expect(gate.client().guard('delete', 'db', {}, jest.fn(), { wait: 20 })).rejects.toBeInstanceOf(
      ActionPendingError,
    );
  });

  it('F14 leaves the action approvable when the caller goes away', async () => {
    gate.on('GET /approvals/:id', 'hangs');
    const stop = new AbortController();
    const onPending = () =>
      void setImmediate(() => {
        stop.abort(new Error('gone'));
      });
    const waiting = gate.client().guard('delete', 'db', {}, jest.fn(), { signal: stop.signal, onPending });
    await expect(waiting).rejects.toThrow('gone');
    expect(gate.calls('POST /actions/:id/cancel')).toHaveLength(0);
  });

  it('cancels the action of a caller that goes away and asked for that', async () => {
    gate.on('GET /approvals/:id', 'hangs').on('POST /actions/:id/cancel', { json: settled('cancelled') });
    const stop = new AbortController();
    const onPending = () =>
      void setImmediate(() => {
        stop.abort(new Error('gone'));
      });
    const options = { signal: stop.signal, onPending, cancelOnAbort: true };
    await expect(gate.client().guard('delete', 'db', {}, jest.fn(), options)).rejects.toThrow('gone');
    expect(gate.calls('POST /actions/:id/cancel')).toHaveLength(1);
  });

  it('goes on waiting through an outage of the gate', async () => {
    gate.on('GET /approvals/:id', (seen, nth) => {
      if (nth < 8) return nth % 2 === 0 ? 'breaks' : { status: 502, text: '<h1>Bad gateway</h1>' };
      return { json: approval('approved', { permit: granted(claimOf(seen)) }) };
    });
    const client = gate.client({ retry: { outageMs: 60_000 } });
    await expect(client.guard('delete', 'db', {}, () => 'ran')).resolves.toBe('ran');
  });

  describe('while the clock of the machine is set', () => {
    const setClock = (shiftMs: number): void => {
      const right = Date.now;
      jest.spyOn(Date, 'now').mockImplementation(() => right() + shiftMs);
    };
    afterEach(() => {
      jest.restoreAllMocks();
    });

    it.each([
      ['ahead', HOUR_MS],
      ['back', -HOUR_MS],
    ])('%s by an hour it waits as long as it was asked to, and looks as often', async (_, shiftMs) => {
      gate.on('GET /approvals/:id', (seen, nth) => {
        if (nth === 1) setClock(shiftMs);
        return { json: nth < 3 ? approval('pending') : approval('approved', { permit: granted(claimOf(seen)) }) };
      });
      await expect(gate.client().guard('delete', 'db', {}, () => 'ran', { wait: 60_000 })).resolves.toBe('ran');
    });

    it('ahead by an hour it sits out an outage of the gate as before', async () => {
      gate.on('GET /approvals/:id', (seen, nth) => {
        if (nth === 2) setClock(HOUR_MS);
        return nth < 8 ? 'breaks' : { json: approval('approved', { permit: granted(claimOf(seen)) }) };
      });
      const client = gate.client({ retry: { outageMs: 60_000 } });
      await expect(client.guard('delete', 'db', {}, () => 'ran')).resolves.toBe('ran');
    });
  });

  it('does not take a permit of somebody else for its own', async () => {
    const others = granted('5b2d3c4e-0000-4000-8000-000000000000');
    gate.on('GET /approvals/:id', { json: approval('approved', { permit: others }) });
    gate.on('GET /actions/:id', (_, nth) => ({
      json: nth === 1 ? viewOf(standing('claimed', { permit: others })) : settled('succeeded'),
    }));
    const fn = jest.fn();
    await expect(gate.client().guard('delete', 'db', {}, fn)).rejects.toMatchObject({ code: 'action_already_done' });
    expect(fn).not.toHaveBeenCalled();
  });
});
