import { GateProblem } from '../../../decide/problem.ts';

/** What came back from the provider signs nobody in. The message is for the log, not for whoever sent it. */
export class NotVouchedFor extends Error {
  override readonly name = 'NotVouchedFor';
}

/** What the client library calls an answer that is there, and wrong; everything else is a provider that does not answer. */
const WRONG: ReadonlySet<unknown> = new Set([
  'OAUTH_AUTHORIZATION_RESPONSE_ERROR',
  'OAUTH_RESPONSE_BODY_ERROR',
  'OAUTH_INVALID_RESPONSE',
  'OAUTH_PARSE_ERROR',
  'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
  'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED',
  'OAUTH_JWT_TIMESTAMP_CHECK_FAILED',
  'OAUTH_KEY_SELECTION_FAILED',
]);
/** What a provider says that cannot answer now. */
const CANNOT_NOW: ReadonlySet<unknown> = new Set(['server_error', 'temporarily_unavailable']);

/** F26: an outage of the provider and a refusal never look the same. */
export function providerProblem(error: unknown): GateProblem | NotVouchedFor {
  const { code, error: said } = { ...(error as { code?: unknown; error?: unknown }) };
  if (WRONG.has(code) && !CANNOT_NOW.has(said)) {
    const says = error instanceof Error ? error.message : String(error);
    return new NotVouchedFor(typeof said === 'string' ? `${says}: ${said}` : says, { cause: error });
  }
  const detail =
    'The service by which you sign in does not answer now. Try again; an operator can make a one-time link.';
  return new GateProblem('unavailable', detail, {}, [], { cause: error });
}
