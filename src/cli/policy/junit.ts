import junit from 'junit-report-builder';
import type { Builder } from 'junit-report-builder';
import { formatFailure } from '../../policy/testing/format.ts';
import type { CaseResult } from '../../policy/testing/run-cases.ts';

// The package's types describe a default export inside of the module; the module itself is the builder.
const builder = junit as unknown as Builder;

/** The results of a test run in the JUnit format that CI servers read: one suite a file, one test case a case. */
export function junitReport(name: string, results: readonly CaseResult[]): string {
  const report = builder.newBuilder().name(`gatehouse policy test ${name}`);
  for (const file of new Set(results.map((result) => result.file))) {
    const suite = report.testSuite().name(file);
    for (const result of results.filter((each) => each.file === file)) {
      const test = suite
        .testCase()
        .className(file)
        .name(result.name)
        .file(`${file}:${String(result.line)}`);
      if (result.passed) continue;
      const [first] = result.mismatches;
      const message = first === undefined ? 'failed' : `${first.what}: expected ${first.expected}, got ${first.actual}`;
      test.failure(message, 'mismatch').stacktrace(formatFailure(result).slice(1).join('\n'));
    }
  }
  return report.build();
}
