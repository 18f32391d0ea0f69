import type { ApprovalBackground } from '@gatehouse/sdk/contract';
import { Badge, Moment, Section } from './facts.tsx';
import { Foreign } from './foreign.tsx';

interface BackgroundProps {
  background: ApprovalBackground;
  /** The session of the action; null where it belongs to none. */
  sessionName: string | null;
  now: number;
}

/** What helps to decide beside the call itself: the session's last actions, and how others like it ended. */
export function BackgroundPart({ background, sessionName, now }: BackgroundProps) {
  const { session, similar } = background;
  return (
    <Section id="background" title="Background">
      <h3>What the session did before</h3>
      {session.length === 0 ? (
        <p class="quiet">{sessionName === null ? 'The action belongs to no session.' : 'Nothing that is on record.'}</p>
      ) : null}
      <ul class="rows">
        {session.map(({ at, type, target, status }) => (
          <li>
            <Badge word={status} /> <Foreign text={type} /> on <Foreign text={target} /> <Moment iso={at} now={now} />
          </li>
        ))}
      </ul>
      <h3>Others like it</h3>
      {similar.length === 0 ? <p class="quiet">Nobody was asked about one before.</p> : null}
      <ul class="rows">
        {similar.map(({ approvalId, at, agent, target, status, resolvedBy, comment, actionStatus, sameArguments }) => (
          <li>
            <Badge word={status} />{' '}
            <a href={`/console/approvals/${encodeURIComponent(approvalId)}`}>
              on <Foreign text={target} />
            </a>
            , for <Foreign text={agent} />
            {resolvedBy === null ? null : (
              <>
                , by <Foreign text={resolvedBy} />
              </>
            )}
            ; then {actionStatus}
            {sameArguments ? '; with the very same arguments' : ''}. <Moment iso={at} now={now} />
            {comment === null ? null : (
              <>
                {' '}
                “<Foreign text={comment} />”
              </>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
