import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Gatehouse } from '@gatehouse/sdk';
import { actionIdFor } from '../../src/client/action-id.ts';
import { readAction } from '../../src/store/actions.ts';
import { PROBE, type Bed } from './bed.ts';

/** What has to work again: an answer, the settling of an action, or an executor. */
export type Service = 'answers' | 'settles' | 'executes';

const ATTEMPT_MS = 3_000;
const AGAIN_MS = 50;
/** Far more than it takes, also on a machine that is busy with other things. */
const BOUND_MS = 300_000;

/** Asks for small actions until one got all the way. Resolves when it did; throws after five minutes. */
export async function untilServed(bed: Bed, service: Service): Promise<void> {
  const gate = new Gatehouse({
    url: bed.url,
    apiKey: bed.probeKey,
    timeoutMs: ATTEMPT_MS,
    retry: { attempts: 1, outageMs: ATTEMPT_MS },
    onWarning: () => undefined,
  });
  const deadline = performance.now() + BOUND_MS;
  for (;;) {
    const key = randomUUID();
    const served = await attempt(bed, gate, service, key).catch(() => false);
    if (served) return;
    if (performance.now() > deadline) throw new Error(`Nothing ${service} five minutes after the fault`);
    await pause(AGAIN_MS);
  }
}

async function attempt(bed: Bed, gate: Gatehouse, service: Service, idempotencyKey: string): Promise<boolean> {
  if (service === 'executes') {
    const wait = { idempotencyKey, wait: 3 * ATTEMPT_MS };
    await gate.run('read_execute', 'anything', { key: idempotencyKey }, wait);
    return true;
  }
  await gate.guard('read_probe', 'anything', {}, () => 'ran', { idempotencyKey });
  return service === 'answers' || settles(bed, actionIdFor(PROBE, idempotencyKey));
}

async function settles(bed: Bed, id: string): Promise<boolean> {
  for (let left = (2 * ATTEMPT_MS) / AGAIN_MS; left > 0; left -= 1) {
    if ((await readAction(bed.store, id))?.status === 'succeeded') return true;
    await pause(AGAIN_MS);
  }
  return false;
}
