import { createServer } from 'node:net';
import { randomInt } from 'node:crypto';

// Below the range that Linux hands to outgoing connections, so that a port stays free until its server binds it.
const LOWEST = 15_000;
const HIGHEST = 32_000;

/**
 * Finds ports on 127.0.0.1 that nothing listens on.
 * @param {number} count how many
 * @returns {Promise<number[]>} different ports
 */
export async function freePorts(count) {
  const found = new Set();
  for (let tries = 0; found.size < count; tries += 1) {
    if (tries > 1_000) throw new Error(`No ${count} free ports between ${LOWEST} and ${HIGHEST} on 127.0.0.1.`);
    const port = randomInt(LOWEST, HIGHEST);
    if (!found.has(port) && (await isFree(port))) found.add(port);
  }
  return [...found];
}

function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}
