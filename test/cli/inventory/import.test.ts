import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { parse } from 'yaml';
import type { Stack } from '../../support/stack.ts';
import { startStack } from '../../support/stack.ts';
import { runCli } from '../support/run-cli.ts';
import { fromScript, fromServer, inventory, scriptServer, serverEntry } from './support.ts';

const POLICY = `
version: 1
name: reads
rules:
  - { id: reads, reason: It only looks, match: { operation: read }, effect: allow }
`;

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ policy: { 'policy.yaml': POLICY }, worker: false });
}, 60_000);
afterAll(() => stack.stop());

interface Listed {
  name: string;
  rule: string | null;
  outcome: string;
  classification: { operation: string; destructive: boolean };
}

async function listed(server: string): Promise<Map<string, Listed>> {
  const { out } = await inventory(stack, ['list', '--server', server, '--limit', '500', '--json']);
  const { capabilities } = JSON.parse(out) as { capabilities: Listed[] };
  return new Map(capabilities.map((capability) => [capability.name, capability]));
}

describe('an import from real MCP servers', () => {
  it('knows what the filesystem server offers, and which rule covers it', async () => {
    const ran = await inventory(stack, ['import', ...fromServer('filesystem', stack.dataDir), '--as', 'files']);
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(ran.out).toMatch(/^files {2}14 capabilities of secure-filesystem-server /);
    const tools = await listed('files');
    expect(tools.get('read_text_file')).toMatchObject({ rule: 'reads', outcome: 'ALLOW' });
    expect(tools.get('write_file')).toMatchObject({ rule: null, classification: { operation: 'write' } });
  });

  it('knows the memory server, and proposes a policy whose tests say what it does', async () => {
    const args = ['import', ...fromServer('memory'), '--as', 'memory', '--propose', 'proposed'];
    expect(await inventory(stack, args)).toMatchObject({ code: 0 });
    const read = (name: string): unknown => parse(readFileSync(path.join(stack.dataDir, 'proposed', name), 'utf8'));
    expect(read('memory.yaml')).toMatchObject({
      rules: [
        { id: 'memory-destructive', effect: 'block', match: { target: 'memory' } },
        { id: 'memory-reads', effect: 'allow', match: { operation: 'read' } },
        { id: 'memory-changes', effect: 'require_approval' },
      ],
    });
    const { cases } = read('memory.test.yaml') as { cases: { name: string; expect: unknown }[] };
    expect(cases).toHaveLength(9);
    expect(cases.find(({ name }) => name === 'read_graph')?.expect).toEqual({
      outcome: 'ALLOW',
      rule: 'memory-reads',
    });
    expect(cases.find(({ name }) => name === 'delete_entities')?.expect).toMatchObject({ outcome: 'BLOCK' });
    const tested = await runCli(['policy', 'test', 'proposed'], { cwd: stack.dataDir });
    expect(tested).toMatchObject({ code: 0, out: expect.stringContaining('9 of 9 cases passed') });
    const before = readFileSync(path.join(stack.dataDir, 'proposed/memory.yaml'), 'utf8');
    expect(await inventory(stack, args)).toMatchObject({ code: 2, err: expect.stringContaining('is there already') });
    expect(readFileSync(path.join(stack.dataDir, 'proposed/memory.yaml'), 'utf8')).toBe(before);
  });

  describe.each([
    ['streamableHttp', 'mcp'],
    ['sse', 'sse'],
  ])('the everything server over %s', (transport, route) => {
    let server: ChildProcess;
    let port: number;
    beforeAll(async () => {
      port = await freePort();
      const env = { ...process.env, PORT: String(port) };
      server = spawn(process.execPath, [serverEntry('everything'), transport], {
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let said = '';
      while (!said.includes(String(port))) {
        const [chunk] = (await Promise.race([
          once(server.stderr as NodeJS.ReadableStream, 'data'),
          once(server.stdout as NodeJS.ReadableStream, 'data'),
        ])) as [Buffer];
        said += chunk.toString();
      }
    }, 30_000);
    afterAll(async () => {
      const ended = once(server, 'exit');
      server.kill('SIGKILL');
      await ended;
    });

    it('offers the same as over standard input and output', async () => {
      const url = `http://127.0.0.1:${port}/${route}?token=hidden`;
      const over = await inventory(stack, ['import', '--mcp-http', url, '--as', transport, '--header', 'X-Who=me']);
      expect(over).toMatchObject({ code: 0, err: '' });
      expect(over.out).not.toContain('hidden');
      await inventory(stack, ['import', ...fromServer('everything'), '--as', 'everything']);
      expect([...(await listed(transport)).keys()]).toEqual([...(await listed('everything')).keys()]);
    });
  });
});

describe('a server that does not behave', () => {
  const cases: [string, string[], RegExp][] = [
    [
      'hangs',
      fromScript('setInterval(() => undefined, 1000)', ['--timeout', '0.5']),
      /did not answer within 0.5 seconds/,
    ],
    [
      'dies',
      fromScript(`console.error('no \\u001b[31mdatabase\\u200b'); process.exit(3)`),
      /ended before it had answered[^]*no \\u001b\[31mdatabase\\u200b/,
    ],
    [
      'floods',
      fromScript(`const block = 'x'.repeat(1 << 20); for (;;) if (!process.stdout.write(block))
        await new Promise((go) => process.stdout.once('drain', go));`),
      /sent more than 10485760 bytes without an end/,
    ],
    [
      'lists for ever',
      fromScript(
        scriptServer(`return { tools: [{ name: 't' + Math.random(), inputSchema: { type: 'object' } }],
        nextCursor: String(Math.random()) };`),
      ),
      /list of tools has no end/,
    ],
    [
      'answers with something else',
      fromScript(scriptServer('return { tools: [{ description: 7 }] };')),
      /does not answer as MCP says/,
    ],
    ['is not there', ['--mcp-stdio', 'no-such-command-anywhere'], /"no-such-command-anywhere" is not there/],
    [
      'is no MCP server',
      ['--mcp-http', 'http://127.0.0.1:9/mcp'],
      /No MCP server answers at http:\/\/127\.0\.0\.1:9\/mcp/,
    ],
  ];
  it.each(cases)('%s: the error says so', async (_, args, says) => {
    const ran = await inventory(stack, ['import', ...args.slice(0, 2), '--as', 'bad', ...args.slice(2)]);
    expect(ran.err).toMatch(says);
    expect(ran.err).not.toContain('\u001b[31m');
    expect(ran).toMatchObject({ code: 1, out: '' });
    expect((await listed('bad')).size).toBe(0);
  });
});

test.each<[framework: string, tools: unknown]>([
  ['OpenAI', [{ type: 'function', function: { name: 'delete_user', parameters: { type: 'object' } } }]],
  ['Anthropic', [{ name: 'delete_user', input_schema: { type: 'object' } }]],
  ['LangChain', [{ name: 'delete_user', args_schema: { type: 'object' } }]],
  ['the AI SDK', { delete_user: { inputSchema: { jsonSchema: { type: 'object' } } } }],
])('a list of tools as %s writes it is imported from a file', async (framework, tools) => {
  const server = framework.toLowerCase().replaceAll(' ', '-');
  writeFileSync(path.join(stack.dataDir, 'tools.json'), JSON.stringify(tools));
  const ran = await inventory(stack, ['import', '--tools', 'tools.json', '--as', server]);
  expect(ran).toMatchObject({ code: 0, err: '' });
  expect((await listed(server)).get('delete_user')).toMatchObject({
    classification: { operation: 'delete', destructive: true },
  });
});

test('a diff shows what changed before what is new, and how to accept it', async () => {
  const offer = (...names: string[]): void => {
    const tools = names.map((name) => ({ name, description: `Of ${String(names.length)}`, inputSchema: {} }));
    writeFileSync(path.join(stack.dataDir, 'ordered.json'), JSON.stringify(tools));
  };
  offer('z_tool');
  await inventory(stack, ['import', '--tools', 'ordered.json', '--as', 'my server']);
  offer('z_tool', 'a_tool');
  await inventory(stack, ['import', '--tools', 'ordered.json', '--as', 'my server']);
  const { out } = await inventory(stack, ['diff', 'my server']);
  expect(out.indexOf('my server/z_tool  changed')).toBeLessThan(out.indexOf('my server/a_tool  new'));
  expect(out).toContain('1 changed, 1 new. When you have looked:\n');
  expect(out).toContain(`  gatehouse inventory accept --all-of 'my server' --reason "…"\n`);
});

test('secrets of the command line are not kept', async () => {
  const args = ['--', '--token', 's3cret', '--password=s3cret', 'postgres://me:s3cret@db/x', 'API_KEY=s3cret'];
  const source = scriptServer('return { tools: [] };');
  const ran = await inventory(stack, ['import', ...fromScript(source, ['--as', 'masked']), ...args]);
  expect(ran.code).toBe(0);
  const { body } = await stack.call('reviewer', 'GET', '/api/v1/inventory');
  expect(JSON.stringify(body)).toContain('masked');
  expect(JSON.stringify(body)).not.toContain('s3cret');
});

test('an OpenAPI document of 600 operations becomes 600 capabilities, each with its class', async () => {
  const methods = ['get', 'post', 'delete'];
  const paths = Object.fromEntries(
    Array.from({ length: 200 }, (_, at) => [
      `/things${at}/{id}`,
      {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { $ref: '#/components/schemas/Id' } }],
        ...Object.fromEntries(
          methods.map((method) => [
            method,
            { summary: `${method} a thing`, responses: { 200: { description: 'ok' } } },
          ]),
        ),
      },
    ]),
  );
  const document = {
    openapi: '3.1.0',
    info: { title: 'Things API', version: '7' },
    servers: [{ url: 'https://things.example' }],
    paths,
    components: { schemas: { Id: { type: 'string', description: 'of the thing' } } },
  };
  writeFileSync(path.join(stack.dataDir, 'things.json'), JSON.stringify(document));
  const ran = await inventory(stack, ['import', '--openapi', 'things.json', '--propose', 'proposed-things']);
  expect(ran).toMatchObject({ code: 0, err: '' });
  expect(ran.out).toMatch(/^things-api {2}600 capabilities of Things API 7 /);
  const tools = await listed('things-api');
  expect(tools.get('GET /things7/{id}')).toMatchObject({ rule: 'reads', classification: { operation: 'read' } });
  expect(tools.get('DELETE /things7/{id}')).toMatchObject({ classification: { operation: 'delete' } });
  const tested = await runCli(['policy', 'test', 'proposed-things'], { cwd: stack.dataDir });
  expect(tested).toMatchObject({ code: 0, out: expect.stringContaining('600 of 600 cases passed') });
  const shown = await inventory(stack, ['show', 'things-api/GET /things7/{id}']);
  expect(shown.out).toContain('of the thing');
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
