import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Ran } from './support/run-cli.ts';
import { dataFolderWithKeys, runCli } from './support/run-cli.ts';
import type { ScriptedGate } from './support/scripted-gate.ts';
import { ACTION_ID, APPROVAL_ID, startGate } from './support/scripted-gate.ts';

const dataDir = dataFolderWithKeys();

describe('gatehouse approvals: the verdicts', () => {
  let gate: ScriptedGate;
  const run = (args: string[], more: Parameters<typeof runCli>[1] = {}): Promise<Ran> =>
    runCli(['approvals', ...args], {
      ...more,
      env: { GATEHOUSE_URL: gate.url, GATEHOUSE_DATA: dataDir, NO_COLOR: '1' },
    });
  beforeEach(async () => {
    gate = await startGate();
  });
  afterEach(() => gate.close());

  it('are each bound to both digests of what was shown', async () => {
    const { actionDigest, policyDigest } = gate.approval;
    const bound = { actionDigest, policyDigest };
    expect((await run(['ask', APPROVAL_ID, 'Is there a backup?'])).code).toBe(0);
    expect((await run(['delegate', APPROVAL_ID, '--to', 'paul', '--comment', 'he knows it'])).code).toBe(0);
    expect((await run(['abstain', APPROVAL_ID])).code).toBe(0);
    expect((await run(['withdraw', ACTION_ID])).code).toBe(0);
    expect((await run(['override', APPROVAL_ID, '--reason', 'the shop is down'])).code).toBe(0);
    expect(gate.verdicts).toEqual([
      { verdict: 'ask', question: 'Is there a backup?', ...bound },
      { verdict: 'delegate', to: 'paul', comment: 'he knows it', ...bound },
      { verdict: 'abstain', ...bound },
      { verdict: 'withdraw', ...bound },
      { verdict: 'override', comment: 'the shop is down', ...bound },
    ]);
  });

  it('that end nothing say how far it has come', async () => {
    const { out } = await run(['abstain', APPROVAL_ID]);
    expect(out).toContain('Abstaining from what cleanup-agent wants: delete_records on production_database');
    expect(out).toContain(`${APPROVAL_ID} is still pending: owners has 0 of 1 approvals`);
  });

  it('edit: shows what changes, sends the whole arguments, and says where the action stands then', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'gatehouse-edit-')), 'arguments.json');
    writeFileSync(file, '{"table":"users","count":100,"dry":true}');
    const { out, code } = await run(['edit', APPROVAL_ID, '--arguments', `@${file}`, '--comment', 'fewer']);
    expect(code).toBe(0);
    expect(out).toContain('  changes     2\n  │ - count: 1500\n  │ + count: 100\n  │ + dry: true\n');
    expect(out).toContain('Judged again with the edited arguments, the action is held under apr_7Yk2mQ_1');
    expect(gate.verdicts).toEqual([
      expect.objectContaining({
        verdict: 'edit',
        arguments: { table: 'users', count: 100, dry: true },
        comment: 'fewer',
      }),
    ]);
  });

  it('edit: asks a person at a terminal, with the changes beside the question', async () => {
    const args = ['edit', APPROVAL_ID, '--arguments', '{"table":"users\\u202e"}'];
    const { out, code } = await run(args, { columns: 100, input: 'no\n' });
    expect(code).toBe(1);
    expect(out).toContain('│ + table: "users\\u202e"');
    expect(out).toContain('! Look closely at changes, table: bidi control U+202E.');
    expect(out).toContain('Approve it with these changes? [y/N]');
    expect(gate.verdicts).toEqual([]);
  });

  it.each([
    ['not JSON', '{'],
    ['a list', '[1]'],
    ['a file that is not there', '@none.json'],
  ])('edit: refuses %s before anything is sent', async (_what, given) => {
    const { err, code } = await run(['edit', APPROVAL_ID, '--arguments', given]);
    expect(code).toBe(2);
    expect(err).toMatch(/--arguments|none\.json/);
    expect(gate.verdicts).toEqual([]);
  });

  it('approve: adds a standing permission, by its name, uses, time and arguments', async () => {
    const options = ['--grant', 'nightly', '--uses', '20', '--within', '8h', '--same', 'table', '--yes'];
    expect((await run(['approve', APPROVAL_ID, ...options])).code).toBe(0);
    expect(gate.verdicts[0]?.grant).toEqual({
      name: 'nightly',
      uses: 20,
      withinSeconds: 28_800,
      sameArguments: ['table'],
    });
  });

  it.each([
    ['uses without a name', ['--uses', '3'], '--uses: belongs to --grant'],
    ['no number of uses', ['--grant', 'n', '--within', '1h'], '--uses: say how often'],
    ['no time', ['--grant', 'n', '--uses', '3'], '--within: say for how long'],
    ['a time that is none', ['--grant', 'n', '--uses', '3', '--within', 'soon'], '--within: say for how long'],
    ['both', ['--grant', 'n', '--uses', '3', '--within', '1h', '--any-arguments', '--same', 'a'], 'not both'],
  ])('approve: refuses a standing permission with %s', async (_what, options, says) => {
    const { err, code } = await run(['approve', APPROVAL_ID, ...options]);
    expect(code).toBe(2);
    expect(err).toContain(says);
    expect(gate.verdicts).toEqual([]);
  });

  it.each([
    ['the same one twice, also by its action', [APPROVAL_ID, ACTION_ID], 2, 'named twice'],
    ['one that is not there', [APPROVAL_ID, 'apr_none'], 1, 'not_found'],
  ])('F24 several: sends nothing where they name %s', async (_what, ids, exit, says) => {
    for (const verdict of ['approve', 'reject']) {
      const { err, code } = await run([verdict, ...ids]);
      expect(code).toBe(exit);
      expect(err).toContain(says);
    }
    expect(gate.verdicts).toEqual([]);
  });

  it('override: needs a reason', async () => {
    const { err, code } = await run(['override', APPROVAL_ID]);
    expect(code).toBe(2);
    expect(err).toContain('--reason');
    expect(gate.verdicts).toEqual([]);
  });
});
