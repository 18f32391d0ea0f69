import { createAdmission } from '../../src/api/admission.ts';
import { deferred } from './support/deferred.ts';

/** Asks for so many places for one agent; `finish` ends what runs. */
function crowd(admission: ReturnType<typeof createAdmission>, who: string, count: number) {
  const gates = Array.from({ length: count }, () => deferred<string>());
  const started: number[] = [];
  const settled = gates.map(({ promise }, index) =>
    admission
      .run(who, () => {
        started.push(index);
        return promise;
      })
      .catch((error: unknown) => error),
  );
  return {
    started,
    settled,
    finish: (index: number) => {
      gates[index]?.resolve(`${who} ${String(index)}`);
      return settled[index];
    },
    finishAll: async () => {
      gates.forEach(({ resolve }, index) => {
        resolve(`${who} ${String(index)}`);
      });
      return Promise.all(settled);
    },
  };
}

describe('fair admission', () => {
  it('F19 a flood of one agent leaves places for the others, in work and in the queue', async () => {
    const admission = createAdmission({ maxInFlight: 8, queueRatio: 1, maxWaitMs: 10_000 });
    const flood = crowd(admission, 'flooder', 50);
    expect(flood.started).toHaveLength(6);
    expect(admission.load()).toMatchObject({ inFlight: 6, queued: 6 });
    const quiet = crowd(admission, 'quiet', 2);
    expect(quiet.started).toHaveLength(2);
    const refused = (await Promise.all(flood.settled.slice(12))) as { code: string; detail: string }[];
    for (const { code, detail } of refused) {
      expect(code).toBe('overloaded');
      expect(detail).toContain('flooder');
    }
    expect(await quiet.finishAll()).toEqual(['quiet 0', 'quiet 1']);
    await flood.finishAll();
    expect(admission.load()).toMatchObject({ inFlight: 0, queued: 0 });
  });

  it('F19 whoever has the least under way comes next, however long the others have waited', async () => {
    const admission = createAdmission({ maxInFlight: 4, queueRatio: 2, maxWaitMs: 10_000 });
    const flood = crowd(admission, 'flooder', 8);
    const other = crowd(admission, 'other', 1);
    const quiet = crowd(admission, 'quiet', 1);
    expect([flood.started.length, other.started.length, quiet.started.length]).toEqual([3, 1, 0]);
    await flood.finish(0);
    await Promise.resolve();
    expect([flood.started.length, quiet.started.length]).toEqual([3, 1]);
    await Promise.all([other.finishAll(), quiet.finishAll(), flood.finishAll()]);
    expect(admission.load()).toMatchObject({ inFlight: 0, queued: 0 });
  });

  it('an agent that is alone gets its share, and its next when one of its own ends', async () => {
    const admission = createAdmission({ maxInFlight: 4, queueRatio: 1, maxWaitMs: 10_000 });
    const alone = crowd(admission, 'alone', 5);
    expect(alone.started).toEqual([0, 1, 2]);
    await alone.finish(1);
    await Promise.resolve();
    expect(alone.started).toEqual([0, 1, 2, 3]);
    await alone.finishAll();
    expect(admission.load()).toMatchObject({ inFlight: 0, queued: 0 });
  });
});
