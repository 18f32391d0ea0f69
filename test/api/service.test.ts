import { request as httpRequest } from 'node:http';
import { once } from 'node:events';
import type { RunningApp } from './support/running-app.ts';
import { KEYS, runApp } from './support/running-app.ts';

describe('the shell around the routes', () => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await runApp();
  });
  afterAll(() => app.server.close());

  it.each(['/healthz', '/readyz', '/openapi.json', '/problems', '/problems/overloaded'])(
    'serves %s without a key',
    async (path) => {
      expect((await app.call('GET', path, { key: null })).status).toBe(200);
    },
  );

  it('is not ready when a dependency is not, and says which', async () => {
    const checks = { store: { ok: false, says: 'refuses connections' } };
    const waiting = await runApp({ readiness: () => Promise.resolve({ ready: false, checks }) });
    const answer = await waiting.call('GET', '/readyz', { key: null });
    expect(answer.status).toBe(503);
    expect(answer.json).toEqual({ ready: false, checks });
    expect((await waiting.call('GET', '/healthz', { key: null })).status).toBe(200);
    await waiting.server.close();
  });

  it('is not ready when the check itself breaks, and keeps the reason to the log', async () => {
    const broken = await runApp({ readiness: () => Promise.reject(new Error('password wrong for user gate')) });
    const answer = await broken.call('GET', '/readyz', { key: null });
    expect(answer.status).toBe(503);
    expect(answer.json['ready']).toBe(false);
    expect(answer.text).not.toContain('password');
    await broken.server.close();
  });

  it.each([
    ['no header', {}],
    ['another scheme', { authorization: 'Basic YWdlbnQ6a2V5' }],
    ['an unknown key', { authorization: 'Bearer nobody' }],
    ['no key', { authorization: 'Bearer ' }],
    ['a key with a space', { authorization: `Bearer ${KEYS.agent} x` }],
  ])('refuses %s with 401 and the scheme', async (_name, headers) => {
    for (const path of ['/api/v1/actions', '/api/v1/approvals/x', '/api/v1/actions/x']) {
      const answer = await app.call('GET', path, { key: null, headers });
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toContain('Bearer');
      expect(answer.json['code']).toBe('unauthenticated');
    }
  });

  it('asks for the key before it looks at the body', async () => {
    const answer = await app.call('POST', '/api/v1/guard', { key: null, raw: '{' });
    expect(answer.status).toBe(401);
  });

  it('answers 404 as a problem for a path that nothing serves', async () => {
    for (const path of ['/', '/api/v2/guard', '/API/v1/guard', '/problems/none', '/api/v1/actions/a/b/c']) {
      expect((await app.call('GET', path)).json).toMatchObject({ code: 'not_found', status: 404 });
    }
  });

  it.each([
    ['GET', '/api/v1/guard', 'POST'],
    ['DELETE', '/api/v1/actions/x', 'GET, HEAD'],
    ['PUT', '/api/v1/approvals/x/verdict', 'POST'],
    ['OPTIONS', '/api/v1/actions', 'GET, HEAD'],
  ])('answers 405 to %s %s and allows %s', async (method, path, allow) => {
    const answer = await app.call(method, path);
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe(allow);
    expect(answer.json['code']).toBe('method_not_allowed');
  });

  it('answers a path that is badly encoded as a problem', async () => {
    const answer = await app.call('GET', '/api/v1/actions/%ff');
    expect(answer.status).toBe(400);
    expect(answer.json['code']).toBe('invalid_request');
  });

  it('echoes a request id that it can use and makes one otherwise', async () => {
    const echoed = await app.call('GET', '/api/v1/actions/none', { headers: { 'x-request-id': 'trace-1' } });
    expect(echoed.headers.get('x-request-id')).toBe('trace-1');
    expect(echoed.json['instance']).toBe('urn:gatehouse:request:trace-1');
    const made = await app.call('GET', '/healthz', { headers: { 'x-request-id': 'a b{}' } });
    expect(made.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('sends headers for data that is never a page, and does not say what serves it', async () => {
    const { headers } = await app.call('GET', '/healthz');
    expect(headers.get('content-security-policy')).toBe("default-src 'none';frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('etag')).toBeNull();
  });

  it('logs one line a request, with the route and the action, and neither arguments nor keys', async () => {
    const quiet = await runApp();
    const body = { action: { type: 'read_balance', target: 'x', context: { card: '4111-1111' } } };
    await quiet.call('POST', '/api/v1/guard', { body, headers: { 'idempotency-key': 'secret-key' } });
    await quiet.server.close();
    expect(quiet.lines).toEqual([
      expect.objectContaining({ method: 'POST', route: '/api/v1/guard', status: 200, actionId: 'act_7Yk2mQ' }),
    ]);
    expect(quiet.lines[0]).toHaveProperty('durationMs');
    for (const secret of ['4111', KEYS.agent, 'secret-key']) expect(quiet.logText()).not.toContain(secret);
  });

  it('refuses two Authorization headers', async () => {
    const headers = ['Host', 'x', 'Authorization', `Bearer ${KEYS.agent}`, 'Authorization', `Bearer ${KEYS.admin}`];
    const request = httpRequest(`${app.server.url}/api/v1/actions`, { headers }).end();
    const [response] = (await once(request, 'response')) as [{ statusCode: number; resume(): void }];
    response.resume();
    expect(response.statusCode).toBe(401);
  });

  it('serves each problem as text, and as JSON when asked for', async () => {
    const text = await app.call('GET', '/problems/key_reused');
    expect(text.headers.get('content-type')).toContain('text/plain');
    expect(text.text).toContain('status  422');
    const json = await app.call('GET', '/problems/key_reused', { headers: { accept: 'application/json' } });
    expect(json.json).toMatchObject({ type: '/problems/key_reused', code: 'key_reused', status: 422, retry: false });
    const all = await app.call('GET', '/problems', { headers: { accept: 'application/json' } });
    expect((all.json['problems'] as unknown[]).length).toBeGreaterThan(15);
  });
});
