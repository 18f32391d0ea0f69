import { createServer } from 'node:net';

const LOOPBACK = '127.0.0.1';
const SEARCHED = 100;

/** The first port from `preferred` upwards that is free on loopback; any free one when `preferred` is 0. */
export async function freePort(preferred: number, taken: readonly number[] = []): Promise<number> {
  if (preferred === 0) return anyFreePort();
  for (let port = preferred; port < Math.min(preferred + SEARCHED, 65_536); port += 1) {
    if (!taken.includes(port) && (await listenOn(port)) !== undefined) return port;
  }
  return anyFreePort();
}

async function anyFreePort(): Promise<number> {
  const port = await listenOn(0);
  if (port === undefined) throw new Error(`No free port on ${LOOPBACK}. Close some programs and start again.`);
  return port;
}

function listenOn(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(undefined);
    });
    server.listen({ host: LOOPBACK, port, exclusive: true }, () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === 'object' && address !== null ? address.port : undefined);
      });
    });
  });
}
