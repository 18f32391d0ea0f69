// Runs Gatehouse with the commands and the environment of docker-compose.yml, without containers: makes a key, guards an
// action, lets the executor run one, and ends every process in order. Prints what it checks; exits 1 at the first failure.
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startChild } from './child.mjs';
import { startComposeStack } from './compose-stack.mjs';
import { freePorts } from './ports.mjs';
import { run } from './run.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MAIN = join(ROOT, 'dist', 'cli', 'main.js');
const SERVICES = ['api', 'worker', 'executor'];

const log = (line) => console.log(line);
const dir = await mkdtemp(join(tmpdir(), 'gatehouse-start-commands-'));
const stops = [];
const cleanUp = async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
  await rm(dir, { recursive: true, force: true });
};
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void cleanUp().then(() => process.exit(130)));

try {
  await rehearse();
  log('Every start command of docker-compose.yml works.');
} finally {
  await cleanUp();
}

async function rehearse() {
  const stack = await startComposeStack({ dir, log });
  stops.push(() => stack.stop());
  const [port] = await freePorts(1);
  const local = await localSettings(stack, port);
  const environment = (name) => ({
    PATH: process.env.PATH,
    HOME: dir,
    ...adjusted(stack.services[name].environment, { ...local, GATEHOUSE_DATA: join(dir, name) }),
  });

  const agentKey = await createKey(environment('api'), 'agent', 'an-agent');
  await createKey(environment('api'), 'admin', 'you');
  log('`keys create` makes keys.');

  const processes = [];
  for (const name of SERVICES) {
    await mkdir(join(dir, name), { recursive: true });
    const child = startChild(process.execPath, [MAIN, ...stack.services[name].command], {
      name: `gatehouse ${stack.services[name].command.join(' ')}`,
      logFile: join(dir, `${name}.log`),
      env: environment(name),
      cwd: ROOT,
    });
    stops.push(() => child.stop());
    processes.push(child);
  }
  const url = `http://127.0.0.1:${port}`;
  await processes[0].readyWhen(untilReady(`${url}/readyz`));
  await run(process.execPath, [join(ROOT, 'deploy', 'healthcheck.mjs')], { env: environment('api') });
  for (const name of ['worker', 'executor']) {
    await run(process.execPath, [join(ROOT, 'deploy', 'healthcheck.mjs'), 'worker'], { env: environment(name) });
  }
  log('The API is ready, and the health checks of all three services succeed.');

  const ask = (path, body) => request(`${url}/api/v1/${path}`, agentKey, body);
  const read = { type: 'read_balance', target: 'staging_database', context: { account: 'a-1' } };
  const allowed = await ask('guard', { action: read });
  assert.equal(allowed.decision, 'ALLOW', JSON.stringify(allowed));
  const dropped = await ask('guard', { action: { type: 'drop_table', target: 'production_database', context: {} } });
  assert.equal(dropped.decision, 'BLOCK', JSON.stringify(dropped));
  log('The API decides: read_balance is allowed, drop_table is blocked.');

  const { actionId } = await ask('guard', { action: read, mode: 'executor' });
  const settled = await untilFinal(() => ask(`actions/${encodeURIComponent(actionId)}?wait=20`));
  assert.equal(settled.status, 'succeeded', JSON.stringify(settled));
  log('The worker and the executor carried an allowed action to its outcome.');

  const exits = await Promise.all(processes.map((child) => child.stop('SIGTERM', 40_000)));
  exits.forEach(({ code, signal }, index) => {
    assert.deepEqual({ code, signal }, { code: 0, signal: null }, `${processes[index].name} after SIGTERM`);
  });
  log('Each process ends with exit code 0 after SIGTERM.');
}

/** Where this machine differs from the containers; everything else is as in the file. */
async function localSettings(stack, port) {
  const { privateKey } = generateKeyPairSync('ed25519');
  const keyFile = stack.values.GATEHOUSE_VERDICT_KEY_FILE;
  await writeFile(keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  const executors = join(dir, 'executors.mjs');
  await writeFile(executors, executorModule());
  return {
    DATABASE_URL: `postgres://gatehouse:${stack.values.GATEHOUSE_DB_PASSWORD}@127.0.0.1:${stack.postgresPort}/gatehouse`,
    GATEHOUSE_EXECUTORS: executors,
    GATEHOUSE_HOST: '127.0.0.1',
    GATEHOUSE_POLICY_DIR: join(ROOT, 'policies'),
    GATEHOUSE_PORT: String(port),
    GATEHOUSE_VERDICT_KEY: keyFile,
    TEMPORAL_ADDRESS: stack.address,
  };
}

// Only names that the service has are adjusted, so that a service gets nothing that the file does not give it.
function adjusted(environment, local) {
  return Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, local[name] ?? value]));
}

function executorModule() {
  const executors = new URL('../../dist/activities/executors/index.js', import.meta.url).href;
  return `import { defineExecutor } from ${JSON.stringify(executors)};
import { z } from ${JSON.stringify(import.meta.resolve('zod'))};
export default [defineExecutor({
  name: 'ledger', actions: ['read_balance'], targets: ['staging_database'], timeoutSeconds: 10,
  input: z.strictObject({ account: z.string() }), run: async ({ account }) => ({ account, balance: 42 }),
})];
`;
}

async function createKey(env, role, name) {
  await mkdir(env.GATEHOUSE_DATA, { recursive: true });
  const said = await run(process.execPath, [MAIN, 'keys', 'create', '--role', role, '--name', name], {
    env,
    cwd: ROOT,
  });
  const key = new RegExp(`gh_${role}_[\\w-]+`).exec(said)?.[0];
  assert.ok(key, `keys create --role ${role} printed no key: ${said}`);
  return key;
}

async function untilReady(url) {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await pause(100);
  }
  throw new Error(`${url} did not say ready within a minute.`);
}

async function untilFinal(read) {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const view = await read();
    if (!['held', 'permitted', 'claimed'].includes(view.status) || Date.now() > deadline) return view;
    await pause(100);
  }
}

async function request(url, key, body) {
  const answer = await fetch(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  assert.ok(answer.ok, `${url}: ${answer.status} ${text}`);
  return JSON.parse(text);
}
