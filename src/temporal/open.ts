import type { Settings } from '../settings.ts';
import { resolveTemporalBinary } from './binary.ts';
import { connectTemporal, localTarget } from './connect.ts';
import type { TemporalLink } from './connect.ts';
import { startEmbedded } from './embedded.ts';
import type { EmbeddedServer } from './embedded.ts';
import { runningEmbedded } from './embedded-record.ts';
import { ensureNamespace } from './namespace.ts';
import { registerSearchAttributes } from './search-attributes.ts';

export interface OpenOptions {
  /** Start an embedded server when no address is configured; otherwise use the one that runs on the data folder. */
  startServer: boolean;
  say: (line: string) => void;
  env?: NodeJS.ProcessEnv;
  signal?: AbortSignal;
}

/** A link that is ready for actions, and the server behind it when we started that. */
export interface OpenTemporal {
  link: TemporalLink;
  server?: EmbeddedServer;
  /** The `temporal` command that belongs to the server that we started. */
  binary?: string;
  /** Closes the connection, and stops the server if it is ours. */
  close(): Promise<void>;
}

/**
 * Opens the configured Temporal server, with namespace and search attributes in place.
 * @throws {TemporalBinaryError | EmbeddedServerError | DataFolderInUseError | TemporalUnreachableError}
 */
export async function openTemporal(
  settings: Pick<Settings, 'temporal' | 'dataDir' | 'payloads'>,
  options: OpenOptions,
): Promise<OpenTemporal> {
  const { temporal: target, dataDir, payloads } = settings;
  if (target.kind === 'server') return prepare(await connectTemporal(target, { say: options.say, payloads }));
  if (!options.startServer) {
    const running = runningEmbedded(dataDir);
    if (running === undefined) {
      throw new Error(
        `No Temporal server runs on the data folder ${dataDir}. ` +
          'Start one with `gatehouse up`, or set TEMPORAL_ADDRESS to one that runs elsewhere.',
      );
    }
    const { address, uiUrl } = running;
    const known = { payloads, ...(uiUrl === undefined ? {} : { uiUrl }) };
    return prepare(await connectTemporal(localTarget(address, target.namespace), known));
  }

  const { say, signal } = options;
  const env = options.env ?? process.env;
  const binary = await resolveTemporalBinary({ env, say, ...(signal === undefined ? {} : { signal }) });
  const server = await startEmbedded({ binary, dataDir, namespace: target.namespace, say });
  try {
    const known = { payloads, ...(server.uiUrl === undefined ? {} : { uiUrl: server.uiUrl }) };
    return await prepare(await connectTemporal(localTarget(server.address, target.namespace), known), {
      server,
      binary,
    });
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function prepare(link: TemporalLink, ours?: { server: EmbeddedServer; binary: string }): Promise<OpenTemporal> {
  await ensureNamespace(link.connection, link.namespace, { raiseRetention: ours !== undefined });
  await registerSearchAttributes(link.connection, link.namespace);
  return {
    link,
    ...ours,
    close: async () => {
      await link.connection.close();
      await ours?.server.stop();
    },
  };
}
