// The executor of the fault harness, loaded by the compiled program as anyone's own would be. Its effect is a call of the
// counting server under the action's idempotency key; some attempts then die before they can say so.
import { z } from 'zod';
import { defineExecutor } from '../../dist/activities/executors/index.js';

const target = process.env.FAULTS_TARGET;

export default [
  defineExecutor({
    name: 'faults',
    actions: ['read_execute', 'held_execute'],
    input: z.strictObject({ key: z.string() }),
    timeoutSeconds: 3,
    retry: { maximumAttempts: 100, initialIntervalSeconds: 0.2, backoffCoefficient: 1 },
    run: async (_, { idempotencyKey, signal }) => {
      const headers = { 'idempotency-key': idempotencyKey };
      const response = await fetch(`${target}/executed`, { method: 'POST', headers, signal });
      if (process.env.TEST_KILL_AT === 'effect:after') process.kill(process.pid, 'SIGKILL');
      return await response.json();
    },
  }),
];
