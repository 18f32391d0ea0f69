// The executor of the benchmark, loaded by the compiled programs as anyone's own would be. Its effect is to say when it ran.
import { z } from 'zod';
import { defineExecutor } from '../dist/activities/executors/index.js';

export default [
  defineExecutor({
    name: 'bench',
    actions: ['delete_records'],
    targets: ['production_database'],
    timeoutSeconds: 10,
    input: z.strictObject({ table: z.string(), count: z.number() }),
    run: async () => ({ ranAt: Number(process.hrtime.bigint()) / 1e6 }),
  }),
];
