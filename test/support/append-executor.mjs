// The executor of the survival tests: its effect is a row in a database of its own. The idempotency key is the row's key,
// as it must be at every target, so that an attempt which died after its effect is not made twice.
import { defineExecutor } from '../../dist/activities/executors/index.js';
import Database from 'libsql';
import { z } from 'zod';

export default [
  defineExecutor({
    name: 'append',
    actions: ['read_append'],
    taskQueue: process.env.TEST_EXECUTOR_QUEUE,
    input: z.strictObject({}),
    timeoutSeconds: 3,
    retry: { maximumAttempts: 50, initialIntervalSeconds: 0.2, backoffCoefficient: 1 },
    run: async (_, { idempotencyKey }) => {
      const database = new Database(process.env.TEST_EFFECTS);
      database.pragma('busy_timeout = 5000');
      database.prepare('insert into effects values (?, 1) on conflict do nothing').run(idempotencyKey);
      database.close();
      return { appended: idempotencyKey };
    },
  }),
];
