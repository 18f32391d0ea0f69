import { randomUUID } from 'node:crypto';
import { GateUnavailableError, Gatehouse } from '@gatehouse/sdk';
import { actionIdFor } from '../../../src/client/action-id.ts';
import { readAction } from '../../../src/store/actions.ts';
import { processStack, type ProcessStack } from '../../support/process-stack.ts';
import { WORD_POLICY } from '../../support/policies.ts';

const MINUTES = 240_000;
/** 3 MB: room for the tables and for some actions. */
const FILE_BLOCKS = 6_000;
const MOST = 2_000;

let stack: ProcessStack;
beforeEach(async () => {
  stack = await processStack({ policy: WORD_POLICY });
});
afterEach(async () => {
  await stack.stop();
});

it(
  'F17 the disk of the record fills up: nothing more runs, callers hear of an outage, and with room again it goes on',
  async () => {
    const full = { fileBlocks: FILE_BLOCKS };
    const [api, worker] = await Promise.all([stack.api(full), stack.worker(full)]);
    const impatient = new Gatehouse({ url: stack.url, apiKey: stack.keys.agent, retry: { attempts: 1 } });
    const ran: string[] = [];
    const act = (gate: Gatehouse, key: string): Promise<unknown> =>
      gate.guard('read_word', 'anything', { text: 'x'.repeat(20_000) }, () => ran.push(key), { idempotencyKey: key });

    let refused: { key: string; error: unknown } | undefined;
    const asked: string[] = [];
    while (refused === undefined && asked.length < MOST) {
      const key = randomUUID();
      asked.push(key);
      await act(impatient, key).catch((error: unknown) => (refused = { key, error }));
    }
    expect(refused?.error).toBeInstanceOf(GateUnavailableError);
    // It stays so: nothing is let through now and then.
    for (const key of Array.from({ length: 10 }, () => randomUUID())) {
      asked.push(key);
      await expect(act(impatient, key)).rejects.toBeInstanceOf(GateUnavailableError);
    }
    expect(ran).toEqual(asked.slice(0, -11));
    for (const key of ran)
      expect(await readAction(stack.store, actionIdFor('dev-agent', key))).toMatchObject({ outcome: 'ALLOW' });

    await Promise.all([api.kill(), worker.kill()]);
    await Promise.all([stack.api(), stack.worker()]);
    const again = refused?.key ?? '';
    await act(stack.agent(), again);
    expect(ran.filter((key) => key === again)).toHaveLength(1);
    const end = await stack.client.workflow.getHandle(actionIdFor('dev-agent', again)).result();
    expect(end).toMatchObject({ status: 'succeeded' });
  },
  MINUTES,
);
