import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readyFor } from '../../classify/index.ts';
import { ENGINE } from '../../decide/trial.ts';
import type { Policy } from '../../policy/index.ts';
import { formatProblem } from '../../policy/index.ts';
import type { Coverage } from '../../policy/testing/coverage.ts';
import { coverageOf } from '../../policy/testing/coverage.ts';
import { formatCoverage, formatFailure } from '../../policy/testing/format.ts';
import { readCases } from '../../policy/testing/read-cases.ts';
import type { CaseResult } from '../../policy/testing/run-cases.ts';
import { runCases } from '../../policy/testing/run-cases.ts';
import { escapeText } from '../../foreign/escape.ts';
import { EXIT } from '../exit-codes.ts';
import { runCommand } from '../run-command.ts';
import type { Terminal } from '../terminal.ts';
import { colorsFor, say } from '../terminal.ts';
import { junitReport } from './junit.ts';
import { brokenPolicy, caseFiles, loadPolicy } from './policy-files.ts';

interface TestOptions {
  json?: boolean;
  coverage?: boolean;
  minCoverage?: number;
  junit?: string;
}

const HELP = `
Cases stand in *.test.yaml beside the policy, or in its folder tests.
Exit codes: 0 every case passed; 1 a case failed, or the coverage is below --min-coverage; 2 the policy or the cases are broken.`;

/** `gatehouse policy test`: runs the cases of a policy folder with the engine that decides in earnest. */
export function addTestCommand(policy: Command, terminal: Terminal): void {
  policy
    .command('test')
    .description('run the cases that stand beside a policy')
    .argument('[dir]', 'folder of policy files', 'policies')
    .option('--coverage', 'show how often the cases hit each rule')
    .option('--min-coverage <percent>', 'fail when fewer of the rules match in some case', percent)
    .option('--junit <file>', 'write a JUnit report as well')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', HELP)
    .action((dir: string, options: TestOptions) =>
      runCommand(terminal, options, async () => {
        const loaded = loadPolicy(terminal, dir);
        const results = await run(terminal, dir, loaded);
        const coverage = coverageOf(
          loaded,
          results.map((result) => result.judgement),
        );
        if (options.junit !== undefined) writeFileSync(resolve(terminal.cwd, options.junit), junitReport(dir, results));
        if (options.json === true)
          say(terminal, JSON.stringify({ policyDigest: loaded.digest, results, coverage }, null, 2));
        else print(terminal, results, coverage, options);
        const covered = coverage.percent >= (options.minCoverage ?? 0);
        return covered && results.every((result) => result.passed) ? EXIT.done : EXIT.other;
      }),
    );
}

async function run(terminal: Terminal, dir: string, policy: Policy): Promise<CaseResult[]> {
  const files = caseFiles(terminal, dir);
  if (files.length === 0) {
    throw brokenPolicy([`${dir}: there are no cases here (add a file such as ${dir}/first.test.yaml)`]);
  }
  const read = readCases(files, policy);
  if (!read.ok) throw brokenPolicy(read.problems.map(formatProblem));
  for (const { action, earlier } of read.cases) {
    for (const each of [action, ...earlier]) await readyFor(each);
  }
  return runCases(read.cases, policy, ENGINE);
}

function print(terminal: Terminal, results: readonly CaseResult[], coverage: Coverage, options: TestOptions): void {
  const { red, green } = colorsFor(terminal);
  const failed = results.filter((result) => !result.passed);
  for (const result of failed) {
    for (const line of formatFailure(result)) say(terminal, escapeText(line).replace(/^FAIL/, red('FAIL')));
    say(terminal, '');
  }
  if (options.coverage === true) for (const line of formatCoverage(coverage)) say(terminal, escapeText(line));
  if (options.minCoverage !== undefined && coverage.percent < options.minCoverage) {
    const { hit, total, percent: reached } = coverage;
    const wanted = `${String(options.minCoverage)} % are wanted`;
    say(terminal, red(`The cases hit ${String(hit)} of ${String(total)} rules, ${String(reached)} %; ${wanted}.`));
  }
  const passed = results.length - failed.length;
  const sum = `${String(passed)} of ${String(results.length)} cases passed.`;
  say(terminal, failed.length === 0 ? green(sum) : red(sum));
}

function percent(text: string): number {
  if (/^\d{1,3}$/.test(text) && Number(text) <= 100) return Number(text);
  throw new InvalidArgumentError('give a whole number from 0 to 100.');
}
