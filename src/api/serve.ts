import type { Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';
import { CLOSING } from './app.ts';
import { PortBusyError } from './port-busy-error.ts';

export interface ServeOptions {
  host: string;
  /** 0 takes any free port. */
  port: number;
  /** How long requests under way may take to end once the server closes, in milliseconds. Default 10 s. */
  graceMs?: number;
  /** How long a request may take to come in, in milliseconds. Default `RECEIVED_WITHIN_MS`. */
  receivedWithinMs?: number;
}

export interface RunningServer {
  host: string;
  /** The port that is in use, also where 0 was asked for. */
  port: number;
  url: string;
  /** Accepts no more, ends long polls, waits for what is under way, then drops what is left. May be called again. */
  close(): Promise<void>;
}

/** Clients pool connections for a minute or less; ours must be the side that closes last. */
const KEEP_ALIVE_MS = 65_000;
const HEADERS_TIMEOUT_MS = 15_000;
/**
 * Within this time a request is here with its body, or cut off. It is not for answering: long polls are not cut by it.
 * docs/keys.md promises it.
 */
export const RECEIVED_WITHIN_MS = 30_000;
/** So often Node looks for requests that took too long. Where it is left out it looks every 30 s, and cuts them off that much later. */
const LOOK_MS = 1_000;

/** Listens. Throws `PortBusyError` when the port is taken, and Node's error for any other failure to listen. */
export async function serve(
  app: Express,
  { host, port, graceMs = 10_000, receivedWithinMs = RECEIVED_WITHIN_MS }: ServeOptions,
): Promise<RunningServer> {
  const requestTimeout = receivedWithinMs - LOOK_MS;
  const server = createServer({
    keepAliveTimeout: KEEP_ALIVE_MS,
    headersTimeout: Math.min(HEADERS_TIMEOUT_MS, requestTimeout),
    requestTimeout,
    connectionsCheckingInterval: LOOK_MS,
  });
  const drain = drainable(server);
  server.on('request', app);
  await listen(server, host, port);
  const bound = (server.address() as AddressInfo).port;
  let closed: Promise<void> | undefined;
  return {
    host,
    port: bound,
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    close: () => {
      closed ??= drain(() => app.emit(CLOSING), graceMs);
      return closed;
    },
  };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new PortBusyError(host, port, { cause: error }) : error);
    });
    server.listen({ host, port }, resolve);
  });
}

/**
 * Follows the answers under way, so that closing can tell their connections to end with them: a pooled connection
 * that stays open would hold the close up for its whole keep-alive time.
 */
function drainable(server: Server): (onClosing: () => void, graceMs: number) => Promise<void> {
  const active = new Set<ServerResponse>();
  let closing = false;
  const endWithAnswer = (response: ServerResponse): void => {
    if (!response.headersSent) response.setHeader('Connection', 'close');
  };
  server.on('request', (_request, response: ServerResponse) => {
    active.add(response);
    if (closing) endWithAnswer(response);
    response.once('close', () => {
      active.delete(response);
      if (closing)
        setImmediate(() => {
          server.closeIdleConnections();
        });
    });
  });
  return (onClosing, graceMs) =>
    new Promise((resolve) => {
      closing = true;
      const bound = setTimeout(() => {
        server.closeAllConnections();
      }, graceMs);
      server.close(() => {
        clearTimeout(bound);
        resolve();
      });
      active.forEach(endWithAnswer);
      onClosing();
    });
}
