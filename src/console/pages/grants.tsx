import type { GrantList, GrantView } from '@gatehouse/sdk/contract';
import type { GateProblem } from '../../decide/problem.ts';
import { cardPath, GRANTS_PATH } from '../http/paths.ts';
import { Moment } from '../parts/facts.tsx';
import { Foreign, ForeignJson } from '../parts/foreign.tsx';
import { ForgeryField, Layout } from '../parts/layout.tsx';
import { Notice } from '../parts/notice.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { Tabs } from '../parts/tabs.tsx';
import { Folded, Writing } from '../parts/verdict-form.tsx';
import type { Visitor } from '../session/visits.ts';

/** All that the page of standing permissions shows. */
export interface GrantsFacts {
  list: GrantList;
  /** Those that can still be used, or those that cannot. */
  isLive: boolean;
  visitor: Visitor;
  /** Milliseconds since the epoch. */
  now: number;
  /** What the last form did, in a sentence of ours. */
  done?: string;
  problem?: GateProblem;
}

/** What agents may do without being asked, who said so, and taking it back. */
export function GrantsPage({ list, isLive, visitor, now, done, problem }: GrantsFacts) {
  const current = isLive ? 'in use' : 'over';
  return (
    <Layout title="Permissions" visitor={visitor}>
      <h1>Standing permissions</h1>
      <Tabs label="View" names={['in use', 'over']} current={current} address={(name) => address(name === 'in use')} />
      {done === undefined ? null : <Notice kind="good">{done}</Notice>}
      {problem === undefined ? null : <ProblemNotice problem={problem} />}
      {list.grants.length === 0 ? <p>There is nothing here.</p> : null}
      <ul class="inbox">
        {list.grants.map((grant) => (
          <GrantRow grant={grant} visitor={visitor} now={now} />
        ))}
      </ul>
      {list.nextCursor === null ? null : (
        <p>
          <a href={`${address(isLive)}&cursor=${encodeURIComponent(list.nextCursor)}`} rel="next">
            More
          </a>
        </p>
      )}
    </Layout>
  );
}

function GrantRow({ grant, visitor, now }: { grant: GrantView; visitor: Visitor; now: number }) {
  const { grantId, name, agent, type, target, arguments: args, exact, uses, used, live } = grant;
  return (
    <li class="inbox-row">
      <div>
        <p class="what">
          <Foreign text={name} />
        </p>
        <p>
          <Foreign text={agent} /> may do <Foreign text={type} /> on <Foreign text={target} />, with{' '}
          {exact ? 'exactly' : 'at least'} <ForeignJson value={args} />
        </p>
        <p class="quiet">
          used {used} of {uses} · {live ? 'ends' : 'ended'} <Moment iso={grant.expiresAt} now={now} brief /> · given by{' '}
          <Foreign text={grant.givenBy} /> <Moment iso={grant.givenAt} now={now} brief /> with{' '}
          <a href={cardPath(grant.approvalId)}>this approval</a>
          {grant.revokedBy === null ? null : (
            <>
              {' '}
              · taken back by <Foreign text={grant.revokedBy} />
            </>
          )}
        </p>
        {live ? (
          <Folded title="Take it back" open={false}>
            <form method="post" action={`${GRANTS_PATH}/${encodeURIComponent(grantId)}/revoke`}>
              <ForgeryField visitor={visitor} />
              <Writing id={`reason-${grantId}`} name="reason" label="Why" hint="It goes on record." required />
              <p class="buttons">
                <button class="reject">Take it back</button>
              </p>
            </form>
          </Folded>
        ) : null}
      </div>
    </li>
  );
}

function address(isLive: boolean): string {
  return `${GRANTS_PATH}?live=${String(isLive)}`;
}
