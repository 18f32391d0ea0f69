import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BASELINE_DIR } from '../../decide/baseline.ts';
import { runCli } from '../support/run-cli.ts';

async function check(...args: string[]): Promise<{ output: string; exitCode: number }> {
  const { out, code } = await runCli(['policy', 'check', ...args]);
  return { output: out, exitCode: code };
}

function folder(text: string): string {
  const dir = mkdtempSync(join(tmpdir(), 'gatehouse-check-'));
  writeFileSync(join(dir, 'a.yaml'), text);
  return dir;
}

test('the baseline is sound', async () => {
  expect(await check(BASELINE_DIR)).toMatchObject({
    exitCode: 0,
    output: expect.stringContaining('sha256:') as string,
  });
  expect(JSON.parse((await check(BASELINE_DIR, '--json')).output)).toMatchObject({
    ok: true,
    names: ['baseline'],
    problems: [],
  });
});

test('a broken folder gives a line for each problem and the exit code 1', async () => {
  const dir = folder(
    'version: 1\nname: a\nrules:\n  - { id: a, effect: block }\n  - { id: a, reason: r, effect: stop }\n',
  );
  const { output, exitCode } = await check(dir);
  expect(exitCode).toBe(1);
  const places = output
    .trim()
    .split('\n')
    .map((line) => line.slice(dir.length + 1));
  expect(places).toEqual([
    expect.stringMatching(/^a\.yaml:4:5: rules\[0\]\.reason is missing \(.+\)$/),
    expect.stringMatching(/^a\.yaml:5:11: the rule id a is already used at .*a\.yaml:4 \(.+\)$/),
    expect.stringMatching(/^a\.yaml:5:33: rules\[1\]\.effect must be allow, require_approval or block \(.+\)$/),
  ]);
  expect(JSON.parse((await check(dir, '--json')).output)).toMatchObject({
    ok: false,
    problems: [{ line: 4, column: 5 }, {}, {}],
  });
});
