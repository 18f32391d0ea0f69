import { PROBLEMS } from '@gatehouse/sdk/contract';
import type { GateProblem } from '../../decide/problem.ts';
import { SIGN_IN_PATH } from '../http/paths.ts';
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
      {problem.code === 'step_up_required' ? (
        <p>
          <a href={`${SIGN_IN_PATH}/again`}>Sign in again</a>, and come back here.
        </p>
      ) : null}
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
