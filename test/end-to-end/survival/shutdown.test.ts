import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { text } from 'node:stream/consumers';
import Database from 'libsql';
import type { GuardAnswer } from '@gatehouse/sdk/contract';
import { readAction } from '../../../src/store/actions.ts';
import { ROOT } from '../../support/processes.ts';
import { processStack, type ProcessStack } from '../../support/process-stack.ts';
import { WORD_POLICY } from '../../support/policies.ts';

const MINUTES = 300_000;
const UNDER_WAY = 10;
const LOOK_MS = 100;
const DONE = { code: 0, signal: null };

let stack: ProcessStack;
beforeEach(async () => {
  stack = await processStack({ policy: WORD_POLICY });
});
afterEach(async () => {
  await stack.stop();
});

/** A guard call of which the API has seen the head, and not yet the body. */
async function underWay(): Promise<ClientRequest> {
  const body = JSON.stringify({ action: { type: 'read_word', target: 'anything', context: {} } });
  const request = httpRequest(`${stack.url}/api/v1/guard`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${stack.keys.agent}`,
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      'idempotency-key': randomUUID(),
      expect: '100-continue',
    },
  });
  request.flushHeaders();
  await once(request, 'continue');
  return request.once('finished', () => request.end(body));
}

/** Sends the rest of such a call, and resolves with its answer. */
async function finish(request: ClientRequest): Promise<{ status: number | undefined; answer: GuardAnswer }> {
  const answered = once(request, 'response') as Promise<[IncomingMessage]>;
  request.emit('finished');
  const [response] = await answered;
  return { status: response.statusCode, answer: JSON.parse(await text(response)) as GuardAnswer };
}

it(
  'SIGTERM cuts no request: what the API has begun is decided, recorded and answered, and then it ends',
  async () => {
    const [api] = await Promise.all([stack.api(), stack.worker()]);
    const requests = await Promise.all(Array.from({ length: UNDER_WAY }, underWay));
    const ended = api.kill('SIGTERM');
    await api.said(/the API is stopping/);
    await expect(fetch(`${stack.url}/healthz`)).rejects.toThrow();

    const answers = await Promise.all(requests.map(finish));
    expect(answers.map(({ status }) => status)).toEqual(Array<number>(UNDER_WAY).fill(200));
    expect(await ended).toEqual(DONE);
    for (const { answer } of answers) {
      expect(answer).toMatchObject({ decision: 'ALLOW', permit: { granted: true } });
      expect(await readAction(stack.store, answer.actionId)).toMatchObject({ outcome: 'ALLOW' });
    }
  },
  MINUTES,
);

it(
  'a second Ctrl-C ends the API at once, whatever is under way',
  async () => {
    const api = await stack.api();
    const request = await underWay();
    const cut = expect(once(request, 'response')).rejects.toThrow();
    process.kill(api.pid, 'SIGINT');
    await api.said(/the API is stopping/);
    // Within the first second it could be the same press, passed on by npm.
    while (api.isRunning()) {
      process.kill(api.pid, 'SIGINT');
      await pause(LOOK_MS);
    }
    expect(await api.exited).toEqual({ code: 130, signal: null });
    await cut;
  },
  MINUTES,
);

describe('a worker of executors', () => {
  let env: Record<string, string>;
  let gate: string;
  let effects: Database.Database;
  beforeEach(() => {
    gate = path.join(stack.dataDir, 'gate');
    const file = path.join(stack.dataDir, 'effects.db');
    effects = new Database(file);
    effects.pragma('busy_timeout = 5000');
    effects.exec('create table effects (id text primary key, times integer not null)');
    env = {
      GATEHOUSE_EXECUTORS: path.join(ROOT, 'test/support/append-executor.mjs'),
      TEST_EFFECTS: file,
      TEST_EXECUTOR_QUEUE: `append-${stack.taskQueue}`,
      TEST_GATE: gate,
    };
  });
  afterEach(() => {
    effects.close();
  });

  const attempts = (): string[] =>
    existsSync(`${gate}.attempts`) ? readFileSync(`${gate}.attempts`, 'utf8').trim().split('\n') : [];
  const untilAttempts = async (count: number): Promise<void> => {
    while (attempts().length < count) await pause(LOOK_MS);
  };

  it(
    'lets the attempt that runs end at SIGTERM: one attempt, one effect',
    async () => {
      const [executors] = await Promise.all([stack.executors({ env }), stack.api({ env }), stack.worker({ env })]);
      const result = stack.agent().run('read_append', 'anything', {});
      await untilAttempts(1);
      const ended = executors.kill('SIGTERM');
      await executors.said(/the worker is stopping/);
      writeFileSync(gate, '');
      expect(await result).toMatchObject({ appended: expect.any(String) as string });
      expect(await ended).toEqual(DONE);
      expect(attempts()).toHaveLength(1);
      expect(effects.prepare('select times from effects').all()).toEqual([{ times: 1 }]);
    },
    MINUTES,
  );

  it(
    'leaves behind what does not end, and the next one tries it again: one effect',
    async () => {
      const [executors] = await Promise.all([stack.executors({ env }), stack.api({ env }), stack.worker({ env })]);
      const result = stack.agent().run('read_append', 'anything', {});
      await untilAttempts(1);
      await executors.kill('SIGTERM');
      expect(effects.prepare('select times from effects').all()).toEqual([]);

      await stack.executors({ env });
      writeFileSync(gate, '');
      await result;
      expect(attempts()).toHaveLength(2);
      expect(effects.prepare('select times from effects').all()).toEqual([{ times: 1 }]);
    },
    MINUTES,
  );
});
