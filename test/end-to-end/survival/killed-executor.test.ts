import { randomUUID } from 'node:crypto';
import path from 'node:path';
import Database from 'libsql';
import { actionIdFor } from '../../../src/client/action-id.ts';
import { readTimeline } from '../../../src/store/events.ts';
import { ROOT } from '../../support/processes.ts';
import { processStack, type ProcessStack } from '../../support/process-stack.ts';
import { WORD_POLICY } from '../../support/policies.ts';

const MINUTES = 180_000;

let stack: ProcessStack;
let effects: Database.Database;
beforeEach(async () => {
  stack = await processStack({ policy: WORD_POLICY });
  effects = new Database(path.join(stack.dataDir, 'effects.db'));
  effects.pragma('busy_timeout = 5000');
  effects.exec('create table effects (id text primary key, times integer not null)');
});
afterEach(async () => {
  effects.close();
  await stack.stop();
});

it(
  'F25 the executor is killed after its effect: the retry brings the same key to the target, which has one effect',
  async () => {
    const env = {
      GATEHOUSE_EXECUTORS: path.join(ROOT, 'test/support/append-executor.mjs'),
      TEST_EFFECTS: path.join(stack.dataDir, 'effects.db'),
      TEST_EXECUTOR_QUEUE: `append-${stack.taskQueue}`,
    };
    const [executors] = await Promise.all([
      stack.executors({ env, killAt: 'effect:after' }),
      stack.api({ env }),
      stack.worker({ env }),
    ]);
    const key = randomUUID();
    const id = actionIdFor('dev-agent', key);
    const result = stack.agent().run('read_append', 'anything', {}, { idempotencyKey: key });
    expect(await executors.exited).toEqual({ code: null, signal: 'SIGKILL' });
    expect(effects.prepare('select id from effects').all()).toEqual([{ id }]);

    await stack.executors({ env });
    expect(await result).toEqual({ appended: id });
    expect(effects.prepare('select id, times from effects').all()).toEqual([{ id, times: 1 }]);
    const kinds = (await readTimeline(stack.store.db, id)).map((entry) => entry.kind);
    expect(kinds).toEqual(['requested', 'decided', 'claimed', 'succeeded']);
  },
  MINUTES,
);
