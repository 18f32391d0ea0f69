import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { SourceError } from '../../inventory/source-error.ts';
import { boundedFetch } from './bounded-fetch.ts';
import { maskUrl } from './mask.ts';
import type { Offer } from './mcp-session.ts';
import { askForTools } from './mcp-session.ts';
import type { ReadSource } from './read-source.ts';

/** What a server answers that knows nothing of streamable HTTP: then the older transport is tried. */
const NOT_STREAMABLE: ReadonlySet<number> = new Set([400, 404, 405, 406, 415]);

/** Reads the tools of an MCP server over streamable HTTP, or over SSE where it has only that. Throws `SourceError`. */
export async function readHttpServer(
  url: URL,
  headers: Readonly<Record<string, string>>,
  timeoutMs: number,
): Promise<ReadSource> {
  const options = { requestInit: { headers }, fetch: boundedFetch() };
  // The SDK's classes are meant for looser types than ours: an optional field may not be set to undefined here.
  const streamable = new StreamableHTTPClientTransport(url, options) as Transport;
  const started = Date.now();
  let offer: Offer;
  try {
    offer = await askForTools(streamable, timeoutMs);
  } catch (error) {
    const status = statusOf(error);
    if (status === undefined || !NOT_STREAMABLE.has(status)) throw problemOf(error, url);
    const left = Math.max(1000, timeoutMs - (Date.now() - started));
    try {
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- servers in use still speak nothing but SSE
      offer = await askForTools(new SSEClientTransport(url, options), left);
    } catch (second) {
      throw problemOf(second, url);
    }
  }
  const { name, version, tools } = offer;
  return { kind: 'mcp', title: name, version, location: maskUrl(url.href), tools, warnings: [] };
}

function problemOf(error: unknown, url: URL): SourceError {
  if (error instanceof SourceError) return error;
  const where = maskUrl(url.href);
  const status = statusOf(error);
  if (status === 401 || status === 403) {
    return new SourceError([`${where} refuses (HTTP ${status}): give what it asks for with --header.`], {
      cause: error,
    });
  }
  const message = error instanceof Error ? error.message.slice(0, 500) : String(error);
  const cause = error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : '';
  return new SourceError([`No MCP server answers at ${where}: ${message}${cause}.`], { cause: error });
}

function statusOf(error: unknown): number | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'number' && error.code >= 100
    ? error.code
    : undefined;
}
