import type { BulkVerdictAnswer } from '@gatehouse/sdk/contract';
import { cardPath, SIGN_IN_PATH } from '../http/paths.ts';
import { Foreign } from './foreign.tsx';
import { Notice } from './notice.tsx';

export type BulkResult = BulkVerdictAnswer['results'][number];

/** What became of each that was ticked. */
export function BulkResults({ results }: { results: readonly BulkResult[] }) {
  const counted = results.filter((each) => each.counted).length;
  return (
    <Notice kind="bad">
      <p>
        {counted} of {results.length} counted.
      </p>
      {results.some(({ code }) => code === 'step_up_required') ? (
        <p>
          <a href={`${SIGN_IN_PATH}/again`}>Sign in again</a> for those that need it, and tick them once more.
        </p>
      ) : null}
      <ul>
        {results.map(({ approvalId, counted: didCount, status, says }) => (
          <li>
            <a href={cardPath(approvalId)}>{approvalId}</a> {didCount ? 'counted' : 'did not count'}
            {status === null ? '' : `, is ${status}`}
            {says === null ? null : (
              <>
                : <Foreign text={says} />
              </>
            )}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
