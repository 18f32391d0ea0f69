import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { StopView } from '@gatehouse/sdk/contract';
import { readTimeline } from '../../../src/store/events.ts';
import { listUnfinishedStops } from '../../../src/store/stops.ts';
import { STOPS_RECORD } from '../../../src/store/switchboard.ts';
import { resolveTemporalBinary } from '../../../src/temporal/binary.ts';
import { connectTemporal, localTarget } from '../../../src/temporal/connect.ts';
import { startEmbedded, type EmbeddedServer } from '../../../src/temporal/embedded.ts';
import { registerSearchAttributes } from '../../../src/temporal/search-attributes.ts';
import { ask, askFor, describeStores, giveVerdict, kinds, record } from '../../support/asking.ts';
import { WORD_POLICY } from '../../support/policies.ts';
import { startStack, type Stack } from '../../support/stack.ts';

const NAMESPACE = 'default';
const TWO_MINUTES = 120_000;

describeStores('an emergency stop while Temporal is down', (store) => {
  let folder: string;
  let server: EmbeddedServer;
  let stack: Stack;

  const start = async (port = 0): Promise<EmbeddedServer> => {
    const say = (): void => undefined;
    const binary = await resolveTemporalBinary({ env: process.env, say });
    return startEmbedded({ binary, dataDir: folder, namespace: NAMESPACE, port, uiPort: false, say });
  };
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-stopped-'));
    server = await start();
    const link = await connectTemporal(localTarget(server.address, NAMESPACE));
    await registerSearchAttributes(link.connection, NAMESPACE);
    await link.connection.close();
    const temporal = { address: server.address, namespace: NAMESPACE };
    stack = await startStack({ policy: { 'words.yaml': WORD_POLICY }, store, temporal });
  }, TWO_MINUTES);
  afterAll(async () => {
    await stack.stop();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }, TWO_MINUTES);

  const show = async (stopId: string): Promise<StopView> =>
    (await stack.call('reviewer', 'GET', `/api/v1/stops/${stopId}`)).body as unknown as StopView;

  it(
    'holds from the store at once, is on record, and is carried out as soon as Temporal is back',
    async () => {
      const held = await ask(stack, 'held_word');
      const waiting = await ask(stack, 'read_word', { more: { claim: false } });
      process.kill(server.pid, 'SIGKILL');
      await server.exited;

      const thrown = await stack.call('reviewer', 'POST', '/api/v1/stops', { scope: 'everything', reason: 'the fire' });
      const stop = thrown.body as unknown as StopView;
      expect(thrown.status).toBe(200);
      expect(stop).toMatchObject({ stopped: 2, running: 0, left: 0, inForce: true });
      const timeline = await readTimeline(stack.core.store.db, STOPS_RECORD);
      expect(timeline.map(({ kind, actor }) => [kind, actor])).toEqual([['stop_thrown', 'reviewer:dev-reviewer']]);
      for (const { actionId } of [held, waiting]) {
        const seen = await record(stack, actionId);
        expect([seen.status, kinds(seen).at(-1)]).toEqual(['cancelled', 'stopped']);
      }
      const claim = { claimId: randomUUID() };
      expect(await stack.call('agent', 'POST', `/api/v1/actions/${waiting.actionId}/claim`, claim)).toMatchObject({
        status: 409,
      });
      expect((await giveVerdict(stack, held, 'approve')).status).not.toBe(200);
      // No workflow begins, so that nothing is decided: an outage, and no ALLOW.
      const key = randomUUID();
      expect(await askFor(stack, 'read_word', { key })).toMatchObject({ status: 503, body: { code: 'unavailable' } });
      expect(await listUnfinishedStops(stack.core.store)).toEqual([stop.stopId]);

      server = await start(Number(server.address.split(':')[1]));
      while (!(await show(stop.stopId)).carriedOut);
      expect(await listUnfinishedStops(stack.core.store)).toEqual([]);
      for (const { actionId } of [held, waiting]) {
        expect(await stack.client.workflow.getHandle(actionId).result()).toMatchObject({ status: 'cancelled' });
      }
      expect(await ask(stack, 'read_word', { key })).toMatchObject({
        decision: 'BLOCK',
        matchedRule: 'emergency-stop',
      });
      const lifted = await stack.call('admin', 'POST', `/api/v1/stops/${stop.stopId}/lift`, { reason: 'it is out' });
      expect(lifted).toMatchObject({ status: 200, body: { inForce: false } });
      expect(await ask(stack, 'read_word')).toMatchObject({ decision: 'ALLOW' });
    },
    TWO_MINUTES,
  );
});
