// The executors of this deployment: the actions that Gatehouse runs itself, with credentials that no agent holds.
// The API and the worker load this module too, to know what there is; only the executor runs it. Read credentials
// where they are used, as below, because only the executor's environment has them (executors.env).
//
// import { httpExecutor, sql, sqlExecutor } from 'gatehouse/executors';
// import { z } from 'zod';
//
// export default [
//   sqlExecutor({
//     name: 'shop-database',
//     actions: ['delete_records'],
//     targets: ['production_database'],
//     input: z.strictObject({ table: z.literal('users'), inactiveBefore: z.iso.date(), count: z.int() }),
//     connection: () => process.env.SHOP_DATABASE_URL,
//     statement: ({ inactiveBefore }) => sql`DELETE FROM users WHERE last_seen < ${inactiveBefore}`,
//     maximumRows: ({ count }) => count,
//   }),
// ];

export default [];
