// Is this container's process doing its work? `api` (the default) asks it; `worker` looks for its connection to Temporal,
// because a worker listens on nothing and holds that connection for as long as it polls.
import { readFileSync } from 'node:fs';

const ESTABLISHED = '01';

async function apiIsReady() {
  const port = process.env.GATEHOUSE_PORT || '4280';
  const answer = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(4_000) });
  return answer.ok;
}

function workerIsConnected() {
  const address = process.env.TEMPORAL_ADDRESS ?? '';
  const port = Number(/:(\d+)$/.exec(address)?.[1] ?? 7233);
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0');
  return ['/proc/net/tcp', '/proc/net/tcp6'].some((table) =>
    readTable(table).some(([, , remote, state]) => state === ESTABLISHED && remote?.endsWith(`:${hexPort}`)),
  );
}

function readTable(path) {
  try {
    const [, ...rows] = readFileSync(path, 'utf8').trim().split('\n');
    return rows.map((row) => row.trim().split(/\s+/));
  } catch {
    return []; // No IPv6 here.
  }
}

const healthy = process.argv[2] === 'worker' ? workerIsConnected() : await apiIsReady().catch(() => false);
process.exitCode = healthy ? 0 : 1;
