import { randomUUID } from 'node:crypto';
import type { JsonObject } from '@gatehouse/sdk/contract';
import type { ActionRequest } from '../workflows/messages.ts';
import { digestAction } from './digest.ts';

/** What somebody who asks for an action has to say; what is left out gets a sensible value. */
export type Asked = Omit<ActionRequest, 'digest' | 'purpose' | 'requestId' | 'context'> & {
  context: JsonObject;
  purpose?: string | undefined;
  requestId?: string | undefined;
};

/** The input of an action's workflow, bound to the digest of what was asked. */
export function toActionRequest({ purpose, requestId, ...asked }: Asked): ActionRequest {
  const { type, target, context, agent } = asked;
  return {
    ...asked,
    digest: digestAction({ type, target, arguments: context, agent }),
    purpose: purpose ?? null,
    requestId: requestId ?? randomUUID(),
  };
}
