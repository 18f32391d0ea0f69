// npm run test:production            the end-to-end tests on PostgreSQL and a Temporal server in production shape
// npm run test:production -- --serve the same stack for your own use, until Ctrl-C
// npm run test:production -- --start-commands   the start commands of docker-compose.yml, without containers
// Other arguments go to jest.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const args = process.argv.slice(2);

if (args.includes('--start-commands')) await import('./production/start-commands.mjs');
else process.exitCode = await withStack(args);

/** Starts the stack, does what was asked, and takes everything away again. Resolves to the exit code. */
async function withStack(given) {
  const { startProduction } = await import('./production/stack.mjs');
  const dir = await mkdtemp(join(tmpdir(), 'gatehouse-production-'));
  const stopped = interrupted();
  const began = Date.now();
  let stack;
  try {
    stack = await startProduction({ dir, log: (line) => console.error(line) });
    console.error(`Ready after ${((Date.now() - began) / 1000).toFixed(1)} s.`);
    if (given.includes('--serve')) {
      serve(stack);
      await stopped.promise;
      return 0;
    }
    return await runJest(given, stack, stopped);
  } finally {
    await stack?.stop();
    await rm(dir, { recursive: true, force: true });
  }
}

function serve({ address, namespace, databaseUrl }) {
  console.log(`TEMPORAL_ADDRESS=${address}\nTEMPORAL_NAMESPACE=${namespace}\nDATABASE_URL=${databaseUrl}`);
  console.error('Running until Ctrl-C; then all of it is thrown away.');
}

function runJest(given, stack, stopped) {
  const env = {
    ...process.env,
    GATEHOUSE_TEST_TEMPORAL: stack.address,
    GATEHOUSE_TEST_NAMESPACE: stack.namespace,
    GATEHOUSE_TEST_DATABASE_URL: stack.databaseUrl,
    // Where tests make databases of their own.
    GATEHOUSE_TEST_POSTGRES: stack.databaseUrl,
  };
  const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
  const files = given.some((one) => !one.startsWith('-')) ? [] : ['test/end-to-end'];
  // In a group of its own: Ctrl-C reaches us, and jest ends before what it tests against.
  const child = spawn(process.execPath, [jest, '--runInBand', ...files, ...given], {
    cwd: ROOT,
    env,
    stdio: 'inherit',
    detached: true,
  });
  void stopped.promise.then(() => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 130));
  });
}

/** Resolves at the first Ctrl-C or SIGTERM, which from then on do nothing more. */
function interrupted() {
  let resolve;
  const promise = new Promise((settle) => (resolve = settle));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, resolve);
  return { promise };
}
