import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { Tool } from '@modelcontextprotocol/sdk/types.js';
import { ListToolsResultSchema } from '@modelcontextprotocol/sdk/types.js';
import type { JsonObject } from '@gatehouse/sdk/contract';
import type { ToolDefinition } from '../../decide/tool-digest.ts';
import { fitDefinition } from '../../inventory/fit.ts';
import { SourceError } from '../../inventory/source-error.ts';
import { packageVersion } from '../serve/paths.ts';

/** More than any server needs; one that goes on for ever is stopped here. */
const MAX_PAGES = 100;
const MAX_TOOLS = 5000;

/** What a server says of itself and what it offers. */
export interface Offer {
  name: string;
  version: string | undefined;
  tools: ToolDefinition[];
}

/** What went wrong on the wire beside the call that failed, the latest last. */
export type Complaints = string[];

/**
 * Asks an MCP server for its tools: initialize and `tools/list`, page by page, and nothing else. The client has no
 * capabilities, so that the server can ask nothing of it. Closes the transport, whatever happens.
 *
 * @param timeoutMs for all of it
 * @throws SourceError for a server that hangs, floods or answers with something else; what the transport throws
 */
export async function askForTools(
  transport: Transport,
  timeoutMs: number,
  complaints: Complaints = [],
): Promise<Offer> {
  const client = new Client({ name: 'gatehouse', version: packageVersion() }, { capabilities: {} });
  client.onerror = (error) => {
    complaints.splice(0, complaints.length, ...complaints.slice(-4), error.message.slice(0, 500));
  };
  const deadline = AbortSignal.timeout(timeoutMs);
  const late = new Promise<never>((_, reject) => {
    deadline.addEventListener('abort', () => {
      const seconds = timeoutMs / 1000;
      reject(
        new SourceError([`The server did not answer within ${seconds} seconds: see that it runs, or raise --timeout.`]),
      );
    });
  });
  try {
    return await Promise.race([talk(client, transport, timeoutMs), late]);
  } finally {
    await client.close().catch(() => undefined);
  }
}

async function talk(client: Client, transport: Transport, timeout: number): Promise<Offer> {
  await client.connect(transport, { timeout });
  const { name = 'mcp-server', version } = client.getServerVersion() ?? {};
  const tools = new Map<string, ToolDefinition>();
  const cursors = new Set<string>();
  let cursor: string | undefined;
  do {
    // Not `listTools`: that compiles the schemas of answers, which are the server's own.
    const params = cursor === undefined ? {} : { cursor };
    const page = await client.request({ method: 'tools/list', params }, ListToolsResultSchema, { timeout });
    for (const tool of page.tools) {
      const fitted = fitDefinition(toDefinition(tool));
      if (tools.has(fitted.name))
        throw new SourceError([`The server offers two tools named ${JSON.stringify(tool.name)}.`]);
      tools.set(fitted.name, fitted);
    }
    cursor = page.nextCursor;
    if (cursor === undefined) continue;
    if (cursors.has(cursor) || cursors.size >= MAX_PAGES || tools.size > MAX_TOOLS) {
      throw new SourceError([`The server's list of tools has no end: after ${tools.size} tools it was stopped.`]);
    }
    cursors.add(cursor);
  } while (cursor !== undefined);
  return { name, version, tools: [...tools.values()] };
}

function toDefinition({ name, description, inputSchema, annotations }: Tool): ToolDefinition {
  return {
    name,
    ...(description === undefined ? {} : { description }),
    inputSchema: inputSchema as JsonObject,
    ...(annotations === undefined ? {} : { annotations: annotations as JsonObject }),
  };
}
