import {
  ActionAlreadyDoneError,
  ActionBlockedError,
  ActionCancelledError,
  ActionExpiredError,
  ActionFailedError,
  ActionLapsedError,
  ActionRejectedError,
  ActionUnknownError,
  GateUnavailableError,
} from '@gatehouse/sdk';
import type { Standing } from '../workflows/messages.ts';

/** The error of the SDK that says how an action ended, made from what its workflow returned. */
export function errorOf(actionId: string, end: Standing): Error {
  const facts = { actionId, approvalId: end.approval?.approvalId ?? null, reason: end.reason };
  switch (end.status) {
    case 'blocked':
      return new ActionBlockedError({ ...end, ...facts, matchedRule: null, matchedRules: [], riskFactors: [] });
    case 'rejected':
      return new ActionRejectedError({ ...facts, by: null, comment: end.reason });
    case 'expired':
      return new ActionExpiredError({ ...facts, expiresAt: null });
    case 'cancelled':
      return new ActionCancelledError(facts);
    case 'lapsed':
      return new ActionLapsedError(facts);
    case 'failed':
      return new ActionFailedError(actionId, end.reason, null);
    case 'unknown':
      return new ActionUnknownError(actionId, null);
    case 'succeeded':
      return new ActionAlreadyDoneError(actionId, end.status, null);
    default:
      return new GateUnavailableError(`the workflow of ${actionId} ended while the action is ${end.status}`, {
        reason: 'malformed_answer',
      });
  }
}
