import { PROBLEMS } from '@gatehouse/sdk/contract';
import type { GateProblem } from '../../decide/problem.ts';
import { Foreign } from './foreign.tsx';
import { Notice } from './notice.tsx';

/** Why something was refused, and what to do about it. */
export function ProblemNotice({ problem }: { problem: GateProblem }) {
  return (
    <Notice kind="bad">
      <p>
        <b>{PROBLEMS[problem.code].title}.</b> <Foreign text={problem.detail} />{' '}
        <a class="quiet" href={`/problems/${problem.code}`}>
          {problem.code}
        </a>
      </p>
      {problem.errors.length === 0 ? null : (
        <ul>
          {problem.errors.map(({ field, problem: wrong, fix }) => (
            <li>
              <Foreign text={field} /> {wrong}: {fix}
            </li>
          ))}
        </ul>
      )}
    </Notice>
  );
}
