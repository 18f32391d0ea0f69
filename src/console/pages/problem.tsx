import type { GateProblem } from '../../decide/problem.ts';
import { INBOX_PATH } from '../http/paths.ts';
import { Layout } from '../parts/layout.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';

/** A page in place of one that cannot be shown. */
export function ProblemPage({ problem }: { problem: GateProblem }) {
  return (
    <Layout title="Not possible">
      <h1>That did not work</h1>
      <ProblemNotice problem={problem} />
      <p>
        <a href={INBOX_PATH}>To the approvals</a>
      </p>
    </Layout>
  );
}
