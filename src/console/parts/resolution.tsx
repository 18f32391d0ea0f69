import type { ActionView, ApprovalView } from '@gatehouse/sdk/contract';
import { cardPath } from '../http/paths.ts';
import type { Visitor } from '../session/visits.ts';
import { Badge, Fact, Facts, Moment, Section } from './facts.tsx';
import { Foreign, ForeignLines } from './foreign.tsx';
import { ForgeryField } from './layout.tsx';
import { Notice } from './notice.tsx';
import { Writing } from './verdict-form.tsx';

interface Props {
  approval: ApprovalView;
  action: ActionView;
  visitor: Visitor;
  now: number;
}

/** What became of the question, and of the action. */
export function ResolutionPart(props: Props) {
  const { approval, action, now } = props;
  const { status, resolvedBy, resolvedAt, comment, unsigned } = approval;
  if (status === 'pending') return null;
  const next = action.approvalId;
  return (
    <Section id="result" title="What became of it">
      <Facts>
        <Fact label="Answer">
          <Badge word={status} />{' '}
          {resolvedBy === null ? (
            'by nobody: its time was over'
          ) : (
            <>
              by <Foreign text={resolvedBy} />
            </>
          )}{' '}
          {resolvedAt === null ? null : <Moment iso={resolvedAt} now={now} />}
          {unsigned ? ' · unsigned: it came by a Temporal signal' : ''}
        </Fact>
        {comment === null ? null : (
          <Fact label="Comment">
            <Foreign text={comment} />
          </Fact>
        )}
        <Fact label="Action">
          <Badge word={action.status} />{' '}
          {action.settlement?.reason == null ? null : <Foreign text={action.settlement.reason} />}
        </Fact>
        {action.settlement?.error == null ? null : (
          <Fact label="Error">
            <Foreign text={action.settlement.error} />
          </Fact>
        )}
      </Facts>
      {action.settlement?.result === undefined ? null : (
        <ForeignLines value={action.settlement.result} label="Result" />
      )}
      {next === null || next === approval.approvalId ? null : (
        <p>
          It was asked about again: <a href={cardPath(next)}>{next}</a>
        </p>
      )}
      <SecondLookPart {...props} />
    </Section>
  );
}

/** After break-glass: who has looked at it since, or the form for whoever does. */
function SecondLookPart({ approval, visitor, now }: Props) {
  const { breakGlass, secondLook, resolvedBy, agent } = approval;
  if (!breakGlass) return null;
  const me = visitor.caller.principal;
  if (secondLook !== null) {
    return (
      <p>
        <Foreign text={secondLook.by} /> had a second look. <Moment iso={secondLook.at} now={now} />{' '}
        {secondLook.comment === null ? null : <Foreign text={secondLook.comment} />}
      </p>
    );
  }
  if (me === resolvedBy || me === agent) {
    return <Notice kind="look">It waits for a second look by somebody else.</Notice>;
  }
  return (
    <form method="post" action={`${cardPath(approval.approvalId)}/second-look`}>
      <h3>Second look</h3>
      <ForgeryField visitor={visitor} />
      <Writing id="look-comment" name="comment" label="What you make of it" hint="It goes on record." />
      <p class="buttons">
        <button class="approve">I have looked at it</button>
      </p>
    </form>
  );
}
