import { createServer } from 'node:net';
import { PortBusyError } from '../../api/port-busy-error.ts';

/** Fails early, before anything was started, when the API could not listen. Throws `PortBusyError`. */
export async function assertPortFree({ host, port }: { host: string; port: number }): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new PortBusyError(host, port, { cause: error }) : error);
    });
    probe.listen({ host, port }, () => probe.close(() => resolve()));
  });
}
