import { randomUUID } from 'node:crypto';
import type { GuardAnswer, StopView } from '@gatehouse/sdk/contract';
import { openStore } from '../../../src/store/open.ts';
import { listStopped } from '../../../src/store/stopped-actions.ts';
import { listUnfinishedStops } from '../../../src/store/stops.ts';
import { countLeft } from '../../../src/store/sweep.ts';
import { freePort } from '../../../src/temporal/ports.ts';
import { actionRow } from '../../store/support/action-row.ts';
import { describeStores } from '../../support/asking.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts';
import { processStack, type ProcessStack } from '../../support/process-stack.ts';
import { WORD_POLICY } from '../../support/policies.ts';

const THREE_MINUTES = 180_000;
const LANES = 12;
/** Answers before the stop, and as many requests after it. */
const ENOUGH = 60;

describeStores('an emergency stop and processes', (kind) => {
  let stack: ProcessStack;
  let database: TestDatabase | undefined;
  beforeEach(async () => {
    database = kind === 'postgres' ? await createTestDatabase() : undefined;
    stack = await processStack({
      policy: WORD_POLICY,
      env: {
        GATEHOUSE_RATE_PER_KEY: '0',
        GATEHOUSE_MAX_PENDING_PER_AGENT: '0',
        ...(database === undefined ? {} : { DATABASE_URL: database.url }),
      },
    });
  });
  afterEach(async () => {
    await stack.stop();
    await database?.drop();
  });

  const post = async (url: string, role: 'agent' | 'reviewer' | 'admin', path: string, body: object) => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${stack.keys[role]}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as unknown };
  };
  const stopEverything = (url: string) => post(url, 'reviewer', '/stops', { scope: 'everything', reason: 'the storm' });
  const show = async (stopId: string): Promise<StopView> => {
    const headers = { authorization: `Bearer ${stack.keys.reviewer}` };
    return (await (await fetch(`${stack.url}/api/v1/stops/${stopId}`, { headers })).json()) as StopView;
  };
  const guard = async (url: string, type: string, claim?: false): Promise<GuardAnswer> => {
    const asked = { action: { type, target: 'anything' }, ...(claim === undefined ? {} : { claim }) };
    const { status, body } = await post(url, 'agent', '/guard', asked);
    expect(status).toBe(200);
    return body as GuardAnswer;
  };

  it(
    'in a storm of calls on two processes, what is asked after its answer never runs, and nothing claimed is off its list',
    async () => {
      const port = String(await freePort(0));
      const there = `http://127.0.0.1:${port}`;
      await Promise.all([stack.api(), stack.api({ env: { GATEHOUSE_PORT: port } }), stack.worker()]);
      let isStopped = false;
      let answers = 0;
      let enough: () => void = () => undefined;
      const raging = new Promise<void>((resolve) => (enough = resolve));
      const after: GuardAnswer[] = [];
      const claimsAfter: number[] = [];
      const waiting: GuardAnswer[] = [];
      const lane = async (n: number): Promise<void> => {
        const url = n % 2 === 0 ? stack.url : there;
        while (after.length < ENOUGH) {
          const askedAfter = isStopped;
          const type = ['read_word', 'held_word', 'read_word'][n % 3] ?? 'read_word';
          const answer = await guard(url, type, n % 3 === 2 ? false : undefined);
          if (askedAfter) after.push(answer);
          else if (answer.status === 'permitted') waiting.push(answer);
          answers += 1;
          if (answers === ENOUGH) enough();
        }
      };
      const storm = Promise.all(Array.from({ length: LANES }, (_, n) => lane(n)));
      await raging;
      const { status, body } = await stopEverything(stack.url);
      isStopped = true;
      const stop = body as StopView;
      expect(status).toBe(200);
      expect(stop).toMatchObject({ left: 0, inForce: true });
      for (const { actionId } of waiting.slice(0, 10)) {
        claimsAfter.push((await post(there, 'agent', `/actions/${actionId}/claim`, { claimId: randomUUID() })).status);
      }
      await storm;
      expect(new Set(after.map(({ decision, matchedRule }) => `${decision} ${String(matchedRule)}`))).toEqual(
        new Set(['BLOCK emergency-stop']),
      );
      expect(new Set(claimsAfter)).toEqual(new Set([409]));
      const rows = await stack.store.db.selectFrom('actions').select(['id', 'status']).execute();
      const open = rows.filter(({ status: is }) => ['held', 'scheduled', 'permitted'].includes(is));
      expect(open).toEqual([]);
      const met = await listStopped(stack.store, { stopId: stop.stopId, limit: 10_000 });
      const claimed = rows.filter(({ status: is }) => is === 'claimed').map(({ id }) => id);
      expect(met.filter(({ was }) => was === 'claimed').map(({ actionId }) => actionId)).toEqual(claimed.sort());
      expect(met.filter(({ was }) => was !== 'claimed').map(({ actionId }) => actionId)).toEqual(
        rows
          .filter(({ status: is }) => is === 'cancelled')
          .map(({ id }) => id)
          .sort(),
      );
    },
    THREE_MINUTES,
  );

  it(
    'killed in the middle it is carried out by whoever comes, stays in force over restarts, and can be lifted',
    async () => {
      // More than one batch of them, and one with a workflow that has to hear of it.
      await Promise.all([stack.api(), stack.worker()]);
      const held = await guard(stack.url, 'held_word');
      const many = Array.from({ length: 600 }, (_, n) => actionRow(`act_${randomUUID()}`, { requested_at: n }));
      for (let at = 0; at < many.length; at += 200) {
        await stack.store.db
          .insertInto('actions')
          .values(many.slice(at, at + 200))
          .execute();
      }
      // On PostgreSQL there is no door below the program to die at: the stop is left as a process leaves it that dies.
      const port = String(await freePort(0));
      const dying = `http://127.0.0.1:${port}`;
      const api = await stack.api({ env: { GATEHOUSE_PORT: port }, killAt: 'move:after' });
      const thrown = stopEverything(dying).catch((error: unknown) => error);
      if (kind === 'postgres') {
        const watching = await openStore({ url: database?.url ?? '' });
        while (watching.stops.current().stops.length === 0) await watching.stops.reload();
        await watching.close();
        await api.kill();
      }
      await Promise.all([thrown, api.exited]);
      const { stops } = await stack.store.stops.reload();
      const [stop] = stops;
      if (stop === undefined) throw new Error('The stop is not in force');

      // The one that lives on, or comes back, finds it unfinished.
      for (let seen: StopView | undefined; seen?.carriedOut !== true;) seen = await show(stop.id);
      await stack.client.workflow.getHandle(stop.id).result();
      expect(await countLeft(stack.store, stop)).toBe(0);
      expect(await listUnfinishedStops(stack.store)).toEqual([]);
      expect(await stack.client.workflow.getHandle(held.actionId).result()).toMatchObject({ status: 'cancelled' });
      const met = await listStopped(stack.store, { stopId: stop.id, limit: 10_000 });
      expect(met.map(({ actionId }) => actionId)).toEqual([held.actionId, ...many.map(({ id }) => id)].sort());

      const again = String(await freePort(0));
      const back = `http://127.0.0.1:${again}`;
      await stack.api({ env: { GATEHOUSE_PORT: again } });
      expect(await guard(back, 'read_word')).toMatchObject({ decision: 'BLOCK', matchedRule: 'emergency-stop' });
      const lifted = await post(back, 'admin', `/stops/${stop.id}/lift`, { reason: 'over' });
      expect(lifted).toMatchObject({ status: 200, body: { inForce: false } });
      expect(await guard(stack.url, 'read_word')).toMatchObject({ decision: 'ALLOW' });
    },
    THREE_MINUTES,
  );
});
