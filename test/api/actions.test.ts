import { EXAMPLES } from '../../src/api/openapi/examples.ts';
import type { RunningApp } from './support/running-app.ts';
import { runApp } from './support/running-app.ts';

const ACTION = '/api/v1/actions/act_7Yk2mQ';
const CLAIM_ID = EXAMPLES.ClaimRequest.claimId;

describe('the actions', () => {
  let app: RunningApp;
  beforeEach(async () => {
    app = await runApp();
  });
  afterEach(() => app.server.close());

  it('lists with the filters as they were sent', async () => {
    const answer = await app.call('GET', '/api/v1/actions?status=held&agent=cleanup&limit=10&cursor=abc');
    expect(answer.status).toBe(200);
    expect(app.gateway.calls[0]?.input).toEqual([{ status: 'held', agent: 'cleanup', limit: 10, cursor: 'abc' }]);
  });

  it('lists fifty where no limit is given', async () => {
    await app.call('GET', '/api/v1/actions');
    expect(app.gateway.calls[0]?.input).toEqual([{ limit: 50 }]);
  });

  it.each([
    ['status=open', 'status'],
    ['limit=0', 'limit'],
    ['limit=1e2', 'limit'],
    ['limit=10.5', 'limit'],
    ['limit=10&limit=20', 'limit'],
    ['cursor=', 'cursor'],
    ['sort=asc', 'sort'],
    ['agent=%00', 'agent'],
  ])('refuses ?%s and names %s', async (query, field) => {
    const answer = await app.call('GET', `/api/v1/actions?${query}`);
    expect(answer.status).toBe(400);
    expect(answer.json['errors']).toEqual([expect.objectContaining({ field })]);
    expect(app.gateway.calls).toEqual([]);
  });

  it('shows one action, having waited as long as asked', async () => {
    expect((await app.call('GET', ACTION)).json).toEqual(EXAMPLES.ActionView);
    expect(app.gateway.calls[0]?.input).toEqual(['act_7Yk2mQ', 0]);
  });

  it.each(['31', '-1', 'soon', ''])('refuses ?wait=%s', async (wait) => {
    const answer = await app.call('GET', `${ACTION}?wait=${wait}`);
    expect(answer.status).toBe(400);
    expect(answer.json['detail']).toContain('Query parameter wait');
  });

  it.each(['act_other', '%00', 'a%20b', '..%2f..%2fetc', 'x'.repeat(400)])(
    'finds nothing under the id %s',
    async (id) => {
      const answer = await app.call('GET', `/api/v1/actions/${id}`);
      expect(answer.status).toBe(404);
      expect(answer.json['code']).toBe('not_found');
    },
  );

  it('claims a permit', async () => {
    app.gateway.resolveApproval();
    const answer = await app.call('POST', `${ACTION}/claim`, { body: { claimId: CLAIM_ID } });
    expect(answer.json['permit']).toEqual(expect.objectContaining({ granted: true, claimId: CLAIM_ID }));
  });

  it('passes a refused claim on with its facts', async () => {
    const answer = await app.call('POST', `${ACTION}/claim`, { body: { claimId: CLAIM_ID } });
    expect(answer.status).toBe(409);
    expect(answer.json).toMatchObject({ code: 'not_permitted', status: 409 });
  });

  it('refuses a claim without its id', async () => {
    const answer = await app.call('POST', `${ACTION}/claim`, { body: {} });
    expect(answer.status).toBe(400);
    expect(answer.json['errors']).toEqual([{ field: '/claimId', problem: 'is missing', fix: 'send a string' }]);
  });

  it('takes the report of an outcome, whatever characters the result holds', async () => {
    const body = { claimId: CLAIM_ID, status: 'failed', result: { blob: 'a\0b' }, error: 'timeout' };
    const answer = await app.call('POST', `${ACTION}/outcome`, { body });
    expect(answer.status).toBe(200);
    expect(app.gateway.calls[0]?.input).toEqual(['act_7Yk2mQ', body]);
  });

  it.each([
    [{ claimId: CLAIM_ID, status: 'unknown' }, '/status'],
    [{ claimId: CLAIM_ID, status: 'failed', error: 'a\0b' }, '/error'],
    [{ status: 'succeeded' }, '/claimId'],
  ])('refuses the report %j and names %s', async (body, field) => {
    const answer = await app.call('POST', `${ACTION}/outcome`, { body });
    expect(answer.status).toBe(400);
    expect(answer.json['errors']).toEqual([expect.objectContaining({ field })]);
  });

  it('cancels with a reason, and without any body', async () => {
    await app.call('POST', `${ACTION}/cancel`, { body: { reason: 'not needed' } });
    await app.call('POST', `${ACTION}/cancel`);
    expect(app.gateway.calls.map((each) => each.input)).toEqual([
      ['act_7Yk2mQ', 'not needed'],
      ['act_7Yk2mQ', undefined],
    ]);
  });

  it('refuses a cancellation with a broken body rather than take it as none', async () => {
    expect((await app.call('POST', `${ACTION}/cancel`, { raw: '{"reason":' })).status).toBe(400);
    expect(app.gateway.calls).toEqual([]);
  });
});
