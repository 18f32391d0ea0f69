import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The target of HTTP effects. It counts, and remembers the keys of executors as every target should. */
export interface CountingServer {
  url: string;
  /** How often a callback called, by action. Each call is an effect. */
  readonly called: ReadonlyMap<string, number>;
  /** How often executors called, by idempotency key; the first call of a key is its effect. */
  readonly executed: ReadonlyMap<string, number>;
  close(): Promise<void>;
}

export async function startCountingServer(): Promise<CountingServer> {
  const called = new Map<string, number>();
  const executed = new Map<string, number>();
  const server = createServer((request, response) => {
    request.resume();
    const key = String(request.headers['idempotency-key'] ?? '');
    const counts = request.url === '/executed' ? executed : called;
    counts.set(key, (counts.get(key) ?? 0) + 1);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ first: counts.get(key) === 1 }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    called,
    executed,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
