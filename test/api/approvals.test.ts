import { EXAMPLES } from '../../src/api/openapi/examples.ts';
import type { RunningApp } from './support/running-app.ts';
import { runApp } from './support/running-app.ts';

const APPROVAL = '/api/v1/approvals/apr_7Yk2mQ_1';
const CLAIM_ID = EXAMPLES.ClaimRequest.claimId;
const APPROVE = EXAMPLES.VerdictRequest;

describe('the approvals', () => {
  let app: RunningApp;
  beforeEach(async () => {
    app = await runApp();
  });
  afterEach(() => app.server.close());

  it('lists with the filters as they were sent', async () => {
    const answer = await app.call('GET', '/api/v1/approvals?status=pending&limit=5', { key: 'reviewer' });
    expect(answer.json['approvals']).toHaveLength(1);
    expect(app.gateway.calls[0]?.input).toEqual([{ status: 'pending', limit: 5 }]);
  });

  it('refuses the status of an action in its list', async () => {
    const answer = await app.call('GET', '/api/v1/approvals?status=held');
    expect(answer.status).toBe(400);
    expect(answer.json['detail']).toContain('pending, approved, denied, expired, cancelled');
  });

  it.each([
    ['', undefined],
    ['?claim=false', false],
    [`?claim=${CLAIM_ID}`, CLAIM_ID],
  ])('shows one approval for %j', async (query, claimId) => {
    expect((await app.call('GET', `${APPROVAL}${query}`)).json).toMatchObject({ status: 'pending' });
    expect(app.gateway.calls[0]?.input).toEqual(['apr_7Yk2mQ_1', 0, claimId]);
  });

  it('refuses a claim that is no UUID', async () => {
    const answer = await app.call('GET', `${APPROVAL}?claim=true`);
    expect(answer.status).toBe(400);
    expect(answer.json['errors']).toEqual([expect.objectContaining({ field: 'claim' })]);
  });

  it('holds the answer until somebody resolves it', async () => {
    const waits = app.gateway.someoneWaits();
    const answer = app.call('GET', `${APPROVAL}?wait=30`);
    await waits;
    app.gateway.resolveApproval();
    expect((await answer).json).toMatchObject({ status: 'approved', resolvedBy: 'maria' });
  });

  it('ends the wait of a client that has gone', async () => {
    const gone = new AbortController();
    const waits = app.gateway.someoneWaits();
    const answer = expect(app.call('GET', `${APPROVAL}?wait=30`, { signal: gone.signal })).rejects.toThrow();
    await waits;
    const ended = app.gateway.waitEnded();
    gone.abort();
    await answer;
    await expect(ended).resolves.toBe('aborted');
  });

  it('passes a verdict on with the reviewer of the key', async () => {
    const answer = await app.call('POST', `${APPROVAL}/verdict`, { key: 'reviewer', body: APPROVE });
    expect(answer.json).toMatchObject({ status: 'approved', resolvedBy: 'the-reviewer' });
  });

  it('I5 an agent cannot approve, and its attempt reaches the gateway, which records it', async () => {
    const answer = await app.call('POST', `${APPROVAL}/verdict`, { key: 'agent', body: APPROVE });
    expect(answer.status).toBe(403);
    expect(answer.json['code']).toBe('forbidden');
    expect(app.gateway.calls).toEqual([
      { method: 'verdict', caller: { principal: 'the-agent', role: 'agent' }, input: ['apr_7Yk2mQ_1', APPROVE] },
    ]);
  });

  it.each([
    [{ ...APPROVE, verdict: 'ok' }, '/verdict'],
    [{ verdict: 'approve' }, '/actionDigest'],
  ])('refuses the verdict %j and names %s', async (body, field) => {
    const answer = await app.call('POST', `${APPROVAL}/verdict`, { key: 'reviewer', body });
    expect(answer.status).toBe(400);
    expect(answer.json['errors']).toEqual([expect.objectContaining({ field })]);
    expect(app.gateway.calls).toEqual([]);
  });

  it('F11 refuses a verdict that names its reviewer, and its attempt reaches the gateway, which records it', async () => {
    const body = { ...APPROVE, reviewer: 'maria' };
    const answer = await app.call('POST', `${APPROVAL}/verdict`, { key: 'reviewer', body });
    expect(answer).toMatchObject({ status: 400, json: { errors: [{ field: '/reviewer' }] } });
    const caller = { principal: 'the-reviewer', role: 'reviewer' };
    expect(app.gateway.calls).toEqual([{ method: 'refuseNamed', caller, input: ['apr_7Yk2mQ_1', ['reviewer']] }]);
  });

  it('refuses a verdict for something else than what is asked', async () => {
    const body = { ...APPROVE, actionDigest: 'sha256:0' };
    expect((await app.call('POST', `${APPROVAL}/verdict`, { key: 'admin', body })).json['code']).toBe(
      'digest_mismatch',
    );
  });
});
