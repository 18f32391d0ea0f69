import type { BulkVerdictAnswer } from '@gatehouse/sdk/contract';
import { cardPath } from '../http/paths.ts';
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
