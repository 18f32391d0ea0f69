import type { Request } from 'express';
import { z } from 'zod';
import type { ApprovalGroupOptions, ApprovalListOptions, ApprovalOrder } from '../../api/gateway.ts';
import { agentSchema, cursorSchema, groupSchema } from '../../api/parameters.ts';
import { validate } from '../../api/validate.ts';
import { INBOX_PATH } from './paths.ts';

/** The views of the inbox with what each lists, in the order of their tabs. */
const VIEWS = {
  'for you': { mine: true },
  pending: { status: 'pending' },
  approved: { status: 'approved' },
  denied: { status: 'denied' },
  expired: { status: 'expired' },
  cancelled: { status: 'cancelled' },
  'second look': { secondLook: 'missing' },
} as const satisfies Record<string, Partial<ApprovalListOptions>>;

export type InboxView = keyof typeof VIEWS;
export const INBOX_VIEWS = Object.keys(VIEWS) as [InboxView, ...InboxView[]];
export const INBOX_ORDERS = ['newest', 'oldest', 'riskiest'] as const satisfies readonly ApprovalOrder[];

/** Open questions that are alike stand as one line, or each is a line. */
export const INBOX_LISTINGS = ['alike together', 'one by one'] as const;

/** What is read on one page, and answered at once at most. */
const PAGE_SIZE = 50;

/** Which page of the inbox an address names. */
export interface InboxQuery {
  view: InboxView;
  order: ApprovalOrder;
  /** Only those of this agent. */
  agent?: string | undefined;
  listing: (typeof INBOX_LISTINGS)[number];
  /** Only the open ones of this group. */
  group?: string | undefined;
  cursor?: string | undefined;
}

const querySchema = z.object({
  view: z.enum(INBOX_VIEWS).default('for you'),
  order: z.enum(INBOX_ORDERS).default('newest'),
  agent: agentSchema.optional(),
  listing: z.enum(INBOX_LISTINGS).default('alike together'),
  group: groupSchema.optional(),
  cursor: cursorSchema.optional(),
});

/** Reads the query of an address. Throws `GateProblem` `invalid_request`. */
export function readInboxQuery(request: Request): InboxQuery {
  return validate(querySchema, { ...request.query }, 'query');
}

/** What the gateway is asked for where each question is a line. */
export function listOptionsOf(query: InboxQuery): ApprovalListOptions {
  const options: Partial<ApprovalListOptions> = VIEWS[query.view];
  return { ...options, ...pageOf(query), ...(query.group !== undefined && { group: query.group }) };
}

/** What it is asked for where those that are alike are one. */
export function groupOptionsOf(query: InboxQuery): ApprovalGroupOptions {
  return { mine: query.view === 'for you', ...pageOf(query) };
}

function pageOf({
  order,
  agent,
  cursor,
}: InboxQuery): Pick<ApprovalListOptions, 'order' | 'limit' | 'agent' | 'cursor'> {
  return {
    order,
    limit: PAGE_SIZE,
    ...(agent !== undefined && { agent }),
    ...(cursor !== undefined && { cursor }),
  };
}

/** Whether the page shows those that are alike as one line. */
export function isGrouped(query: InboxQuery): boolean {
  return isOpenView(query) && query.listing === 'alike together' && query.group === undefined;
}

/** The address of a page of the inbox; `path` where it is not the page itself. */
export function inboxAddress({ view, order, agent, listing, group, cursor }: InboxQuery, path = INBOX_PATH): string {
  const query = new URLSearchParams({
    view,
    order,
    ...(listing !== 'alike together' && { listing }),
    ...(agent !== undefined && { agent }),
    ...(group !== undefined && { group }),
    ...(cursor !== undefined && { cursor }),
  });
  return `${path}?${query.toString()}`;
}

/** Whether what the view lists can be answered. */
export function isOpenView({ view }: InboxQuery): boolean {
  return view === 'for you' || view === 'pending';
}
