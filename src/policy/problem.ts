/** One thing that is wrong in a policy file, where it is, and how to mend it. */
export interface PolicyProblem {
  file: string;
  /** From 1; 1 where the problem is the file as a whole. */
  line: number;
  column: number;
  message: string;
  fix: string;
}

/** `file:line:col: message (fix)`, as compilers and editors write it. */
export function formatProblem(problem: PolicyProblem): string {
  return `${problem.file}:${problem.line}:${problem.column}: ${problem.message} (${problem.fix})`;
}

/** The same for what is sound but hardly meant. */
export function formatWarning(problem: PolicyProblem): string {
  return `${problem.file}:${problem.line}:${problem.column}: warning: ${problem.message} (${problem.fix})`;
}

/** The order in which problems are reported: by file, then by place, then by text. */
export function compareProblems(a: PolicyProblem, b: PolicyProblem): number {
  return comparePlaces(a, b) || compare(a.message, b.message) || compare(a.fix, b.fix);
}

type At = Pick<PolicyProblem, 'file' | 'line' | 'column'>;

/** By file, then by place in it. */
export function comparePlaces(a: At, b: At): number {
  return compare(a.file, b.file) || a.line - b.line || a.column - b.column;
}

/** Plain code-unit order, the same on every machine. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
