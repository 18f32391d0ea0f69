import { EXAMPLES } from '../../src/api/openapi/examples.ts';
import { request as httpRequest } from 'node:http';
import { once } from 'node:events';
import { createAdmission } from '../../src/api/admission.ts';
import { GateProblem } from '../../src/decide/problem.ts';
import type { RunningApp } from './support/running-app.ts';
import { KEYS, runApp } from './support/running-app.ts';

const READ = { action: { type: 'read_balance', target: 'staging_database', context: { account: 7 } } };

describe('POST /api/v1/guard', () => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await runApp();
  });
  afterAll(() => app.server.close());
  beforeEach(() => app.gateway.calls.splice(0));

  const guard = (body: unknown, headers: Record<string, string> = {}) =>
    app.call('POST', '/api/v1/guard', { body, headers });

  it.each([
    ['read_balance', 'ALLOW'],
    ['delete_records', 'REQUIRE_APPROVAL'],
    ['drop_table', 'BLOCK'],
  ])('answers %s with the decision %s', async (type, decision) => {
    const answer = await guard({ action: { type, target: 'production_database' } });
    expect(answer.status).toBe(200);
    expect(answer.json['decision']).toBe(decision);
    expect(answer.json['approvalId'] === null).toBe(decision !== 'REQUIRE_APPROVAL');
  });

  it('hands the gateway the caller of the key, the defaults, and no key when none was sent', async () => {
    await guard({ action: { type: 'read_balance', target: 'x' } });
    expect(app.gateway.calls).toEqual([
      {
        method: 'guard',
        caller: { principal: 'the-agent', role: 'agent' },
        input: [{ action: { type: 'read_balance', target: 'x', context: {} }, mode: 'permit' }, undefined],
      },
    ]);
  });

  it('says when the answer is that of an earlier call with the key', async () => {
    const first = await guard(READ, { 'idempotency-key': 'k-1' });
    const second = await guard(READ, { 'idempotency-key': 'k-1' });
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect(second.json).toEqual(first.json);
  });

  it('tells every wrong field at once, with its place and its fix', async () => {
    const answer = await guard({
      action: { type: '', target: 5, context: [], extra: 1 },
      mode: 'root',
      claim: 'x',
      admin: true,
    });
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.json).toMatchObject({ code: 'invalid_request', type: '/problems/invalid_request', status: 400 });
    const errors = answer.json['errors'] as { field: string; problem: string; fix: string }[];
    expect(errors.map((each) => each.field).sort()).toEqual(
      ['/action/context', '/action/extra', '/action/target', '/action/type', '/admin', '/claim', '/mode'].sort(),
    );
    for (const each of errors) expect([each.problem, each.fix].every((text) => text.length > 3)).toBe(true);
    expect(errors).toContainEqual({ field: '/action/target', problem: 'must be a string', fix: 'send a string' });
    expect(errors).toContainEqual({
      field: '/mode',
      problem: 'is none of its values',
      fix: 'send one of permit, executor',
    });
    expect(app.gateway.calls).toEqual([]);
  });

  it('names a field that is missing', async () => {
    const answer = await guard({ action: { type: 'read_balance' } });
    expect(answer.json['detail']).toBe('Field /action/target is missing: send a string.');
  });

  it.each([
    ['text/plain', {}],
    ['application/json; charset=utf-16', {}],
    ['application/json', { 'content-encoding': 'gzip' }],
    ['application/x-www-form-urlencoded', {}],
  ])('refuses a body that is %s %j', async (type, more) => {
    const answer = await app.call('POST', '/api/v1/guard', { raw: '{}', headers: { 'content-type': type, ...more } });
    expect(answer.status).toBe(415);
    expect(answer.json['code']).toBe('unsupported_media_type');
  });

  it('takes a content type with the charset UTF-8', async () => {
    const answer = await guard(READ, {
      'content-type': 'Application/JSON; charset="UTF-8"',
      'content-encoding': 'identity',
    });
    expect(answer.status).toBe(200);
  });

  it('refuses a body above the limit, and takes one at the limit', async () => {
    const sized = (bytes: number): string => {
      const shell = JSON.stringify({ action: { type: 'read_x', target: 'x', context: { pad: '' } } });
      return shell.replace('"pad":""', `"pad":"${'p'.repeat(bytes - shell.length)}"`);
    };
    const tooLarge = await app.call('POST', '/api/v1/guard', { raw: sized(256 * 1024 + 1) });
    expect(tooLarge.status).toBe(413);
    expect(tooLarge.json).toMatchObject({ code: 'payload_too_large', limitBytes: 262_144 });
    expect((await app.call('POST', '/api/v1/guard', { raw: sized(256 * 1024) })).status).toBe(200);
  });

  it('refuses a body that grows above the limit without having said its length', async () => {
    const request = httpRequest(`${app.server.url}/api/v1/guard`, {
      method: 'POST',
      headers: { authorization: `Bearer ${KEYS.agent}`, 'content-type': 'application/json' },
    });
    for (let i = 0; i < 9; i++) request.write('x'.repeat(64 * 1024));
    request.end();
    const [response] = (await once(request, 'response')) as [{ statusCode: number; resume(): void }];
    response.resume();
    expect(response.statusCode).toBe(413);
  });

  it.each([['x'.repeat(256)], ['kéy'], ['']])('refuses the Idempotency-Key %j', async (key) => {
    const answer = await guard(READ, { 'idempotency-key': key });
    expect(answer.status).toBe(400);
    expect(answer.json['detail']).toContain('Idempotency-Key');
  });

  it('refuses two Idempotency-Key headers', async () => {
    const request = httpRequest(`${app.server.url}/api/v1/guard`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${KEYS.agent}`,
        'content-type': 'application/json',
        'idempotency-key': ['a', 'b'],
      },
    });
    request.end(JSON.stringify(READ));
    const [response] = (await once(request, 'response')) as [{ statusCode: number; resume(): void }];
    response.resume();
    expect(response.statusCode).toBe(400);
  });

  it('answers what the gateway refuses with the code and its facts', async () => {
    const refusing = await runApp({
      guard: () =>
        Promise.reject(new GateProblem('key_reused', 'Use a new key.', { actionId: 'act_1', code: 'forged' })),
    });
    const answer = await refusing.call('POST', '/api/v1/guard', { body: READ });
    expect(answer.status).toBe(422);
    expect(answer.json).toMatchObject({ code: 'key_reused', actionId: 'act_1', detail: 'Use a new key.' });
    await refusing.server.close();
  });

  it('keeps what broke inside to the log', async () => {
    const broken = await runApp({ guard: () => Promise.reject(new Error('SELECT secret FROM keys')) });
    const answer = await broken.call('POST', '/api/v1/guard', { body: READ });
    expect(answer.status).toBe(500);
    expect(answer.json['code']).toBe('internal');
    expect(answer.text).not.toContain('secret');
    expect(broken.logText()).toContain('SELECT secret FROM keys');
    await broken.server.close();
  });

  it('F26 an outage never looks like a policy block', async () => {
    const down = await runApp({
      guard: () => Promise.reject(new GateProblem('unavailable', 'The store does not answer.')),
    });
    const answer = await down.call('POST', '/api/v1/guard', { body: READ });
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(answer.json).toMatchObject({ code: 'unavailable' });
    expect(answer.json).not.toHaveProperty('decision');
    await down.server.close();
  });

  it('refuses new actions at overload while everything else is served', async () => {
    const full = await runApp({}, createAdmission({ maxInFlight: 0, queueRatio: 0 }));
    const refused = await full.call('POST', '/api/v1/guard', { body: READ });
    expect(refused.status).toBe(503);
    expect(refused.json['code']).toBe('overloaded');
    expect(refused.headers.get('retry-after')).toBe('1');
    expect((await full.call('GET', '/api/v1/approvals')).status).toBe(200);
    expect((await full.call('POST', '/api/v1/actions/act_7Yk2mQ/cancel')).status).toBe(200);
    const verdict = { verdict: 'approve', actionDigest: EXAMPLES.ApprovalView.actionDigest };
    const answered = await full.call('POST', '/api/v1/approvals/apr_7Yk2mQ_1/verdict', {
      key: 'reviewer',
      body: verdict,
    });
    expect(answered.status).toBe(200);
    expect(full.gateway.calls.map((each) => each.method)).toEqual(['approvals', 'cancel', 'verdict']);
    await full.server.close();
  });
});
