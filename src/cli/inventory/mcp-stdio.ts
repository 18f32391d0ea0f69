import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { SourceError } from '../../inventory/source-error.ts';
import { maskCommand } from './mask.ts';
import type { Complaints } from './mcp-session.ts';
import { askForTools } from './mcp-session.ts';
import type { ReadSource } from './read-source.ts';

/** One message of a server at most, in bytes. */
const MAX_MESSAGE_BYTES = 10 * 1024 * 1024;
const KEPT_OF_STDERR = 2000;
const SHOWN_LINES = 5;

export interface StdioServer {
  command: string;
  args: string[];
  /** Beside the few variables that every server gets (PATH, HOME and the like). */
  env: Record<string, string>;
  cwd: string;
  timeoutMs: number;
}

/** Starts an MCP server, without a shell, reads its tools and ends it. Throws `SourceError`. */
export async function readStdioServer(server: StdioServer): Promise<ReadSource> {
  const { command, args, env, cwd, timeoutMs } = server;
  const transport = new StdioClientTransport({
    command,
    args,
    env,
    cwd,
    stderr: 'pipe',
    maxBufferSize: MAX_MESSAGE_BYTES,
  });
  let stderr = '';
  transport.stderr?.on('data', (chunk: Buffer) => {
    stderr = `${stderr}${chunk.toString('utf8')}`.slice(-KEPT_OF_STDERR);
  });
  const complaints: Complaints = [];
  try {
    const { name, version, tools } = await askForTools(transport, timeoutMs, complaints);
    return { kind: 'mcp', title: name, version, location: maskCommand([command, ...args]), tools, warnings: [] };
  } catch (error) {
    throw new SourceError([whyOf(error, command, complaints), ...saidOnStderr(stderr)], { cause: error });
  }
}

function whyOf(error: unknown, command: string, complaints: Complaints): string {
  const message = error instanceof Error ? error.message : String(error);
  if (/\bspawn\b.*\bENOENT$/.test(message)) {
    return `The command ${JSON.stringify(command)} is not there: check its name and PATH.`;
  }
  const flooded = complaints.some((each) => each.includes('exceeded maximum size'));
  if (flooded) return `The server sent more than ${MAX_MESSAGE_BYTES} bytes without an end: this is no MCP server.`;
  const strange = complaints.length > 0 ? ' It also wrote what is no MCP message on standard output.' : '';
  if (error instanceof SourceError) return `${message}${strange}`;
  if (message.includes('Connection closed')) return `The server ended before it had answered.${strange}`;
  return `The server does not answer as MCP says (${message.slice(0, 500)}).${strange}`;
}

/** The last lines that it wrote, for whoever has to mend it. They are foreign: whoever prints them escapes them. */
function saidOnStderr(text: string): string[] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  return lines.length === 0 ? [] : ['Its last words on standard error:', ...lines.slice(-SHOWN_LINES)];
}
