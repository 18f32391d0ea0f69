import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { classificationSchema } from '@gatehouse/sdk/contract';
import { Command } from 'commander';
import { addClassifyCommand } from '../../src/cli/classify.ts';

afterEach(() => (process.exitCode = undefined));

async function classify(lines: string[]) {
  const [input, output, errors] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const program = new Command();
  addClassifyCommand(program, { input, output, errors });
  const answers = text(output);
  input.end(lines.map((line) => `${line}\n`).join(''));
  await program.parseAsync(['classify'], { from: 'user' });
  output.end();
  const written = (await answers).split('\n').filter(Boolean);
  return {
    answers: written.map((line) => JSON.parse(line) as Record<string, unknown>),
    exitCode: process.exitCode ?? 0,
  };
}

const request = (type: string, target: string, context = {}): string =>
  JSON.stringify({ action: { type, target, context } });

test('one classification a line, in order, with every field', async () => {
  const { answers, exitCode } = await classify([
    request('get_user', 'crm'),
    '',
    request('http_request', 'api', { method: 'DELETE', url: 'https://api.example.com/users/5' }),
    request('send_email', 'mail', { to: 'joe@example.com', body: 'hello' }),
  ]);
  expect(answers).toMatchObject([
    { operation: 'read', destructive: false },
    { operation: 'delete', destructive: true, targetKind: 'api', external: true, reversible: false },
    { operation: 'write', targetKind: 'messaging' },
  ]);
  for (const answer of answers) expect(Object.keys(answer)).toEqual(Object.keys(classificationSchema.shape));
  expect(exitCode).toBe(0);
});

test('what nothing explains is printed as an execution of low confidence that says so', async () => {
  const { answers } = await classify([request('frobnicate', 'thing')]);
  expect(answers).toMatchObject([
    {
      operation: 'execute',
      confidence: 'low',
      evidence: [{ says: expect.stringContaining('nothing tells what it does') }],
    },
  ]);
});

test('a malformed line is the worst that it could be and names every field, and the exit code is 1', async () => {
  const { answers, exitCode } = await classify(['{"nope":1}', '{', request('get_user', 'crm')]);
  expect(answers).toMatchObject([
    {
      operation: 'execute',
      destructive: true,
      error: { code: 'invalid_request', errors: [{ field: '/action' }, { field: '/nope' }] },
    },
    { operation: 'execute', destructive: true, error: { code: 'invalid_json', line: 2 } },
    { operation: 'read' },
  ]);
  expect(exitCode).toBe(1);
});
