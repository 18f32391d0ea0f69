import { ActionRefusedError, GateRequestError, GateUnavailableError, isRetryable } from '../src/index.ts';
import { allowed, claimOf, problem, settled } from './support/answers.ts';
import type { Reply } from './support/gate.ts';
import { ScriptedGate } from './support/gate.ts';

describe('a gate that cannot be asked', () => {
  const gate = new ScriptedGate();
  const fn = jest.fn(() => 'ran');
  beforeAll(() => gate.start());
  beforeEach(() => {
    gate.reset();
    fn.mockClear();
    gate.on('POST /actions/:id/outcome', { json: settled('succeeded') });
  });
  afterAll(() => gate.stop());

  const caught = (client = gate.client()): Promise<unknown> =>
    client.guard('delete', 'db', {}, fn).catch((error: unknown) => error);

  it.each<[string, Reply, string]>([
    ['a broken connection', 'breaks', 'unreachable'],
    ['503 overloaded', problem('overloaded'), 'busy'],
    ['503 unavailable', problem('unavailable'), 'busy'],
    ['500 internal', problem('internal'), 'server_error'],
    ['502 of a proxy', { status: 502, text: '<h1>Bad gateway</h1>' }, 'server_error'],
    ['too many requests', { status: 429, text: 'slow down' }, 'busy'],
  ])('F26 %s is never a refusal: it says try again, with the key to do so', async (_, reply, reason) => {
    gate.on('POST /guard', reply);
    const error = await caught();
    expect(error).toBeInstanceOf(GateUnavailableError);
    expect(error).not.toBeInstanceOf(ActionRefusedError);
    expect(error).toMatchObject({ code: 'gate_unavailable', reason });
    expect(isRetryable(error)).toBe(true);
    const calls = gate.calls('POST /guard');
    expect(calls).toHaveLength(3);
    expect((error as GateUnavailableError).idempotencyKey).toBe(calls[0]?.headers['idempotency-key']);
    expect(fn).not.toHaveBeenCalled();
  });

  it('F26 an address where nobody listens is unreachable', async () => {
    const closed = await new ScriptedGate().start();
    const client = closed.client();
    await closed.stop();
    expect(await caught(client)).toMatchObject({ code: 'gate_unavailable', reason: 'unreachable' });
  });

  it('F26 a gate that does not answer in time is a timeout', async () => {
    gate.on('POST /guard', 'hangs');
    const client = gate.client({ timeoutMs: 20, retry: { attempts: 1 } });
    expect(await caught(client)).toMatchObject({ code: 'gate_unavailable', reason: 'timeout' });
  });

  it.each(['invalid_request', 'unauthenticated', 'forbidden', 'key_reused'] as const)(
    'F26 %s is neither an outage nor a refusal, and is not repeated',
    async (code) => {
      gate.on('POST /guard', problem(code));
      const error = await caught();
      expect(error).toBeInstanceOf(GateRequestError);
      expect(error).toMatchObject({ code, problem: { code } });
      expect(isRetryable(error)).toBe(false);
      expect(gate.seen).toHaveLength(1);
    },
  );

  it('shows the field and the fix of an invalid request', async () => {
    const errors = [{ field: '/action/type', problem: 'is empty', fix: 'Name what is done.' }];
    const { status, json } = problem('invalid_request');
    gate.on('POST /guard', { status, json: { ...json, errors } });
    const error = await caught();
    expect(error).toMatchObject({ errors });
    expect((error as Error).message).toContain('/action/type: is empty. Name what is done.');
  });

  it('repeats with the same key and the same claim, and runs once', async () => {
    gate.on('POST /guard', (seen, nth) => {
      if (nth === 1) return 'breaks';
      return nth === 2 ? problem('overloaded') : { json: allowed(seen) };
    });
    expect(await caught()).toBe('ran');
    const calls = gate.calls('POST /guard');
    expect(new Set(calls.map((call) => call.headers['idempotency-key'])).size).toBe(1);
    expect(new Set(calls.map(claimOf)).size).toBe(1);
    expect(fn).toHaveBeenCalledTimes(1);
  });

  it('takes up the claim of an unanswered call when called again with its key, and never after it was used', async () => {
    const client = gate.client({ retry: { attempts: 1 } });
    const guard = () => client.guard('delete', 'db', {}, fn, { idempotencyKey: 'k' });
    gate.on('POST /guard', (seen, nth) => (nth === 1 ? 'breaks' : { json: allowed(seen) }));
    await expect(guard()).rejects.toMatchObject({ code: 'gate_unavailable', idempotencyKey: 'k' });
    await expect(guard()).resolves.toBe('ran');
    await expect(guard()).resolves.toBe('ran');
    const [unanswered, repeat, later] = gate.calls('POST /guard').map(claimOf);
    expect(repeat).toBe(unanswered);
    expect(later).not.toBe(unanswered);
  });

  it('does not repeat when the gate asks for a longer pause than the client makes', async () => {
    gate.on('POST /guard', { ...problem('overloaded'), headers: { 'retry-after': '3600' } });
    expect(await caught()).toMatchObject({ code: 'gate_unavailable', retryAfterMs: 3_600_000 });
    expect(gate.seen).toHaveLength(1);
  });

  it('repeats at once when the gate asks for no pause', async () => {
    const past = new Date(0).toUTCString();
    gate.on('POST /guard', (seen, nth) =>
      nth === 1 ? { ...problem('overloaded'), headers: { 'retry-after': past } } : { json: allowed(seen) },
    );
    expect(await caught()).toBe('ran');
  });

  it('stops repeating when the caller goes away', async () => {
    const stop = new AbortController();
    gate.on('POST /guard', () => {
      stop.abort(new Error('gone'));
      return problem('unavailable');
    });
    const client = gate.client({ retry: { attempts: 50 } });
    await expect(client.guard('delete', 'db', {}, fn, { signal: stop.signal })).rejects.toThrow('gone');
    expect(gate.seen).toHaveLength(1);
  });

  it('sends nothing for a caller that has gone already', async () => {
    const signal = AbortSignal.abort(new Error('gone'));
    await expect(gate.client().guard('delete', 'db', {}, fn, { signal })).rejects.toThrow('gone');
    expect(gate.seen).toHaveLength(0);
  });

  it('never shows the key in an error', async () => {
    gate.on('POST /guard', 'breaks');
    const error = await caught(gate.client({ apiKey: 'secret-key' }));
    expect(`${String(error)} ${JSON.stringify(error)} ${(error as Error).stack}`).not.toContain('secret-key');
  });
});
