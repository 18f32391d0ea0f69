import { usageError } from '../cli-error.ts';
import type { Terminal } from '../terminal.ts';
import { readOpenApiDocument, readToolListFile } from './documents.ts';
import type { ReadSource } from './read-source.ts';
import { wordsOf } from './words.ts';

export interface SourceOptions {
  mcpStdio?: string;
  mcpHttp?: string;
  openapi?: string;
  tools?: string;
  header?: string[];
  env?: string[];
  timeout?: string;
}

const SOURCES = ['mcpStdio', 'mcpHttp', 'openapi', 'tools'] as const;
const DEFAULT_TIMEOUT_SECONDS = 60;

/** Reads the one source that the command line names. Throws `CliError` for the command line, `SourceError` for the source. */
export async function readChosenSource(
  terminal: Terminal,
  options: SourceOptions,
  args: readonly string[],
): Promise<ReadSource> {
  if (SOURCES.filter((name) => options[name] !== undefined).length !== 1) {
    throw usageError('Name one source: --mcp-stdio, --mcp-http, --openapi or --tools.');
  }
  const headers = headersOf(terminal, options.header ?? []);
  const timeoutMs = timeoutOf(options.timeout) * 1000;
  const { cwd } = terminal;
  if (options.mcpStdio !== undefined) {
    const [command, ...first] = wordsOf(options.mcpStdio);
    if (command === undefined)
      throw usageError('--mcp-stdio: give the command of the server, e.g. "npx -y some-server".');
    // Loaded here: the SDK is needed by nothing else.
    const { readStdioServer } = await import('./mcp-stdio.ts');
    return readStdioServer({
      command,
      args: [...first, ...args],
      env: envOf(terminal, options.env ?? []),
      cwd,
      timeoutMs,
    });
  }
  if (args.length > 0) throw usageError('Words after -- belong to --mcp-stdio.');
  if (options.mcpHttp !== undefined) {
    const { readHttpServer } = await import('./mcp-http.ts');
    return readHttpServer(httpUrl(options.mcpHttp), headers, timeoutMs);
  }
  if (options.openapi !== undefined) return readOpenApiDocument({ place: options.openapi, cwd, headers, timeoutMs });
  return readToolListFile({ place: options.tools ?? '', cwd, headers, timeoutMs });
}

function httpUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  throw usageError('--mcp-http: give an http or https address, e.g. https://mcp.example.com/mcp.');
}

/** `Name=value`. Every user of a machine can read the arguments of a process: `Name=env:VARIABLE` reads it from there. */
function headersOf(terminal: Terminal, given: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    given.map((text) => {
      const [, name, value] = /^([\w!#$%&'*+.^`|~-]+)=(.*)$/s.exec(text) ?? [];
      if (name === undefined || value === undefined) {
        throw usageError('--header: give Name=value, or Name=env:VARIABLE to take the value from the environment.');
      }
      return [name, value.startsWith('env:') ? variable(terminal, value.slice('env:'.length), '--header') : value];
    }),
  );
}

function envOf(terminal: Terminal, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, variable(terminal, name, '--env')]));
}

function variable({ env }: Terminal, name: string, option: string): string {
  const value = env[name];
  if (value === undefined)
    throw usageError(`${option}: there is no ${JSON.stringify(name)} in the environment: set it.`);
  return value;
}

function timeoutOf(text: string | undefined): number {
  if (text === undefined) return DEFAULT_TIMEOUT_SECONDS;
  const seconds = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && seconds > 0 && seconds <= 3600) return seconds;
  throw usageError('--timeout: give seconds, more than 0 and at most 3600.');
}
