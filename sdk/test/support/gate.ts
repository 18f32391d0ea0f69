import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { GatehouseOptions } from '../../src/index.ts';
import { Gatehouse } from '../../src/index.ts';

/** A request that the scripted gate received. */
export interface Seen {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: unknown;
}

/** What it answers: JSON, raw text, a connection that breaks, or nothing at all. */
export type Reply =
  | { status?: number; json: unknown; headers?: Record<string, string> }
  | { status?: number; text: string; headers?: Record<string, string> }
  | 'breaks'
  | 'hangs';

export type Route = (seen: Seen, nth: number) => Reply | Promise<Reply>;

/** A real HTTP server whose answers a test writes, one function a route: `POST /guard`, `GET /approvals/:id`. */
export class ScriptedGate {
  readonly seen: Seen[] = [];
  readonly #routes = new Map<string, Route>();
  readonly #server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://gate');
      const text = Buffer.concat(chunks).toString();
      const seen: Seen = {
        method: request.method ?? '',
        path: url.pathname.replace('/api/v1', ''),
        query: url.searchParams,
        headers: request.headers,
        body: text === '' ? undefined : (JSON.parse(text) as unknown),
      };
      this.seen.push(seen);
      void this.#answer(seen, response);
    });
  });

  on(route: string, answer: Route | Reply): this {
    this.#routes.set(route, typeof answer === 'function' ? answer : () => answer);
    return this;
  }

  /** What was received on a route, oldest first. */
  calls(route: string): Seen[] {
    return this.seen.filter((seen) => nameOf(seen) === route);
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** A client of this gate that does not pause between attempts. */
  client(options: Partial<GatehouseOptions> = {}): Gatehouse {
    const retry = { attempts: 3, baseMs: 1, maxMs: 2, outageMs: 0, ...options.retry };
    return new Gatehouse({ url: this.url, apiKey: 'agent-key', ...options, retry });
  }

  reset(): void {
    this.seen.length = 0;
    this.#routes.clear();
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(seen: Seen, response: ServerResponse): Promise<void> {
    const route = this.#routes.get(nameOf(seen));
    const reply = (await route?.(seen, this.calls(nameOf(seen)).length)) ?? { status: 599, text: 'not scripted' };
    if (reply === 'hangs') return;
    if (reply === 'breaks') {
      response.destroy();
      return;
    }
    const status = reply.status ?? 200;
    const isJson = 'json' in reply;
    const type = isJson ? (status < 400 ? 'application/json; charset=utf-8' : 'application/problem+json') : 'text/html';
    response.writeHead(status, { 'content-type': type, ...reply.headers });
    response.end(isJson ? JSON.stringify(reply.json) : reply.text);
  }
}

function nameOf(seen: Seen): string {
  return `${seen.method} ${seen.path.replace(/^\/(actions|approvals)\/[^/]+/, '/$1/:id')}`;
}
