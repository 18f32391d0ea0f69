import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import type { HttpExecutorOptions } from '../../../src/activities/executors/http/executor.ts';
import { httpExecutor } from '../../../src/activities/executors/http/executor.ts';
import { attempt } from './support.ts';

interface Seen {
  method: string;
  url: string;
  key: string;
  authorization: string;
  body: string;
}

const seen: Seen[] = [];
const effects = new Set<string>();
let answer: (request: IncomingMessage, response: ServerResponse) => void;

const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => (body += chunk.toString()));
  request.on('end', () => {
    const { 'idempotency-key': key, authorization } = request.headers;
    seen.push({
      method: request.method ?? '',
      url: request.url ?? '',
      key: String(key),
      authorization: authorization ?? '',
      body,
    });
    effects.add(String(key));
    answer(request, response);
  });
});
let origin = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  seen.length = 0;
  effects.clear();
  answer = (_, response) => response.setHeader('content-type', 'application/json').end('{"id":7}');
});

const input = z.strictObject({ amount: z.int() });
type Options = HttpExecutorOptions<typeof input, string>;

function make(options: Partial<Options> = {}) {
  return httpExecutor<typeof input, string>({
    name: 'payments',
    actions: 'create_charge',
    input,
    timeoutSeconds: 5,
    secrets: () => 'token',
    request: ({ amount }, token) => ({
      method: 'POST',
      url: `${origin}/charges`,
      headers: { authorization: `Bearer ${token}`, 'Idempotency-Key': 'a forged key' },
      body: { amount },
    }),
    allowedHosts: [new URL(origin).host],
    ...options,
  });
}

describe('the http executor', () => {
  test('a request carries the arguments, the secret and the key of the action; the answer is the result', async () => {
    expect(await attempt(make(), { amount: 12 }, 'act_9')).toEqual({ status: 200, body: { id: 7 } });
    expect(seen).toEqual([
      { method: 'POST', url: '/charges', key: 'act_9', authorization: 'Bearer token', body: '{"amount":12}' },
    ]);
  });

  test('F25 a retry after an effect whose answer was lost reaches the target with the same key', async () => {
    let lost = true;
    answer = (request, response) => {
      if (lost) request.socket.destroy();
      else response.end();
      lost = false;
    };
    await expect(attempt(make(), { amount: 1 }, 'act_1', 1)).rejects.toMatchObject({
      type: 'transient',
      nonRetryable: false,
    });
    expect(await attempt(make(), { amount: 1 }, 'act_1', 2)).toEqual({ status: 200, body: null });
    expect(seen).toHaveLength(2);
    expect([...effects]).toEqual(['act_1']);
  });

  test.each([400, 401, 404, 409, 422])('%d is final', async (status) => {
    answer = (_, response) => response.writeHead(status).end('no such account');
    await expect(attempt(make(), { amount: 1 })).rejects.toMatchObject({
      type: 'permanent',
      nonRetryable: true,
      message: expect.stringContaining(`answered ${status}: no such account`),
    });
  });

  test.each([408, 429, 500, 503])('%d is tried again, when the target says', async (status) => {
    answer = (_, response) => response.writeHead(status, { 'retry-after': '3' }).end();
    await expect(attempt(make(), { amount: 1 })).rejects.toMatchObject({
      type: 'transient',
      nonRetryable: false,
      nextRetryDelay: 3000,
    });
  });

  test('a long answer is cut and marked', async () => {
    answer = (_, response) => response.end('x'.repeat(5000));
    expect(await attempt(make({ maximumBodyBytes: 10 }), { amount: 1 })).toEqual({
      status: 200,
      body: 'xxxxxxxxxx',
      truncated: true,
    });
  });

  test('a redirect to another host is not followed; one on the same host is, with the same key', async () => {
    answer = (_, response) => response.writeHead(307, { location: 'http://127.0.0.1:9/elsewhere' }).end();
    await expect(attempt(make(), { amount: 1 })).rejects.toMatchObject({
      type: 'permanent',
      message: expect.stringContaining('not followed'),
    });
    expect(seen).toHaveLength(1);
    answer = (request, response) =>
      request.url === '/moved' ? response.end('there') : response.writeHead(307, { location: '/moved' }).end();
    expect(await attempt(make(), { amount: 2 }, 'act_5')).toEqual({ status: 200, body: 'there' });
    expect(seen.slice(1).map(({ method, url, key, body }) => [method, url, key, body])).toEqual([
      ['POST', '/charges', 'act_5', '{"amount":2}'],
      ['POST', '/moved', 'act_5', '{"amount":2}'],
    ]);
  });

  test.each([
    ['another host', 'http://127.0.0.1:9/', 'is not an allowed host'],
    ['another scheme', 'file:///etc/passwd', 'must be https'],
    ['credentials in the address', 'https://user:secret@api.example.com/', 'must not hold a user name'],
    ['no address', 'charges', 'no valid absolute address'],
    ['an unencrypted host elsewhere', 'http://api.example.com/', 'without encryption'],
    ['a look-alike', 'https://evilexample.com/', 'is not an allowed host'],
  ])('%s is refused before anything is sent', async (_, url, says) => {
    const executor = make({
      request: () => ({ method: 'GET', url }),
      allowedHosts: ['api.example.com', '*.example.com'],
    });
    await expect(attempt(executor, { amount: 1 })).rejects.toMatchObject({
      type: 'permanent',
      message: expect.stringContaining(says),
    });
    expect(seen).toHaveLength(0);
  });

  test('hosts must be listed, by name', () => {
    expect(() => make({ allowedHosts: [] })).toThrow('must list at least one host');
    expect(() => make({ allowedHosts: ['*', 'https://x.com'] })).toThrow('not a host: *, https://x.com');
  });
});
