import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { EventEmitter, once } from 'node:events';

/** A request as it came in. */
export interface Received {
  headers: IncomingHttpHeaders;
  text: string;
  path: string;
}

/** What the receiver does with a request: a status with headers, or nothing at all, for ever. */
export type Behaviour = { status: number; headers?: Record<string, string>; body?: string } | 'hang' | 'babble';

/** An HTTP server that keeps what it is sent and answers as it is told. */
export interface Receiver {
  url: string;
  port: number;
  received: Received[];
  /** Resolves as soon as so many requests have come in. */
  count(many: number): Promise<Received[]>;
  /** How the next requests are answered, in turn; the last of them stays. */
  behave(...behaviours: Behaviour[]): void;
  close(): Promise<void>;
}

export async function startReceiver(
  options: { port?: number; tls?: { key: string; cert: string } } = {},
): Promise<Receiver> {
  const received: Received[] = [];
  const events = new EventEmitter();
  let behaviours: Behaviour[] = [{ status: 200 }];
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const [now = { status: 200 } as const, ...later] = behaviours;
      if (later.length > 0) behaviours = later;
      received.push({
        headers: request.headers,
        text: Buffer.concat(chunks).toString('utf8'),
        path: request.url ?? '',
      });
      answer(response, now);
      events.emit('received');
    });
  };
  const server: Server = options.tls === undefined ? createServer(listener) : createTlsServer(options.tls, listener);
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `${options.tls === undefined ? 'http' : 'https'}://127.0.0.1:${String(port)}`,
    port,
    received,
    count: async (many) => {
      while (received.length < many) await once(events, 'received');
      return received.slice(0, many);
    },
    behave: (...next) => {
      behaviours = next;
    },
    close: async () => {
      if (!server.listening) return;
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function answer(response: ServerResponse, behaviour: Behaviour): void {
  if (behaviour === 'hang') return;
  if (behaviour === 'babble') {
    // A body without an end: whoever reads all of it never comes back.
    const babble = (): void => {
      while (response.write('x'.repeat(16_384)));
    };
    response.writeHead(200);
    response.on('drain', babble);
    babble();
    return;
  }
  response.writeHead(behaviour.status, behaviour.headers);
  response.end(behaviour.body ?? '');
}
