import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { text } from 'node:stream/consumers';
import { Gatehouse } from '@gatehouse/sdk';
import { processStack, type ProcessStack } from '../support/process-stack.ts';
import { ROOT } from '../support/processes.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const TRACEPARENT = `00-${TRACE}-00f067aa0ba902b7-01`;
const POLICY = `
version: 1
name: all
defaults: { unmatched: block, approval: { expiresIn: 1h } }
rules:
  - { id: let-it, reason: It may run., match: { action: ['call_*'] }, effect: allow }
`;

interface Span {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
}

/** What spans are sent to, and what executors call. */
const spans: Span[] = [];
const bodies: string[] = [];
const called: IncomingMessage['headers'][] = [];
let server: Server;
let stack: ProcessStack;
let folder: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    void text(request).then((body) => {
      if (request.url === '/v1/traces') {
        bodies.push(body);
        const sent = JSON.parse(body) as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] };
        spans.push(...sent.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)));
      } else called.push(request.headers);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-tracing-'));
  const executors = path.join(folder, 'executors.mjs');
  writeFileSync(executors, executorModule(url));
  stack = await processStack({
    policy: POLICY,
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: url, GATEHOUSE_EXECUTORS: executors },
  });
});
afterAll(async () => {
  await stack.stop();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** An executor whose effect is a call to the test's own server. */
function executorModule(url: string): string {
  const from = (file: string): string => JSON.stringify(pathToFileURL(path.join(ROOT, file)).href);
  return `
import { httpExecutor } from ${from('dist/activities/executors/index.js')};
import { z } from ${from('node_modules/zod/index.js')};
export default [
  httpExecutor({
    name: 'caller-${randomUUID()}',
    actions: 'call_it',
    input: z.strictObject({ secret: z.string() }),
    timeoutSeconds: 10,
    allowedHosts: [${JSON.stringify(new URL(url).host)}],
    request: () => ({ method: 'POST', url: ${JSON.stringify(`${url}/effect`)}, body: {} }),
  }),
];
`;
}

it('makes one trace of an action, from the agent through the gate and the worker to what the executor calls', async () => {
  const processes = [await stack.api(), await stack.worker(), await stack.executors()];
  const agent = new Gatehouse({ url: stack.url, apiKey: stack.keys.agent, traceparent: () => TRACEPARENT });
  await agent.run('call_it', 'service', { secret: 'canary-4711' });
  // Whoever stops sends what is left.
  await Promise.all(processes.map((process) => process.kill('SIGTERM')));

  const ours = spans.filter(({ traceId }) => traceId === TRACE);
  const names = ours.map(({ name }) => name);
  const wanted = ['POST /api/v1/guard', 'start workflow', 'decide', 'step decide'];
  expect(names).toEqual(expect.arrayContaining(wanted));
  const guard = ours.find(({ name }) => name === 'POST /api/v1/guard');
  expect(guard?.parentSpanId).toBe('00f067aa0ba902b7');
  const executor = ours.find(({ name }) => name.startsWith('executor caller'));
  for (const name of ['start workflow', 'decide', executor?.name]) {
    expect(ours.find((span) => span.name === name)?.parentSpanId).toBe(guard?.spanId);
  }
  expect(called[0]?.['traceparent']).toBe(`00-${TRACE}-${executor?.spanId ?? ''}-01`);
  const logs = processes.map((process) => process.output());
  expect(logs.join('')).toContain('/api/v1/guard');
  expect([...bodies, ...logs].join('')).not.toContain('canary-4711');
});
