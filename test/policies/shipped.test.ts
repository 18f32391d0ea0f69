import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readyFor } from '../../src/classify/index.ts';
import { caseFiles, loadPolicy } from '../../src/cli/policy/policy-files.ts';
import { processTerminal } from '../../src/cli/terminal.ts';
import { ENGINE } from '../../src/decide/trial.ts';
import type { Rule } from '../../src/policy/index.ts';
import { formatProblem, formatWarning } from '../../src/policy/index.ts';
import { loadPolicyFolder } from '../../src/decide/policy-folder.ts';
import { coverageOf } from '../../src/policy/testing/coverage.ts';
import { formatFailure } from '../../src/policy/testing/format.ts';
import { readCases } from '../../src/policy/testing/read-cases.ts';
import { runCases } from '../../src/policy/testing/run-cases.ts';
import { folderOf } from '../cli/policy/support.ts';
import { BASELINE_DIR } from '../decide/baseline.ts';

const EXAMPLES = join(BASELINE_DIR, 'examples');
const terminal = processTerminal();
const packs = readdirSync(join(BASELINE_DIR, 'packs')).map((file) => file.replace('.yaml', ''));
const folders = [
  ['the baseline', BASELINE_DIR] as const,
  ...readdirSync(EXAMPLES).map((name) => [name, join(EXAMPLES, name)] as const),
];

test('every pack has an example with cases', () => {
  expect(readdirSync(EXAMPLES)).toEqual(expect.arrayContaining(packs));
});

describe.each(folders)('%s', (_name, folder) => {
  it('is sound, and nothing in it is hardly meant', () => {
    const loaded = loadPolicyFolder(folder);
    expect(loaded.ok ? loaded.warnings.map(formatWarning) : loaded.problems.map(formatProblem)).toEqual([]);
  });

  it('passes its cases, which hit each of its rules and see each of its rules decide', async () => {
    const policy = loadPolicy(terminal, folder);
    const read = readCases(caseFiles(terminal, folder), policy);
    if (!read.ok) throw new Error(read.problems.map(formatProblem).join('\n'));
    for (const { action, earlier } of read.cases) for (const each of [action, ...earlier]) await readyFor(each);
    const results = runCases(read.cases, policy, ENGINE);
    expect(results.filter(({ passed }) => !passed).flatMap((result) => formatFailure(result))).toEqual([]);
    const judgements = results.map(({ judgement }) => judgement);
    const idle = coverageOf(policy, judgements).rules.filter(({ decisive }) => decisive === 0);
    expect(idle.map(({ id }) => id)).toEqual([]);
  });
});

test.each(packs)('every rule of the pack %s that blocks or asks tells the agent what it can do', (name) => {
  const { rules } = loadPolicy(terminal, join(EXAMPLES, name));
  const silent = rules.filter(({ effect, advice }) => effect !== 'allow' && advice === null);
  expect(silent.map(({ id }) => id)).toEqual([]);
});

test('the pack of the baseline decides as the baseline does, while nobody sets its parameters', () => {
  const baseline = loadPolicy(terminal, BASELINE_DIR);
  const dir = folderOf({
    'a.yaml': `version: 1\nname: a\ndefaults: { unmatched: require_approval, riskThresholds: { requireApproval: 70 } }\nuse: [{ pack: baseline }]\n`,
  });
  const pack = loadPolicy(terminal, dir);
  const essence = ({ id, effect, mode, source: { match, when, approval }, params }: Rule): unknown => ({
    ...{ id: id.replace('baseline/', ''), effect, mode, match, approval },
    when: when?.replace(/params\.(\w+)/g, (_, name: string) => JSON.stringify(params?.[name])).replaceAll(',', ', '),
  });
  const written = baseline.rules.map(essence).map((rule) => JSON.stringify(rule).replaceAll(',  ', ', '));
  expect(pack.rules.map(essence).map((rule) => JSON.stringify(rule).replaceAll(',  ', ', '))).toEqual(written);
  expect(pack.defaults).toEqual(baseline.defaults);
});
