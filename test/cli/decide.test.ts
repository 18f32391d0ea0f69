import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { Command } from 'commander';
import { addDecideCommand } from '../../src/cli/decide.ts';
import { digestAction } from '../../src/decide/digest.ts';
import { BASELINE_DIR } from '../decide/baseline.ts';

afterEach(() => (process.exitCode = undefined));

async function decide(lines: string[], ...args: string[]) {
  const [input, output, errors] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const program = new Command();
  addDecideCommand(program, { input, output, errors });
  const answers = text(output);
  input.end(lines.map((line) => `${line}\n`).join(''));
  await program.parseAsync(['decide', '--policy', BASELINE_DIR, ...args], { from: 'user' });
  output.end();
  errors.end();
  const written = (await answers).split('\n').filter(Boolean);
  return {
    answers: written.map((line) => JSON.parse(line) as Record<string, unknown>),
    errors: await text(errors),
    exitCode: process.exitCode ?? 0,
  };
}

const request = (type: string, target: string, context = {}, requestId?: string): string =>
  JSON.stringify({ action: { type, target, context }, requestId });

test('one decision a line, in order, with everything that a server would say of it', async () => {
  const { answers, exitCode } = await decide(
    [
      request('read_balance', 'staging_database', {}, 'mine'),
      '',
      request('drop_table', 'production_database'),
      request('delete_records', 'production_database', { table: 'users', count: 1500 }),
    ],
    '--agent',
    'tester',
  );
  expect(answers.map((answer) => [answer['decision'], answer['requestId']])).toEqual([
    ['ALLOW', 'mine'],
    ['BLOCK', 'line-3'],
    ['REQUIRE_APPROVAL', 'line-4'],
  ]);
  const names = ['reason', 'matchedRule', 'matchedRules', 'riskScore', 'severity', 'riskFactors', 'classification'];
  for (const answer of answers) expect(Object.keys(answer)).toEqual(expect.arrayContaining([...names, 'policyDigest']));
  const digested = { type: 'read_balance', target: 'staging_database', arguments: {}, agent: 'tester' };
  expect(answers[0]?.['actionDigest']).toBe(digestAction(digested));
  expect(exitCode).toBe(0);
});

test('a malformed line is a BLOCK that names every field, the others are decided, and the exit code is 1', async () => {
  const { answers, exitCode } = await decide(['{"nope":1}', '{', request('get_user', 'crm')]);
  expect(answers).toMatchObject([
    {
      decision: 'BLOCK',
      error: { code: 'invalid_request', line: 1, errors: [{ field: '/action' }, { field: '/nope' }] },
    },
    { decision: 'BLOCK', error: { code: 'invalid_json', line: 2 } },
    { decision: 'ALLOW' },
  ]);
  expect(exitCode).toBe(1);
});

test('a broken policy: every problem on standard error, no decision, exit code 2', async () => {
  const { answers, errors, exitCode } = await decide([request('get_user', 'crm')], '--policy', '/nonexistent');
  expect(answers).toEqual([]);
  expect(errors).toMatch(/^\/nonexistent:1:1: the policy folder cannot be read/);
  expect(exitCode).toBe(2);
});

test('many lines through a slow reader arrive complete and in order', async () => {
  const lines = Array.from({ length: 5000 }, (_, i) => request('get_user', 'crm', { i }, `r${i}`));
  const { answers } = await decide(lines);
  expect(answers.map((answer) => answer['requestId'])).toEqual(lines.map((_, i) => `r${i}`));
});
