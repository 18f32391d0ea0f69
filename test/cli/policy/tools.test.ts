import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { loadPolicyFolder } from '../../../src/decide/policy-folder.ts';
import { ask, describeStores } from '../../support/asking.ts';
import { startStack, type Stack } from '../../support/stack.ts';
import type { Ran } from '../support/run-cli.ts';
import { runCli } from '../support/run-cli.ts';
import { DELETES, folderOf } from './support.ts';

const STRICT = DELETES.replace('effect: require_approval', 'effect: block');

describeStores('the policy tools at the command line', (store) => {
  let stack: Stack;
  let actionId: string;
  beforeAll(async () => {
    stack = await startStack({ policy: { 'a.yaml': DELETES }, store });
    for (const count of [3, 4]) await ask(stack, 'delete_records', { target: 'orders', context: { count } });
    ({ actionId } = await ask(stack, 'delete_records', { target: 'orders', context: { count: 40 } }));
    await ask(stack, 'frobnicate', { target: '\u001b[2Jorders' });
  });
  afterAll(() => stack.stop());

  const run = (args: string[], cwd = stack.dataDir, input = ''): Promise<Ran> =>
    runCli(['policy', ...args], { cwd, input, env: { GATEHOUSE_URL: stack.url, GATEHOUSE_DATA: stack.dataDir } });

  it('explains an action on record', async () => {
    const { code, out } = await run(['explain', actionId]);
    expect(code).toBe(0);
    expect(out).toContain('REQUIRE_APPROVAL  Deletes are looked at.');
    expect(out).toContain('  on record   REQUIRE_APPROVAL at ');
    expect(out).toContain('    ok  when    is true: args.count > 10\n          args.count = 40');
    expect(out).toMatch(/ALLOW +context\.count at most 10 +\(few\)/);
  });

  it('explains what is not on record, for another agent, and prints the API object with --json', async () => {
    const wanted = ['explain', 'delete_records', 'orders', '--context', '{"count":12}', '--agent', 'cleanup'];
    expect((await run(wanted)).out).toContain('  agent       cleanup');
    const json = JSON.parse((await run([...wanted, '--json'])).out) as object;
    expect(json).toMatchObject({ action: { agent: 'cleanup' }, judgement: { matchedRule: 'many' } });
  });

  it('tries the policy of a folder on what is on record', async () => {
    const dir = folderOf({ 'candidate/a.yaml': STRICT });
    const { code, out } = await run(['simulate', 'candidate'], dir);
    expect(code).toBe(0);
    expect(out).toContain('1 of 4 actions would end otherwise.');
    expect(out).toContain('2 a day become 1 (-1)');
    expect(out).toMatch(/1 +delete_records +REQUIRE_APPROVAL +many +BLOCK +many/);
    expect(out).toContain(actionId);
    expect(await run(['simulate', 'candidate', '--exit-code'], dir)).toMatchObject({ code: 1 });
    expect(await run(['simulate', stack.policyDir, '--exit-code'])).toMatchObject({ code: 0 });
  });

  it('tries it here on actions as the API shows them', async () => {
    const { out: list } = await runCli(['actions', 'list', '--json'], {
      env: { GATEHOUSE_URL: stack.url, GATEHOUSE_DATA: stack.dataDir },
    });
    const dir = folderOf({ 'candidate/a.yaml': STRICT });
    const { code, out } = await run(['simulate', 'candidate', '--input', '-', '--json'], dir, list);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ baseline: 'recorded', actions: 4, changed: 1, changes: [{ actionId }] });
  });

  it('suggests, and writes a sound proposal that it never writes over', async () => {
    const { code, out } = await run(['suggest']);
    expect(code).toBe(0);
    expect(out).toContain('No rule covers frobnicate: the default alone decided 1 time (REQUIRE_APPROVAL).');
    expect(out).not.toContain('\u001b');
    const dir = folderOf({ 'policies/a.yaml': DELETES });
    expect(await run(['suggest', '--write', 'policies'], dir)).toMatchObject({ code: 0 });
    expect(loadPolicyFolder(path.join(dir, 'policies')).ok).toBe(true);
    expect(readFileSync(path.join(dir, 'policies/proposed.yaml'), 'utf8')).toContain('mode: shadow');
    expect(await runCli(['policy', 'test', 'policies'], { cwd: dir })).toMatchObject({ code: 0 });
    const again = await run(['suggest', '--write', 'policies'], dir);
    expect(again).toMatchObject({ code: 2, err: expect.stringContaining('is not written over') as string });
  });

  it('shows versions, their texts, and rolls back with a reason', async () => {
    const [before] = /sha256:[0-9a-f]{64}/.exec((await run(['versions', '--json'])).out) ?? [];
    await stack.setPolicy('a.yaml', STRICT);
    expect((await run(['versions'])).out).toMatch(/in force +sha256:\S+ +\S+ +process:\S+ +files changed/);
    expect((await run(['show', before?.slice(7, 19) ?? ''])).out).toContain('"effect": "require_approval"');
    const refused = await run(['rollback', '--reason', 'too strict']);
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('loosens_policy') as string });
    const done = await run(['rollback', '--reason', 'too strict', '--loosens']);
    expect(done).toMatchObject({
      code: 0,
      out: expect.stringContaining(`In force: ${String(before)}, pinned.`) as string,
    });
    expect((await run(['activate', '--folder', '--reason', 'mended'])).out).toContain('from the folder');
  });
});

describe('without a gate', () => {
  const dir = folderOf({ 'policies/a.yaml': DELETES, 'candidate/a.yaml': STRICT });
  const run = (args: string[], input = ''): Promise<Ran> => runCli(['policy', ...args], { cwd: dir, input });
  const line = (count: number, more: object = {}): string =>
    JSON.stringify({ action: { type: 'delete_records', target: 'orders', context: { count } }, ...more });

  it('explains by the policy of a folder', async () => {
    const { code, out } = await run([
      'explain',
      'delete_records',
      'orders',
      '--context',
      '{"count":12}',
      '--policy',
      'policies',
    ]);
    expect(code).toBe(0);
    expect(out).toMatch(/ALLOW +context\.count at most 10 +\(few\)/);
  });

  it('compares two folders on guard requests, a line each', async () => {
    const input = `${line(3)}\n\n${line(30, { at: '2026-01-07T12:00:00Z', agent: { name: 'cleanup' } })}\n`;
    const simulated = ['simulate', 'candidate', '--input', '-', '--against', 'policies'];
    expect((await run(simulated, input)).out).toContain('1 of 2 actions would end otherwise.');
    expect((await run([...simulated, '--agent', 'cleanup'], input)).out).toContain('1 of 1 action would');
  });

  it('counts the lines that cannot be read, names them, and ends with 1', async () => {
    const { code, out, err } = await run(['simulate', 'candidate', '--input', '-'], `nope\n${line(3)}\n{}\n`);
    expect(code).toBe(1);
    expect(out).toContain('1 action tried. 2 could not be read.');
    expect(err).toMatch(/^-:1: .*JSON.*\n-:3: /);
  });

  it.each([
    ['explain', ['explain', 'delete_records'], 'Name a type and a target'],
    ['explain', ['explain', 'act_1', '--policy', 'policies'], 'is explained by its gate'],
    ['explain', ['explain', 'x', 'y', '--team', 'data'], 'belong to an agent'],
    ['explain', ['explain', 'x', 'y', '--at', 'noon', '--policy', 'policies'], 'at'],
    ['explain', ['explain', 'x', 'y', '--policy', 'nowhere'], 'the policy folder cannot be read'],
    ['simulate', ['simulate', 'candidate', '--against', 'policies'], 'Give --input'],
    ['simulate', ['simulate', 'candidate', '--input', 'nowhere.ndjson'], 'cannot be read'],
    ['simulate', ['simulate', 'candidate', '--days', '-1'], 'above 0'],
    ['activate', ['activate', '--reason', 'r'], 'Name the digest'],
  ])('%s ends with 2 for a wrong command line: %j', async (_command, args, says) => {
    const { code, err } = await run(args);
    expect(err).toContain(says);
    expect(code).toBe(2);
    expect(existsSync(path.join(dir, 'proposed.yaml'))).toBe(false);
  });
});
