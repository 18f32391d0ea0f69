import type { ActionView, ApprovalView, GuardAnswer, JsonObject } from '@gatehouse/sdk/contract';
import { isFinal } from '@gatehouse/sdk/contract';
import { describeWithPostgres } from './postgres.ts';
import type { Reply, Stack } from './stack.ts';

/** The suite once over each store. PostgreSQL is left out where it is not installed. */
export function describeStores(title: string, suite: (store: 'sqlite' | 'postgres') => void): void {
  describe(`${title} (sqlite)`, () => suite('sqlite'));
  describeWithPostgres(`${title} (postgres)`, () => suite('postgres'));
}

export interface Asking {
  target?: string;
  context?: JsonObject;
  key?: string;
  /** Other fields of the body, e.g. `claim` or `leaseSeconds`. */
  more?: JsonObject;
}

/** Asks the gate as a plain client, and resolves with whatever it answers. */
export function askFor(stack: Stack, type: string, asking: Asking = {}): Promise<Reply> {
  const { target = 'anything', context = {}, key, more = {} } = asking;
  const headers: Record<string, string> = key === undefined ? {} : { 'idempotency-key': key };
  return stack.call('agent', 'POST', '/api/v1/guard', { action: { type, target, context }, ...more }, headers);
}

/** The same, where an answer is expected. */
export async function ask(stack: Stack, type: string, asking: Asking = {}): Promise<GuardAnswer> {
  const { status, body } = await askFor(stack, type, asking);
  if (status >= 300) throw new Error(`The gate answered ${String(status)}: ${JSON.stringify(body)}`);
  return body as unknown as GuardAnswer;
}

/** Gives a verdict over HTTP. */
export function giveVerdict(
  stack: Stack,
  answer: Pick<GuardAnswer, 'approvalId' | 'actionDigest'>,
  verdict: 'approve' | 'reject' | 'abstain' | 'withdraw',
  as: { role?: 'agent' | 'reviewer' | 'admin'; comment?: string } = {},
): Promise<Reply> {
  const { approvalId, actionDigest } = answer;
  const { role = 'reviewer', comment } = as;
  const body = { verdict, actionDigest, ...(comment === undefined ? {} : { comment }) };
  return stack.call(role, 'POST', `/api/v1/approvals/${approvalId ?? ''}/verdict`, body);
}

/** The approval as its reviewers see it, after waiting while it is pending. */
export async function approvalOf(stack: Stack, approvalId: string | null, waitSeconds = 20): Promise<ApprovalView> {
  const { body } = await stack.call('reviewer', 'GET', `/api/v1/approvals/${approvalId ?? ''}?wait=${waitSeconds}`);
  return body as unknown as ApprovalView;
}

/** The action as it is on record, with its timeline. */
export async function record(stack: Stack, actionId: string, waitSeconds = 0): Promise<ActionView> {
  const { body } = await stack.call('admin', 'GET', `/api/v1/actions/${actionId}?wait=${waitSeconds}`);
  return body as unknown as ActionView;
}

/** The action on record as soon as it is as wanted. */
export async function recordUntil(
  stack: Stack,
  actionId: string,
  wanted: (action: ActionView) => boolean,
): Promise<ActionView> {
  for (;;) {
    const action = await record(stack, actionId, 1);
    if (wanted(action)) return action;
  }
}

/** The action once it is over. */
export async function ended(stack: Stack, actionId: string): Promise<ActionView> {
  const seen = await record(stack, actionId, 25);
  if (!isFinal(seen.status)) throw new Error(`Action ${actionId} is still ${seen.status}`);
  return seen;
}

/** The kinds of the entries in an action's timeline, in order. */
export function kinds(action: ActionView): string[] {
  return (action.timeline ?? []).map(({ kind }) => kind);
}

/** Entries of one kind, as data. */
export function entries(action: ActionView, kind: string): { actor: string; data: JsonObject }[] {
  return (action.timeline ?? []).filter((entry) => entry.kind === kind).map(({ actor, data }) => ({ actor, data }));
}

/** Reports how a claimed action ended. */
export function report(stack: Stack, answer: GuardAnswer, status: 'succeeded' | 'failed'): Promise<Reply> {
  const { actionId, permit } = answer;
  return stack.call('agent', 'POST', `/api/v1/actions/${actionId}/outcome`, { claimId: permit?.claimId, status });
}

/** What a promise was rejected with. Fails when it was not. */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value) => {
      throw new Error(`It was expected to fail, and gave ${JSON.stringify(value)}`);
    },
    (error: unknown) => error,
  );
}
