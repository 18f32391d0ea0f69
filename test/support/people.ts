import type { ApprovalView, GuardAnswer, VerdictRequest, VerdictWord } from '@gatehouse/sdk/contract';
import type { Role } from '../../src/access/roles.ts';
import { createKey } from '../../src/store/keys.ts';
import type { Reply, Stack } from './stack.ts';

/** What a verdict is about: the answer of the gate, or the approval as somebody read it. */
export type Asked = Pick<GuardAnswer, 'approvalId' | 'actionDigest'> & Partial<Pick<ApprovalView, 'policyDigest'>>;

/** Somebody with a key of their own. */
export interface Person {
  name: string;
  call(method: string, path: string, body?: unknown): Promise<Reply>;
  /** Gives a verdict, and resolves with whatever the gate answers. */
  says(verdict: VerdictWord, asked: Asked, more?: Partial<VerdictRequest>): Promise<Reply>;
  /** Reads the approval as it is now. */
  reads(approvalId: string | null): Promise<ApprovalView>;
}

/** Makes somebody known to the gate. */
export async function person(
  stack: Stack,
  name: string,
  { role = 'reviewer', groups }: { role?: Role; groups?: string[] } = {},
): Promise<Person> {
  const token = await createKey(stack.core.store, role, name, groups === undefined ? {} : { groups });
  const call = async (method: string, route: string, body?: unknown): Promise<Reply> => {
    const response = await fetch(`${stack.url}${route}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const { status, headers } = response;
    return { status, headers, body: JSON.parse(await response.text()) as Reply['body'] };
  };
  return {
    name,
    call,
    says: (verdict, { approvalId, actionDigest, policyDigest }, more = {}) =>
      call('POST', `/api/v1/approvals/${approvalId ?? ''}/verdict`, { verdict, actionDigest, policyDigest, ...more }),
    reads: async (approvalId) => {
      const { body } = await call('GET', `/api/v1/approvals/${approvalId ?? ''}`);
      return body as unknown as ApprovalView;
    },
  };
}
