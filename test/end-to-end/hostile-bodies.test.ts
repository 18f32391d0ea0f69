import * as fc from 'fast-check';
import { HOSTILE_BODIES, hostileBodies } from '../support/hostile-bodies.ts';
import { WORD_POLICY } from '../support/policies.ts';
import { startStack, type Stack } from '../support/stack.ts';

const BODIES = 1_000;

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ policy: { 'words.yaml': WORD_POLICY } });
});
afterAll(async () => {
  await stack.stop();
});

async function send(bytes: Uint8Array): Promise<{ status: number; text: string }> {
  const response = await fetch(`${stack.url}/api/v1/guard`, {
    method: 'POST',
    headers: { authorization: `Bearer ${stack.keys.agent}`, 'content-type': 'application/json' },
    body: Buffer.from(bytes),
  });
  return { status: response.status, text: await response.text() };
}

it('a thousand hostile bodies bring no server error and no ALLOW', async () => {
  const generated = fc.sample(hostileBodies(), { numRuns: BODIES - HOSTILE_BODIES.length, seed: 20_261_123 });
  const bodies = [...HOSTILE_BODIES, ...generated];
  const counts = new Map<number, number>();
  for (const { name, bytes } of bodies) {
    const { status, text } = await send(bytes);
    counts.set(status, (counts.get(status) ?? 0) + 1);
    const answer = JSON.parse(text) as { decision?: string; code?: string; detail?: string };
    const outcome = `${name}: ${String(status)} ${answer.decision ?? answer.code ?? ''}`;
    expect([200, 400, 413]).toContain(status);
    if (status === 200 && answer.decision === 'ALLOW') throw new Error(`allowed: ${outcome}`);
    if (status !== 200) expect(answer.detail).toBeTruthy();
  }
  expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBe(BODIES);
}, 120_000);
