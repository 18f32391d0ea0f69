import { randomUUID } from 'node:crypto';
import { WORD_POLICY } from '../support/policies.ts';
import { startStack, type Stack } from '../support/stack.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ policy: { 'words.yaml': WORD_POLICY }, env: { GATEHOUSE_METRICS_PORT: '0' } });
});
afterAll(() => stack.stop());

const scrape = async (): Promise<string> => (await fetch(stack.core.metrics?.url ?? '')).text();

async function figure(name: string): Promise<number> {
  const line = (await scrape()).split('\n').find((each) => each.startsWith(`${name} `));
  return line === undefined ? 0 : Number(line.slice(name.length + 1));
}

async function guard(type: string): Promise<Record<string, unknown>> {
  const action = { type, target: 'db', context: { secret: `canary-${randomUUID()}` } };
  return (await stack.call('agent', 'POST', '/api/v1/guard', { action })).body;
}

it('counts decisions by outcome, and a repeat of a call not again', async () => {
  const action = { type: 'read_records', target: 'db', context: {} };
  const headers = { 'idempotency-key': randomUUID() };
  const before = await figure('gatehouse_decisions_total{outcome="ALLOW"}');
  await stack.call('agent', 'POST', '/api/v1/guard', { action }, headers);
  await stack.call('agent', 'POST', '/api/v1/guard', { action }, headers);
  await guard('blocked_drop');
  expect(await figure('gatehouse_decisions_total{outcome="ALLOW"}')).toBe(before + 1);
  expect(await figure('gatehouse_decisions_total{outcome="BLOCK"}')).toBe(1);
  expect(await figure('gatehouse_decision_seconds_count')).toBe(before + 2);
});

it('counts verdicts that count, how long questions took, and refusals by their code', async () => {
  const { approvalId, actionDigest } = await guard('held_delete');
  const path = `/api/v1/approvals/${String(approvalId)}/verdict`;
  const approve = { verdict: 'approve', actionDigest };
  expect((await stack.call('agent', 'POST', path, approve)).body['code']).toBe('forbidden');
  expect((await stack.call('reviewer', 'POST', path, approve)).status).toBe(200);
  expect((await stack.call('reviewer', 'POST', path, { verdict: 'reject', actionDigest })).status).toBe(409);
  expect(await figure('gatehouse_verdicts_total{verdict="approve"}')).toBe(1);
  expect(await figure('gatehouse_verdicts_total{verdict="reject"}')).toBe(0);
  expect(await figure('gatehouse_approval_seconds_count{status="approved"}')).toBe(1);
  expect(await figure('gatehouse_refused_total{code="forbidden"}')).toBe(1);
  expect(await figure('gatehouse_refused_total{code="already_resolved"}')).toBe(1);
});

it('tells nothing of what agents sent', async () => {
  await guard('read_records');
  const text = await scrape();
  expect(text).toContain('gatehouse_build_info');
  for (const word of ['canary', 'dev-agent', 'read_records']) expect(text).not.toContain(word);
});

it('serves figures and nothing else on its port', async () => {
  const url = new URL(stack.core.metrics?.url ?? '');
  expect((await fetch(new URL('/api/v1/actions', url))).status).toBe(404);
  expect((await fetch(url, { method: 'POST' })).status).toBe(404);
});
