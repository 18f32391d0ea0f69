import type { ApprovalView } from '@gatehouse/sdk/contract';
import { cautionsOf, escapeJson, escapeText, piecesOf, piecesOfJson } from '../../foreign/escape.ts';
import { tickOf } from '../http/ticks.ts';
import { cardPath } from '../http/paths.ts';
import { Badge, Moment } from './facts.tsx';
import { Foreign, ForeignJson } from './foreign.tsx';

/** Arguments up to this many characters are read in a line; who answers more at once has them before their eyes, whole. */
const READABLE = 600;

interface RowProps {
  approval: ApprovalView;
  now: number;
  canTick: boolean;
  /** Who looks at it. */
  me: string;
}

/** One approval in a list. It can be ticked only where all that is asked stands in the row and nothing in it hides or poses. */
export function InboxRow({ approval, now, canTick, me }: RowProps) {
  const { approvalId, agent, type, target, arguments: args, status, severity, riskScore, terms, progress } = approval;
  const { isShort, isOdd } = readingOf(approval);
  const id = `tick-${approvalId}`;
  return (
    <li class="inbox-row">
      {canTick && isTickable(approval, me) ? (
        <input
          type="checkbox"
          id={id}
          name="tick"
          value={tickOf(approval)}
          autocomplete="off"
          aria-label={`Tick ${escapeText(`${type} on ${target}`)}, ${approvalId}`}
        />
      ) : null}
      <div>
        <p class="what">
          <a href={cardPath(approvalId)}>
            <Foreign text={type} /> on <Foreign text={target} />
          </a>{' '}
          {status === 'pending' ? null : <Badge word={status} />} <Badge word={severity} />{' '}
          <span class="quiet">risk {riskScore}</span>
        </p>
        <p class="arguments">
          {isShort ? (
            <ForeignJson value={args} />
          ) : (
            <span class="quiet">Long arguments: open it to read and answer them.</span>
          )}
        </p>
        {isOdd ? <p class="caution">Something in it hides or poses: open it to look closely.</p> : null}
        <p class="quiet">
          <Foreign text={agent} /> · asked <Moment iso={approval.requestedAt} now={now} brief />
          {status !== 'pending' ? (
            <>
              {' '}
              · by <Foreign text={approval.resolvedBy ?? 'nobody'} />
            </>
          ) : (
            <>
              {' '}
              · {terms.stages.length > 1 ? <Foreign text={`${progress.stage} `} /> : ''}
              {progress.approvals} of {progress.quorum}
              {approval.expiresAt === null ? null : (
                <>
                  {' '}
                  · expires <Moment iso={approval.expiresAt} now={now} brief />
                </>
              )}
            </>
          )}
          {approval.breakGlass ? (
            <b> · break-glass{approval.secondLook === null ? ', waits for a second look' : ''}</b>
          ) : null}
        </p>
      </div>
    </li>
  );
}

/** Whether a row of it can be ticked by this person. */
export function isTickable(approval: ApprovalView, me: string): boolean {
  const { isShort, isOdd } = readingOf(approval);
  return isShort && !isOdd && approval.agent !== me && !approval.terms.barred.includes(me);
}

function readingOf({ agent, type, target, arguments: args }: ApprovalView): { isShort: boolean; isOdd: boolean } {
  const pieces = [...[agent, type, target].flatMap((text) => piecesOf(text)), ...piecesOfJson(args)];
  return { isShort: escapeJson(args).length <= READABLE, isOdd: cautionsOf(pieces).length > 0 };
}
