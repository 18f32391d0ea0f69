import type { Json } from '@gatehouse/sdk/contract';
import { z } from 'zod';
import { executorActivities } from '../../../src/activities/executors/activities.ts';
import type { RunContext } from '../../../src/activities/executors/definition.ts';
import { defineExecutor } from '../../../src/activities/executors/definition.ts';
import { PermanentError, TransientError } from '../../../src/activities/executors/errors.ts';
import { attempt, inEnvironment, quietEnvironment } from './support.ts';

function running(run: (input: { n: number }, context: RunContext) => Promise<Json>) {
  return defineExecutor({
    name: 'one',
    actions: 'do_it',
    input: z.strictObject({ n: z.int() }),
    timeoutSeconds: 5,
    run,
  });
}

describe('running an executor as an activity', () => {
  test('a run gets its input, the action, its key and the attempt, and its result comes back', async () => {
    const seen: RunContext[] = [];
    const executor = running(async ({ n }, context) => {
      seen.push(context);
      context.heartbeat('alive');
      return { twice: n * 2 };
    });
    expect(await attempt(executor, { n: 4 }, 'act_7', 3)).toEqual({ twice: 8 });
    expect(seen[0]).toMatchObject({ actionId: 'act_7', idempotencyKey: 'act_7', attempt: 3 });
  });

  test('arguments that do not fit are never tried again, and the executor does not run', async () => {
    const run = jest.fn(async () => null);
    await expect(attempt(running(run), { n: 'x' })).rejects.toMatchObject({
      type: 'invalid_arguments',
      nonRetryable: true,
    });
    expect(run).not.toHaveBeenCalled();
  });

  test('a permanent error is never tried again; any other is', async () => {
    const permanent = running(async () => Promise.reject(new PermanentError('gone')));
    await expect(attempt(permanent, { n: 1 })).rejects.toMatchObject({
      type: 'permanent',
      message: 'gone',
      nonRetryable: true,
    });
    const passing = running(async () => Promise.reject(new TransientError('busy', { retryAfterSeconds: 7 })));
    await expect(attempt(passing, { n: 1 })).rejects.toMatchObject({
      type: 'transient',
      nonRetryable: false,
      nextRetryDelay: 7000,
    });
    const broken = running(async () => Promise.reject(new Error('odd')));
    await expect(attempt(broken, { n: 1 })).rejects.toMatchObject({
      type: 'transient',
      message: 'odd',
      nonRetryable: false,
    });
  });

  test('a result that is no JSON or too large is a clear failure that is not tried again', async () => {
    const strange = running(async () => ({ when: new Date(0) }) as unknown as Json);
    await expect(attempt(strange, { n: 1 })).rejects.toMatchObject({ type: 'result_not_json', nonRetryable: true });
    const large = running(async () => 'x'.repeat(300_000));
    await expect(attempt(large, { n: 1 })).rejects.toMatchObject({
      type: 'result_too_large',
      nonRetryable: true,
      message: expect.stringContaining('300002 bytes; at most 262144'),
    });
    expect(
      await attempt(
        running(async () => undefined as unknown as Json),
        { n: 1 },
      ),
    ).toBeNull();
  });

  test('cancelling the activity aborts the run and ends it as cancelled', async () => {
    const environment = quietEnvironment();
    const executor = running(
      (_, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new Error('stopped')));
          environment.cancel();
        }),
    );
    await expect(inEnvironment(environment, executor, { n: 1 })).rejects.toMatchObject({ name: 'CancelledFailure' });
  });

  test('a worker refuses an executor that it does not serve, and names those that it does', async () => {
    const { runExecutor } = executorActivities([running(async () => null)]);
    const input = { actionId: 'a', executor: 'two', type: 't', target: 't', arguments: {}, idempotencyKey: 'a' };
    await expect(quietEnvironment().run(runExecutor, input)).rejects.toMatchObject({
      type: 'wrong_executor',
      message: expect.stringContaining('serves the executors one, not "two"'),
    });
  });
});
