import { setTimeout as pause } from 'node:timers/promises';
import { resolveTemporalBinary } from '../../src/temporal/binary.ts';
import { startEmbedded, type EmbeddedServer } from '../../src/temporal/embedded.ts';

/** The embedded Temporal server of a run, on one database file through all its lives. */
export interface TemporalPart {
  readonly pid: number;
  readonly port: number;
  start(): Promise<void>;
  kill(): Promise<void>;
  freeze(ms: number): Promise<void>;
  stop(): Promise<void>;
}

/** Starts it. `onPort` hears of each new port before anybody can be told of the start. */
export async function startTemporalPart(
  dataDir: string,
  onPort: (port: number) => void,
  say: (line: string) => void,
): Promise<TemporalPart> {
  const binary = await resolveTemporalBinary({ env: process.env, say });
  let server: EmbeddedServer;
  const portOf = (): number => Number(server.address.split(':').at(-1));
  const start = async (): Promise<void> => {
    server = await startEmbedded({
      binary,
      dataDir,
      namespace: 'default',
      port: 0,
      uiPort: false,
      say: () => undefined,
    });
    onPort(portOf());
  };
  await start();
  return {
    get pid() {
      return server.pid;
    },
    get port() {
      return portOf();
    },
    start,
    kill: async () => {
      process.kill(server.pid, 'SIGKILL');
      await server.exited;
    },
    freeze: async (ms) => {
      const { pid } = server;
      process.kill(pid, 'SIGSTOP');
      await pause(ms);
      process.kill(pid, 'SIGCONT');
    },
    stop: () => server.stop(),
  };
}
