// The executor of the survival tests: its effect is a row in a database of its own. The idempotency key is the row's key,
// as it must be at every target, so that an attempt which died after its effect is not made twice. `TEST_KILL_AT=effect:after`
// makes it die there; with `TEST_GATE` it runs only once a file of that name is there, and tells of each attempt beside it.
import { defineExecutor } from '../../dist/activities/executors/index.js';
import Database from 'libsql';
import { appendFileSync, existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';

const { TEST_GATE: gate, TEST_KILL_AT: killAt } = process.env;

async function untilOpen() {
  appendFileSync(`${gate}.attempts`, `${process.pid}\n`);
  while (!existsSync(gate)) await pause(20);
}

export default [
  defineExecutor({
    name: 'append',
    actions: ['read_append'],
    taskQueue: process.env.TEST_EXECUTOR_QUEUE,
    input: z.strictObject({}),
    timeoutSeconds: gate === undefined ? 3 : 30,
    retry: { maximumAttempts: 50, initialIntervalSeconds: 0.2, backoffCoefficient: 1 },
    run: async (_, { idempotencyKey }) => {
      if (gate !== undefined) await untilOpen();
      const database = new Database(process.env.TEST_EFFECTS);
      database.pragma('busy_timeout = 5000');
      database.prepare('insert into effects values (?, 1) on conflict do nothing').run(idempotencyKey);
      database.close();
      if (killAt === 'effect:after') process.kill(process.pid, 'SIGKILL');
      return { appended: idempotencyKey };
    },
  }),
];
