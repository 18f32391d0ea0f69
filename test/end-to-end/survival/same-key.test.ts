import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { actionIdFor } from '../../../src/client/action-id.ts';
import { readTimeline } from '../../../src/store/events.ts';
import { freePort } from '../../../src/temporal/ports.ts';
import { startNode } from '../../support/processes.ts';
import { processStack, type ProcessStack } from '../../support/process-stack.ts';
import { WORD_POLICY } from '../../support/policies.ts';

const TIMES = 25;

let stack: ProcessStack;
beforeEach(async () => {
  stack = await processStack({ policy: WORD_POLICY });
});
afterEach(async () => {
  await stack.stop();
});

it('I3 fifty calls of one key, from two processes by two gateways at once, have one effect', async () => {
  const port = String(await freePort(0));
  await Promise.all([stack.api(), stack.api({ env: { GATEHOUSE_PORT: port } }), stack.worker()]);
  const key = randomUUID();
  const file = path.join(stack.dataDir, 'effects');
  const agents = [stack.url, `http://127.0.0.1:${port}`].map((url) =>
    startNode(['test/support/guard-client.mjs', url, stack.keys.agent, key, file, String(TIMES)]),
  );
  for (const agent of agents) expect(await agent.exited).toEqual({ code: 0, signal: null });

  const ends = agents.flatMap((agent) => agent.output().trim().split('\n')).sort();
  expect(ends).toEqual([...Array<string>(2 * TIMES - 1).fill('ActionAlreadyDoneError'), 'ran']);
  expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(1);
  const kinds = (await readTimeline(stack.store.db, actionIdFor('dev-agent', key))).map((entry) => entry.kind);
  expect(kinds).toEqual(['requested', 'decided', 'claimed', 'succeeded']);
}, 60_000);
