import type { ApprovalGroup } from '@gatehouse/sdk/contract';
import { Badge, Moment } from './facts.tsx';
import { Foreign } from './foreign.tsx';

interface RowProps {
  group: ApprovalGroup;
  now: number;
  /** Where its members are. */
  address: string;
}

/**
 * Several open questions that are alike, as one line. There is nothing to tick in it: who answers them has read them, one
 * by one.
 */
export function GroupRow({ group, now, address }: RowProps) {
  const { agent, type, target, count, severity, riskScore, oldest, newest, latest } = group;
  return (
    <li class="inbox-row">
      <div>
        <p class="what">
          <a href={address}>
            <b>{count} like this:</b> <Foreign text={type} /> on <Foreign text={target} />
          </a>{' '}
          <Badge word={severity} /> <span class="quiet">risk up to {riskScore}</span>
        </p>
        <p>
          <Foreign text={latest.reason} />
        </p>
        <p class="quiet">
          <Foreign text={agent} /> · asked first <Moment iso={oldest} now={now} brief />, last{' '}
          <Moment iso={newest} now={now} brief />
        </p>
      </div>
    </li>
  );
}
