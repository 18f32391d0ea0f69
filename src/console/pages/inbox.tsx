import type { ApprovalGroup, ApprovalView } from '@gatehouse/sdk/contract';
import type { GateProblem } from '../../decide/problem.ts';
import type { InboxQuery } from '../http/inbox-query.ts';
import { INBOX_LISTINGS, INBOX_ORDERS, INBOX_VIEWS, inboxAddress, isOpenView } from '../http/inbox-query.ts';
import { BulkResults, type BulkResult } from '../parts/bulk-results.tsx';
import { Foreign } from '../parts/foreign.tsx';
import { GroupRow } from '../parts/group-row.tsx';
import { InboxRow, isTickable } from '../parts/inbox-row.tsx';
import type { Live } from '../parts/layout.tsx';
import { ForgeryField, Layout } from '../parts/layout.tsx';
import { Notice } from '../parts/notice.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { Tabs } from '../parts/tabs.tsx';
import { Writing } from '../parts/verdict-form.tsx';
import type { Visitor } from '../session/visits.ts';

/** A line of the inbox: one approval, or several open ones that are alike. */
export type InboxLine =
  { readonly kind: 'one'; readonly approval: ApprovalView } | { readonly kind: 'alike'; readonly group: ApprovalGroup };

/** A page of the inbox. */
export interface Inbox {
  lines: readonly InboxLine[];
  nextCursor: string | null;
}

/** All that the inbox shows. */
export interface InboxFacts {
  inbox: Inbox;
  query: InboxQuery;
  visitor: Visitor;
  /** Milliseconds since the epoch. */
  now: number;
  live?: Live;
  /** What the last form did, in a sentence of ours. */
  done?: string;
  problem?: GateProblem;
  /** What became of each, where not all of what was ticked counted. */
  results?: readonly BulkResult[];
}

/** What waits for people, or what became of it: a line for each, and answers for many at once. */
export function InboxPage(facts: InboxFacts) {
  const { inbox, query, visitor, now, live, done, problem, results } = facts;
  const { view, order, agent, listing, group } = query;
  const me = visitor.caller.principal;
  const canTick = isOpenView(query) && inbox.lines.some((line) => line.kind === 'one' && isTickable(line.approval, me));
  // Another view begins at its first page, and with all that it has.
  const first = { ...query, group: undefined, cursor: undefined };
  const rows = inbox.lines.map((line) =>
    line.kind === 'one' ? (
      <InboxRow approval={line.approval} now={now} canTick={canTick} me={me} />
    ) : (
      <GroupRow group={line.group} now={now} address={inboxAddress({ ...first, group: line.group.group })} />
    ),
  );
  return (
    <Layout title="Approvals" visitor={visitor} {...(live && { live })}>
      <h1>Approvals</h1>
      <Tabs
        label="View"
        names={INBOX_VIEWS}
        current={view}
        address={(each) => inboxAddress({ ...first, view: each })}
      />
      <Tabs
        label="Order"
        small
        names={INBOX_ORDERS}
        current={order}
        address={(each) => inboxAddress({ ...first, order: each })}
      />
      {isOpenView(query) && group === undefined ? (
        <Tabs
          label="Listing"
          small
          names={INBOX_LISTINGS}
          current={listing}
          address={(each) => inboxAddress({ ...first, listing: each })}
        />
      ) : null}
      {group === undefined ? null : (
        <p>
          Only those that are alike: of one agent, about the same, for the same reason.{' '}
          <a href={inboxAddress(first)}>Back to all</a>
        </p>
      )}
      {agent === undefined ? null : (
        <p>
          Only of <Foreign text={agent} />. <a href={inboxAddress({ ...first, agent: undefined })}>Of all agents</a>
        </p>
      )}
      {done === undefined ? null : <Notice kind="good">{done}</Notice>}
      {problem === undefined ? null : <ProblemNotice problem={problem} />}
      {results === undefined ? null : <BulkResults results={results} />}
      {rows.length === 0 ? <p>There is nothing here.</p> : null}
      {canTick ? (
        <form method="post" action={inboxAddress(query)}>
          <ForgeryField visitor={visitor} />
          <ul class="inbox">{rows}</ul>
          <BulkPart />
        </form>
      ) : (
        <ul class="inbox">{rows}</ul>
      )}
      {inbox.nextCursor === null ? null : (
        <p>
          <a href={inboxAddress({ ...query, cursor: inbox.nextCursor })} rel="next">
            More
          </a>
        </p>
      )}
    </Layout>
  );
}

function BulkPart() {
  return (
    <fieldset class="bulk">
      <legend>All that are ticked</legend>
      <button type="button" class="plain" id="tick-all" hidden>
        Tick all on this page
      </button>
      <Writing id="bulk-comment" name="comment" label="Comment" hint="For each of them, on record and to its agent." />
      <p class="buttons">
        <button name="verdict" value="approve" class="approve">
          Approve ticked
        </button>
        <button name="verdict" value="reject" class="reject">
          Reject ticked
        </button>
      </p>
    </fieldset>
  );
}
