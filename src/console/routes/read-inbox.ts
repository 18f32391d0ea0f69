import type { Caller, Gateway } from '../../api/gateway.ts';
import { groupOptionsOf, isGrouped, listOptionsOf, type InboxQuery } from '../http/inbox-query.ts';
import type { Inbox, InboxLine } from '../pages/inbox.tsx';

/** What the page shows that the address names. What has nothing like it is a line of its own, as it always was. */
export async function readInbox(gateway: Gateway, caller: Caller, query: InboxQuery): Promise<Inbox> {
  if (isGrouped(query)) {
    const { groups, nextCursor } = await gateway.approvalGroups(caller, groupOptionsOf(query));
    const lines = groups.map((group): InboxLine =>
      group.count === 1 ? { kind: 'one', approval: group.latest } : { kind: 'alike', group },
    );
    return { lines, nextCursor };
  }
  const { approvals, nextCursor } = await gateway.approvals(caller, listOptionsOf(query));
  return { lines: approvals.map((approval): InboxLine => ({ kind: 'one', approval })), nextCursor };
}
