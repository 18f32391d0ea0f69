import { z } from 'zod';

/**
 * Every error code of the API with its HTTP status and what it means. Codes are stable; texts may change.
 * `retry` tells whether the same call may succeed later without anyone changing anything.
 */
export const PROBLEMS = {
  invalid_request: { status: 400, retry: false, title: 'The request is malformed' },
  invalid_json: { status: 400, retry: false, title: 'The body is not the JSON it must be' },
  unauthenticated: { status: 401, retry: false, title: 'No valid key was presented' },
  forbidden: { status: 403, retry: false, title: 'This key may not do that' },
  not_found: { status: 404, retry: false, title: 'There is nothing of that name' },
  method_not_allowed: { status: 405, retry: false, title: 'That method does not exist here' },
  already_resolved: { status: 409, retry: false, title: 'The approval has been resolved' },
  already_claimed: { status: 409, retry: false, title: 'Another caller holds the permit' },
  already_settled: { status: 409, retry: false, title: 'The action is over' },
  not_permitted: { status: 409, retry: false, title: 'The action has no permit to claim' },
  wrong_claim: { status: 409, retry: false, title: 'The claim is not the one that holds the permit' },
  digest_mismatch: { status: 409, retry: false, title: 'The verdict is for something else than what is asked' },
  not_a_reviewer: { status: 403, retry: false, title: 'This approval is not yours to give' },
  already_voted: { status: 409, retry: false, title: 'You have had your say on this approval' },
  nothing_to_withdraw: { status: 409, retry: false, title: 'There is no word of yours to take back' },
  comment_required: { status: 422, retry: false, title: 'The verdict needs a comment' },
  edit_refused: { status: 422, retry: false, title: 'The edited arguments cannot be taken' },
  grant_refused: { status: 422, retry: false, title: 'The policy does not permit that standing permission' },
  self_review: { status: 403, retry: false, title: 'The requester cannot review its own action' },
  policy_changed: { status: 409, retry: false, title: 'The policy in force now says otherwise' },
  loosens_policy: { status: 409, retry: false, title: 'That would loosen the policy' },
  payload_too_large: { status: 413, retry: false, title: 'The body is too large' },
  unsupported_media_type: { status: 415, retry: false, title: 'The body must be application/json' },
  key_reused: { status: 422, retry: false, title: 'The idempotency key was used for a different action' },
  no_executor: { status: 422, retry: false, title: 'No executor runs that action' },
  invalid_arguments: { status: 422, retry: false, title: 'The arguments do not fit the executor' },
  stopped: { status: 409, retry: false, title: 'An emergency stop is in force' },
  step_up_required: { status: 403, retry: false, title: 'Sign in again to do that' },
  rate_limited: { status: 429, retry: true, title: 'This key asks too often' },
  too_many_pending: { status: 429, retry: true, title: 'Too much of this agent waits for people already' },
  internal: { status: 500, retry: true, title: 'Something broke on our side; nothing was allowed' },
  overloaded: { status: 503, retry: true, title: 'More actions are under way than this gate admits' },
  unavailable: { status: 503, retry: true, title: 'The gate cannot decide now; nothing was allowed' },
} as const satisfies Record<string, { status: number; retry: boolean; title: string }>;

export type ProblemCode = keyof typeof PROBLEMS;

/** One field that is wrong: where it is (JSON pointer), what is wrong, and how to mend it. */
export const fieldErrorSchema = z.object({ field: z.string(), problem: z.string(), fix: z.string() });
export type FieldError = z.infer<typeof fieldErrorSchema>;

/** An error answer, RFC 9457 (`application/problem+json`). */
export const problemSchema = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  detail: z.string(),
  code: z.string(),
  instance: z.string().optional(),
  errors: z.array(fieldErrorSchema).optional(),
});
export type Problem = z.infer<typeof problemSchema>;
