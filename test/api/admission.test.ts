import { createAdmission } from '../../src/api/admission.ts';
import { deferred } from './support/deferred.ts';

interface Work {
  start: () => Promise<string>;
  started: boolean;
  finish: () => void;
  fail: (error: Error) => void;
}

/** Work that ends when the test says so. */
function work(name: string): Work {
  const { promise, resolve, reject } = deferred<string>();
  const made: Work = {
    started: false,
    finish: () => {
      resolve(name);
    },
    fail: reject,
    start: () => {
      made.started = true;
      return promise;
    },
  };
  return made;
}

describe('admission', () => {
  it('runs what there is a place for at once', async () => {
    const admission = createAdmission({ maxInFlight: 2, queueRatio: 0 });
    const [first, second] = [work('first'), work('second')];
    const runs = [admission.run('agent', first.start), admission.run('agent', second.start)];
    expect(admission.load()).toMatchObject({ inFlight: 2, queued: 0 });
    first.finish();
    second.finish();
    await expect(Promise.all(runs)).resolves.toEqual(['first', 'second']);
    expect(admission.load()).toMatchObject({ inFlight: 0, queued: 0 });
  });

  it('lets the rest wait in the order in which they came', async () => {
    const admission = createAdmission({ maxInFlight: 1, queueRatio: 2 });
    const [first, second, third] = [work('first'), work('second'), work('third')];
    const runs = [first, second, third].map((each) => admission.run('agent', each.start));
    expect(admission.load()).toMatchObject({ inFlight: 1, queued: 2 });
    first.finish();
    await runs[0];
    await Promise.resolve();
    expect([second.started, third.started]).toEqual([true, false]);
    second.finish();
    third.finish();
    await expect(Promise.all(runs)).resolves.toEqual(['first', 'second', 'third']);
    expect(admission.load()).toMatchObject({ inFlight: 0, queued: 0 });
  });

  it('refuses at once when the queue is full, and says that nothing was started', async () => {
    const admission = createAdmission({ maxInFlight: 1, queueRatio: 0 });
    const first = work('first');
    const running = admission.run('agent', first.start);
    const second = work('second');
    await expect(admission.run('agent', second.start)).rejects.toMatchObject({ code: 'overloaded', status: 503 });
    expect(second.started).toBe(false);
    first.finish();
    await running;
  });

  it('refuses what has waited for too long, and never runs it afterwards', async () => {
    jest.useFakeTimers();
    try {
      const admission = createAdmission({ maxInFlight: 1, queueRatio: 1, maxWaitMs: 50 });
      const [first, second] = [work('first'), work('second')];
      const running = admission.run('agent', first.start);
      const refused = expect(admission.run('agent', second.start)).rejects.toMatchObject({ code: 'overloaded' });
      jest.advanceTimersByTime(50);
      await refused;
      first.finish();
      await running;
      expect(second.started).toBe(false);
      expect(admission.load()).toMatchObject({ inFlight: 0, queued: 0 });
    } finally {
      jest.useRealTimers();
    }
  });

  it('gives the place back when the work fails', async () => {
    const admission = createAdmission({ maxInFlight: 1, queueRatio: 1 });
    const [first, second] = [work('first'), work('second')];
    const runs = [admission.run('agent', first.start), admission.run('agent', second.start)];
    first.fail(new Error('the store is gone'));
    await expect(runs[0]).rejects.toThrow('the store is gone');
    second.finish();
    await expect(runs[1]).resolves.toBe('second');
    expect(admission.load()).toMatchObject({ inFlight: 0, queued: 0 });
  });

  it('refuses everything new while the workers are too far behind, and admits again when they have caught up', async () => {
    let ageMs = 2001;
    const admission = createAdmission({
      maxInFlight: 9,
      queueRatio: 1,
      backlog: () => ({ ageMs }),
      maxBacklogMs: 2000,
    });
    await expect(admission.run('agent', () => Promise.resolve('new'))).rejects.toMatchObject({ code: 'overloaded' });
    ageMs = 2000;
    await expect(admission.run('agent', () => Promise.resolve('new'))).resolves.toBe('new');
  });

  it('refuses when the backlog cannot be told', async () => {
    const admission = createAdmission({
      maxInFlight: 1,
      queueRatio: 1,
      backlog: () => ({ ageMs: NaN }),
      maxBacklogMs: 1,
    });
    await expect(admission.run('agent', () => Promise.resolve('new'))).rejects.toMatchObject({ code: 'overloaded' });
  });

  it('says before a request is read that there is no place, and never when there is one', async () => {
    const admission = createAdmission({ maxInFlight: 1, queueRatio: 0 });
    expect(() => admission.check()).not.toThrow();
    const first = work('first');
    const running = admission.run('agent', first.start);
    expect(() => admission.check()).toThrow(expect.objectContaining({ code: 'overloaded' }) as Error);
    first.finish();
    await running;
    expect(() => admission.check()).not.toThrow();
  });
});
