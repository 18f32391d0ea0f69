import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Gatehouse } from '@gatehouse/sdk';
import type { GuardAnswer } from '@gatehouse/sdk/contract';
import type { DevKeys } from '../../../src/cli/serve/dev-keys.ts';
import { runningEmbedded } from '../../../src/temporal/embedded-record.ts';
import { freePort } from '../../../src/temporal/ports.ts';
import { isAlive, stopProcess } from '../../../src/temporal/process.ts';
import { startGatehouse, type Child } from '../../support/processes.ts';
import { WORD_POLICY } from '../../support/policies.ts';

const TWO_MINUTES = 120_000;

let dataDir: string;
let url: string;
let started: Child[] = [];
beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'gatehouse-up-'));
  writeFileSync(path.join(dataDir, 'policy.yaml'), WORD_POLICY);
});
afterEach(async () => {
  for (const child of started) if (child.isRunning()) await child.kill();
  started = [];
  await killTemporal();
  rmSync(dataDir, { recursive: true, force: true });
});

async function up(port: number): Promise<Child> {
  url = `http://127.0.0.1:${String(port)}`;
  const env = { GATEHOUSE_DATA: dataDir, GATEHOUSE_PORT: String(port), GATEHOUSE_POLICY_DIR: dataDir };
  const child = startGatehouse(['up', '--no-demo'], { env });
  started.push(child);
  await child.said(/Gatehouse is up/);
  return child;
}

async function killTemporal(): Promise<number | undefined> {
  const running = runningEmbedded(dataDir);
  if (running === undefined) return undefined;
  process.kill(running.pid, 'SIGKILL');
  await stopProcess(running.pid, 5_000);
  return running.pid;
}

function keys(): DevKeys {
  return JSON.parse(readFileSync(path.join(dataDir, 'keys.json'), 'utf8')) as DevKeys;
}

function approve({ approvalId, actionDigest }: GuardAnswer): Promise<Response> {
  return fetch(`${url}/api/v1/approvals/${approvalId ?? ''}/verdict`, {
    method: 'POST',
    headers: { authorization: `Bearer ${keys().reviewer}`, 'content-type': 'application/json' },
    body: JSON.stringify({ verdict: 'approve', actionDigest }),
  });
}

it(
  'I6 every process is killed while people are asked: started again, it is approved and runs once',
  async () => {
    const port = await freePort(0);
    const first = await up(port);
    const agent = new Gatehouse({ url, apiKey: keys().agent });
    let effects = 0;
    let asked: ((question: GuardAnswer) => void) | undefined;
    const pending = new Promise<GuardAnswer>((resolve) => (asked = resolve));
    const result = agent.guard('held_word', 'anything', { n: 1 }, () => ++effects, {
      idempotencyKey: 'held',
      onPending: (question) => asked?.(question),
    });
    result.catch(() => undefined);
    const question = await pending;
    expect(question.status).toBe('held');

    await first.kill();
    expect(await killTemporal()).toBeDefined();
    await up(port);

    expect(effects).toBe(0);
    expect((await approve(question)).status).toBe(200);
    expect(await result).toBe(1);
    await expect(
      agent.guard('held_word', 'anything', { n: 1 }, () => ++effects, { idempotencyKey: 'held' }),
    ).rejects.toMatchObject({ name: 'ActionAlreadyDoneError' });
    expect(effects).toBe(1);
  },
  TWO_MINUTES,
);

it(
  'Ctrl-C stops everything in order',
  async () => {
    const child = await up(await freePort(0));
    const temporal = runningEmbedded(dataDir);
    expect(temporal).toBeDefined();
    expect(await child.kill('SIGINT')).toEqual({ code: 0, signal: null });
    expect(child.output()).toMatch(/Stopping …\s+Stopped\. Everything is on disk/);
    expect(isAlive(temporal?.pid ?? 0)).toBe(false);
    expect(runningEmbedded(dataDir)).toBeUndefined();
  },
  TWO_MINUTES,
);
