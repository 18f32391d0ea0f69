import { once } from 'node:events';
import http, { type IncomingMessage, type Server } from 'node:http';
import timers from 'node:timers/promises';
import express from 'express';
import { readJsonBody } from '../../src/api/body.ts';
import { MOST_WAIT_SECONDS } from '../../src/api/parameters.ts';
import { RECEIVED_WITHIN_MS, serve, type RunningServer } from '../../src/api/serve.ts';
import { LOOK_SECONDS } from '../../src/console/routes/live.ts';
import { Visitor } from '../console/support/visitor.ts';
import { read } from '../docs/support/pages.ts';
import { ask } from '../support/asking.ts';
import { WORD_POLICY } from '../support/policies.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { runApp, type RunningApp } from './support/running-app.ts';

/** The row of docs/keys.md that says when an open request of a revoked key ends. */
const rowOf = (begin: string): string =>
  read('docs/keys.md')
    .split('\n')
    .find((line) => line.startsWith(`| ${begin}`)) ?? '';

afterEach(() => {
  jest.restoreAllMocks();
});

describe('a long poll', () => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await runApp();
  });
  afterAll(() => app.server.close());

  it.each(['actions/act_7Yk2mQ', 'approvals/apr_7Yk2mQ_1'])(
    'of %s waits no longer than docs/keys.md says',
    async (what) => {
      expect(rowOf('a long poll')).toContain(`at most ${String(MOST_WAIT_SECONDS)} seconds;`);
      for (const wait of [String(MOST_WAIT_SECONDS + 1), `${String(MOST_WAIT_SECONDS)}.001`, '999999999']) {
        const answer = await app.call('GET', `/api/v1/${what}?wait=${wait}`);
        expect(answer).toMatchObject({ status: 400, json: { code: 'invalid_request', errors: [{ field: 'wait' }] } });
      }
    },
  );
});

describe('a call whose body is on its way', () => {
  let server: RunningServer;
  afterEach(() => server.close());

  it('is here or cut off within the time that docs/keys.md says', async () => {
    const created = jest.spyOn(http, 'createServer');
    ({ server } = await runApp());
    const [options] = created.mock.calls[0] as unknown as [{ connectionsCheckingInterval: number }];
    const { requestTimeout } = created.mock.results[0]?.value as Server;
    // Node cuts off at the first look after the time is over.
    expect(requestTimeout + options.connectionsCheckingInterval).toBeLessThanOrEqual(RECEIVED_WITHIN_MS);
    expect(requestTimeout).toBeGreaterThan(0);
    expect(rowOf('a call whose body')).toContain(`at most ${String(RECEIVED_WITHIN_MS / 1000)} seconds;`);
  });

  it('is answered with 408 when it never comes, and nothing is done', async () => {
    const done: unknown[] = [];
    const broken: unknown[] = [];
    const app = express().post('/', (request) => {
      readJsonBody(request).then(
        (body) => done.push(body),
        (error: unknown) => broken.push(error),
      );
    });
    server = await serve(app, { host: '127.0.0.1', port: 0, receivedWithinMs: 1_100 });
    const sent = http.request(server.url, {
      ...{ method: 'POST', headers: { 'content-type': 'application/json', 'content-length': 20 } },
    });
    sent.on('error', () => undefined);
    sent.write('{"verdict":');
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    answer.resume();
    expect(answer.statusCode).toBe(408);
    await once(answer, 'close');
    await server.close();
    expect([done, broken]).toMatchObject([[], [{ code: 'invalid_json' }]]);
  });
});

describe('a live page of the console', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ policy: { 'words.yaml': WORD_POLICY } });
  });
  afterAll(() => stack.stop());

  /** Opens a stream as a reviewer, and gives it back once it has looked so often. */
  async function looked(path: string, times: number): Promise<void> {
    const visitor = new Visitor(stack.url);
    await visitor.signIn(stack.keys.reviewer);
    const headers = { cookie: `gatehouse_session=${visitor.session ?? ''}` };
    const leave = new AbortController();
    const response = await fetch(`${stack.url}${path}`, { headers, signal: leave.signal });
    const chunks = response.body![Symbol.asyncIterator]();
    for (let look = 0; look < times; look += 1) expect((await chunks.next()).done).toBe(false);
    leave.abort();
  }

  it('looks as often as docs/keys.md says', async () => {
    const paused = jest.spyOn(timers, 'setTimeout');
    await looked('/console/live', 2);
    const waits = paused.mock.calls.filter(([, , options]) => options?.signal !== undefined).map(([ms]) => ms);
    expect(waits.length).toBeGreaterThan(0);
    expect(new Set(waits)).toEqual(new Set([LOOK_SECONDS * 1_000]));
    expect(rowOf('a live page')).toContain(`within ${String(LOOK_SECONDS)} seconds `);
  });

  it('of one question waits for a change of it no longer than that', async () => {
    const { actionId, approvalId } = await ask(stack, 'held_word');
    const { changes } = stack.core.store;
    const listen = changes.listen.bind(changes);
    const waits: number[] = [];
    jest.spyOn(changes, 'listen').mockImplementation((id) => {
      const ear = listen(id);
      const changed: typeof ear.changed = (ms, signal) => {
        if (id === actionId) waits.push(ms);
        return ear.changed(ms, signal);
      };
      return { ...ear, changed };
    });
    await looked(`/console/approvals/${approvalId ?? ''}/live`, 2);
    expect(waits.length).toBeGreaterThan(0);
    expect(Math.max(...waits)).toBeLessThanOrEqual(LOOK_SECONDS * 1_000);
    expect(Math.max(...waits)).toBeGreaterThan(0);
  });
});
