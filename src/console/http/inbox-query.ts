import type { Request } from 'express';
import { z } from 'zod';
import type { ApprovalListOptions, ApprovalOrder } from '../../api/gateway.ts';
import { agentSchema, cursorSchema } from '../../api/parameters.ts';
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

/** What is read on one page, and answered at once at most. */
const PAGE_SIZE = 50;

/** Which page of the inbox an address names. */
export interface InboxQuery {
  view: InboxView;
  order: ApprovalOrder;
  /** Only those of this agent. */
  agent?: string | undefined;
  cursor?: string | undefined;
}

const querySchema = z.object({
  view: z.enum(INBOX_VIEWS).default('for you'),
  order: z.enum(INBOX_ORDERS).default('newest'),
  agent: agentSchema.optional(),
  cursor: cursorSchema.optional(),
});

/** Reads the query of an address. Throws `GateProblem` `invalid_request`. */
export function readInboxQuery(request: Request): InboxQuery {
  return validate(querySchema, { ...request.query }, 'query');
}

/** What the gateway is asked for. */
export function listOptionsOf({ view, order, agent, cursor }: InboxQuery): ApprovalListOptions {
  const options: Partial<ApprovalListOptions> = VIEWS[view];
  return {
    ...options,
    order,
    limit: PAGE_SIZE,
    ...(agent !== undefined && { agent }),
    ...(cursor !== undefined && { cursor }),
  };
}

/** The address of a page of the inbox; `path` where it is not the page itself. */
export function inboxAddress({ view, order, agent, cursor }: InboxQuery, path = INBOX_PATH): string {
  const query = new URLSearchParams({
    view,
    order,
    ...(agent !== undefined && { agent }),
    ...(cursor !== undefined && { cursor }),
  });
  return `${path}?${query.toString()}`;
}

/** Whether what the view lists can be answered. */
export function isOpenView({ view }: InboxQuery): boolean {
  return view === 'for you' || view === 'pending';
}
