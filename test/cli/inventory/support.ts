import path from 'node:path';
import type { Stack } from '../../support/stack.ts';
import type { CliOptions, Ran } from '../support/run-cli.ts';
import { runCli } from '../support/run-cli.ts';

const SERVERS = path.join(__dirname, '../../../node_modules/@modelcontextprotocol');

/** Where a real MCP server is that is installed here. */
export function serverEntry(name: 'everything' | 'filesystem' | 'memory'): string {
  return path.join(SERVERS, `server-${name}`, 'dist/index.js');
}

/** The options that import from a real MCP server over standard input and output. */
export function fromServer(name: 'everything' | 'filesystem' | 'memory', ...args: string[]): string[] {
  const words = [process.execPath, serverEntry(name), ...args].map((word) => JSON.stringify(word));
  return ['--mcp-stdio', words.join(' ')];
}

/** The options that import from a server that is written in a test, and the words that belong at the end. */
export function fromScript(source: string, options: readonly string[] = []): string[] {
  return ['--mcp-stdio', process.execPath, ...options, '--', '--input-type=module', '--eval', source];
}

/** An MCP server, as small as can be: `answer` is the body of a function of `method` and `params`. */
export function scriptServer(answer: string): string {
  return `
    import { createInterface } from 'node:readline';
    import { readFileSync } from 'node:fs';
    const serverInfo = { name: 'mini', version: '1.0' };
    const answer = (method, params) => { ${answer} };
    for await (const line of createInterface({ input: process.stdin })) {
      const { id, method, params } = JSON.parse(line);
      if (id === undefined) continue;
      const hello = { protocolVersion: params.protocolVersion, capabilities: { tools: {} }, serverInfo };
      const result = method === 'initialize' ? hello : answer(method, params);
      console.log(JSON.stringify({ jsonrpc: '2.0', id, result }));
    }`;
}

/** A server whose tools stand in a file, so that they can change. */
export function serverOfFile(file: string): string {
  return scriptServer(`return { tools: JSON.parse(readFileSync(${JSON.stringify(file)}, 'utf8')) };`);
}

/** Runs `gatehouse inventory …` against a stack, with the keys of its data folder. */
export function inventory(stack: Stack, args: readonly string[], options: CliOptions = {}): Promise<Ran> {
  const env = { GATEHOUSE_URL: stack.url, GATEHOUSE_DATA: stack.dataDir, ...options.env };
  return runCli(['inventory', ...args], { cwd: stack.dataDir, ...options, env });
}
