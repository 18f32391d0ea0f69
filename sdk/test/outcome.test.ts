import type { GatehouseWarning } from '../src/index.ts';
import { allowed, claimOf, problem, settled } from './support/answers.ts';
import { ScriptedGate } from './support/gate.ts';

describe('the outcome of a guarded function', () => {
  const gate = new ScriptedGate();
  const reports = () => gate.calls('POST /actions/:id/outcome').map((call) => call.body);
  beforeAll(() => gate.start());
  beforeEach(() => {
    gate.reset();
    gate.on('POST /guard', (seen) => ({ json: allowed(seen) }));
    gate.on('POST /actions/:id/outcome', { json: settled('succeeded') });
  });
  afterAll(() => gate.stop());

  it('F28 a function that throws is reported as failed, and its error is passed on unchanged', async () => {
    const thrown = new RangeError('disk full');
    const running = gate.client().guard('write', 'db', {}, () => Promise.reject(thrown));
    await expect(running).rejects.toBe(thrown);
    const claimId = claimOf(gate.calls('POST /guard')[0]!);
    expect(reports()).toEqual([{ claimId, status: 'failed', error: 'RangeError: disk full' }]);
  });

  it.each([
    ['nothing', undefined],
    ['an object without text', Object.create(null) as unknown],
    ['a very long message', new Error('x'.repeat(100_000))],
  ])('F28 %s that is thrown is reported as failed and passed on', async (_, thrown) => {
    const running = gate.client().guard('write', 'db', {}, () => {
      throw thrown;
    });
    await expect(running.catch((error: unknown) => [error])).resolves.toEqual([thrown]);
    expect(reports()).toEqual([expect.objectContaining({ status: 'failed' })]);
  });

  it('repeats a report that was lost, with the same claim', async () => {
    gate.on('POST /actions/:id/outcome', (_, nth) => (nth === 1 ? 'breaks' : { json: settled('succeeded') }));
    await expect(gate.client().guard('write', 'db', {}, () => 7)).resolves.toBe(7);
    expect(reports()).toHaveLength(2);
    expect(reports()[0]).toEqual(reports()[1]);
  });

  it('returns the result and warns when the outcome cannot be reported', async () => {
    gate.on('POST /actions/:id/outcome', problem('unavailable'));
    const warnings: GatehouseWarning[] = [];
    const client = gate.client({ onWarning: (warning) => warnings.push(warning) });
    await expect(client.guard('write', 'db', {}, () => 7)).resolves.toBe(7);
    expect(warnings).toEqual([expect.objectContaining({ code: 'outcome_not_reported', actionId: 'act-1' })]);
  });

  it('passes on the error of the function when the outcome cannot be reported', async () => {
    gate.on('POST /actions/:id/outcome', 'breaks');
    const onWarning = () => {
      throw new Error('the listener fails too');
    };
    const running = gate.client({ onWarning }).guard('write', 'db', {}, () => Promise.reject(new Error('mine')));
    await expect(running).rejects.toThrow('mine');
  });

  it('puts the result on record only when asked', async () => {
    await gate.client().guard('write', 'db', {}, () => ({ rows: 3 }), { recordResult: true });
    expect(reports()).toEqual([expect.objectContaining({ status: 'succeeded', result: { rows: 3 } })]);
  });

  it('records the success without a result that is not JSON, and warns', async () => {
    const warnings: GatehouseWarning[] = [];
    const client = gate.client({ onWarning: (warning) => warnings.push(warning) });
    await expect(client.guard('write', 'db', {}, () => 10n, { recordResult: true })).resolves.toBe(10n);
    expect(reports()).toEqual([expect.not.objectContaining({ result: expect.anything() as unknown })]);
    expect(warnings.map((warning) => warning.code)).toEqual(['result_not_recorded']);
  });

  it('records the success without a result that the gate finds too large, and warns', async () => {
    gate.on('POST /actions/:id/outcome', (_, nth) =>
      nth === 1 ? problem('payload_too_large') : { json: settled('succeeded') },
    );
    const warnings: GatehouseWarning[] = [];
    const client = gate.client({ onWarning: (warning) => warnings.push(warning) });
    await client.guard('write', 'db', {}, () => 'long', { recordResult: true });
    expect(reports()[1]).toMatchObject({ status: 'succeeded' });
    expect(warnings.map((warning) => warning.code)).toEqual(['result_not_recorded']);
  });

  it('lets the function see the signal, and reports what it made of it', async () => {
    const stop = new AbortController();
    const running = gate.client().guard(
      'write',
      'db',
      {},
      (_, { signal }) => {
        stop.abort(new Error('enough'));
        signal.throwIfAborted();
      },
      { signal: stop.signal },
    );
    await expect(running).rejects.toThrow('enough');
    expect(reports()).toEqual([expect.objectContaining({ status: 'failed', error: 'Error: enough' })]);
  });

  it('gives a permit back that arrives after the caller has gone, and runs nothing', async () => {
    const stop = new AbortController();
    const reported = new Promise<unknown>((resolve) => {
      gate.on('POST /actions/:id/outcome', (seen) => {
        resolve(seen.body);
        return { json: settled('failed') };
      });
    });
    gate.on('POST /guard', (seen) => {
      stop.abort(new Error('gone'));
      return { json: allowed(seen) };
    });
    const fn = jest.fn();
    const running = gate.client().guard('write', 'db', {}, fn, { signal: stop.signal });
    await expect(running).rejects.toThrow('gone');
    expect(await reported).toMatchObject({
      status: 'failed',
      error: expect.stringContaining('aborted before it ran') as unknown,
    });
    expect(fn).not.toHaveBeenCalled();
  });
});
