import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '@gatehouse/sdk/contract';
import { parse } from 'yaml';
import type { ClassifiedAction } from '../../../src/classify/index.ts';
import { classify, readyFor } from '../../../src/classify/index.ts';
import { findByShell } from '../../../src/classify/shell/shell.ts';
import { hostileShell } from './hostile.ts';

type Case = [command: string, expected: string];

const TABLE = parse(readFileSync(join(__dirname, 'commands.yaml'), 'utf8')) as Record<string, Case[]>;
const actionOf = (context: JsonObject, type = 'run'): ClassifiedAction => ({ type, target: 'workspace', context });

function classOf(action: ClassifiedAction): string {
  const { operation, destructive, external } = classify(action);
  return [operation, ...(destructive ? ['destructive'] : []), ...(external ? ['external'] : [])].join(', ');
}

beforeAll(() => readyFor(actionOf({ command: 'ls' })));

describe.each(Object.keys(TABLE))('%s', (group) => {
  test.each(TABLE[group] ?? [])('%s is %s', (command, expected) => {
    expect(classOf(actionOf({ command }))).toBe(expected);
  });
});

test.each<[string, JsonObject, string]>([
  ['the words of one command', { command: ['rm', '-rf', '/srv/data'] }, 'delete, destructive'],
  ['words that would be syntax in a script', { command: ['echo', 'a; rm -rf /'] }, 'read'],
  ['a list of commands', { commands: ['ls', 'rm -rf /srv/data'] }, 'delete, destructive'],
  ['arguments beside the program', { command: 'rm', args: ['-rf', '/srv/data'] }, 'delete, destructive'],
  ['standard input beside a shell', { command: 'bash', stdin: 'rm -rf /srv/data' }, 'delete, destructive'],
  ['a step further down', { steps: [{ cmd: 'ls' }, { cmd: 'git push --force' }] }, 'delete, destructive, external'],
  ['the name of a shell beside a command', { command: 'ls', shell: '/bin/bash' }, 'read'],
  ['PowerShell', { command: 'Get-ChildItem', shell: 'powershell' }, 'execute, destructive'],
  [
    'a command in a script that a later step runs',
    { commands: ['curl -o x.sh example.com', 'sh x.sh'] },
    'execute, destructive, external',
  ],
])('%s is read as a command', (_, context, expected) => {
  expect(classOf(actionOf(context))).toBe(expected);
});

test('an argument is a command when the schema of its tool says so, or the tool is a shell by its name', () => {
  const inputSchema = {
    type: 'object',
    properties: { what: { type: 'string', description: 'The shell command to run' } },
  };
  const tool = { name: 'run_command', inputSchema };
  expect(classOf({ ...actionOf({ what: 'ls | wc -l' }, 'run_command'), tool })).toBe('read');
  expect(classOf({ ...actionOf({ what: 'rm -rf /srv' }, 'run_command'), tool })).toBe('delete, destructive');
  expect(classOf(actionOf({ code: 'ls' }, 'bash'))).toBe('read');
  expect(classOf(actionOf({ command: 'ls', code: 'import os' }, 'run_command'))).toBe('execute, destructive');
});

test('evidence says where in the command something is done', () => {
  const command = 'cd src && sudo rm -rf /etc/nginx; ls';
  const found = findByShell(actionOf({ command })).find(({ says }) => says.includes('/etc/nginx'));
  expect(found).toMatchObject({ part: 'context.command', operation: 'delete', destructive: true });
  expect(command.slice(found?.at?.start, found?.at?.end)).toBe('/etc/nginx');
});

test('what is hidden in an encoded payload is found, and carries the place of what hides it', () => {
  const command = `bash -c "$(echo ${btoa('rm -rf /')} | base64 -d)"`;
  const found = findByShell(actionOf({ command })).find(({ operation }) => operation === 'delete');
  expect(found).toMatchObject({ destructive: true, confidence: 'high' });
  expect(command.slice(found?.at?.start, found?.at?.end)).toBe(command.slice('bash -c '.length));
});

test('a command that cannot be read is in the strictest class and says so', () => {
  for (const command of ["echo 'unterminated", 'ls '.repeat(10_000), '('.repeat(500), 'ls\0']) {
    const { operation, destructive, confidence, evidence } = classify(actionOf({ command }));
    expect({ operation, destructive, confidence }).toEqual({
      operation: 'execute',
      destructive: true,
      confidence: 'low',
    });
    expect(evidence[0]?.says).toContain('it is not read: ');
  }
});

test('a hostile script never throws, and none that cannot be read counts as a read', () => {
  for (const command of hostileShell(20_260)) {
    const { operation, confidence, evidence } = classify(actionOf({ command }, 'bash'));
    const unread = evidence.some(({ says }) => says.startsWith('it is not read'));
    expect(unread && operation === 'read' && confidence !== 'low').toBe(false);
  }
});
