import type { ProblemCode } from '@gatehouse/sdk/contract';
import { PROBLEMS } from '@gatehouse/sdk/contract';

/** What a caller does about each problem. Shown at `/problems/{code}` and in the documentation. */
export const ADVICE: Readonly<Record<ProblemCode, string>> = {
  invalid_request:
    'A field, parameter or header is wrong. `errors` lists every one of them with its place (a JSON pointer into the body) and its fix.',
  invalid_json:
    'Send one JSON object in UTF-8: each key once, no `__proto__`, `constructor` or `prototype` keys, at most 32 levels deep, numbers within a double, well-formed Unicode. `line` and `column` tell the place where they are known.',
  unauthenticated: 'Send `Authorization: Bearer <key>` with a key of this installation that has not been revoked.',
  forbidden:
    'Use a key of the role that may do this. Agents act and see their own actions; reviewers and admins give verdicts.',
  not_found:
    'Check the id or the path. An agent sees its own actions only, so what belongs to others is not found either.',
  method_not_allowed: 'The header `Allow` names the methods of this path.',
  already_resolved:
    'Read the approval: it tells who resolved it, when and how. Nothing of the new verdict was applied.',
  already_claimed: 'Do not run the action. Another attempt holds the permit; read the action to see how it ends.',
  already_settled:
    'The action is over and its recorded outcome stands. Read the action; for a new effect ask for a new action.',
  not_permitted: 'Do not run the action. It is not allowed (yet, or any more); read the action for its status.',
  wrong_claim: 'Report with the `claimId` under which the permit was granted.',
  digest_mismatch: 'Read the approval again and send the `actionDigest` that belongs to what you have read.',
  not_a_reviewer:
    'Read the approval: `terms` names who may answer each part, and `progress` the part that is open. One of them must answer, or delegate to you.',
  already_voted: 'Your approval counts already. To say something else, take it back with `withdraw` first.',
  nothing_to_withdraw:
    'You have neither answered nor delegated the part that is open. What a part that is closed was approved by stays.',
  comment_required:
    'Send `comment`: the terms ask for one, perhaps with a ticket in it, or the verdict is an override. `detail` says which.',
  edit_refused:
    'Send the whole arguments as they should be, different from those that are asked for; to leave them as they are, approve.',
  grant_refused:
    'Approve without `grant`, or with fewer uses or a shorter time: `terms.grants` tells what the rules permit, and only the last approval that is needed can add one.',
  self_review: 'Somebody else must review this action: its requester never can.',
  policy_changed: 'Do not run the action. The policy in force now no longer allows it; ask for a new decision.',
  loosens_policy:
    'Nothing was changed. `errors` lists what would be looser than in the policy in force; repeat it with `loosens: true` if that is meant.',
  payload_too_large:
    'Send at most 262,144 bytes. Put large data somewhere else and send a reference and a digest of it.',
  unsupported_media_type: 'Send `Content-Type: application/json`, in UTF-8, without `Content-Encoding`.',
  key_reused: 'Use a new `Idempotency-Key` for another action, or repeat the first call unchanged.',
  no_executor: 'Use `mode: "permit"`, or start a worker that has an executor for this type of action.',
  invalid_arguments: 'Send arguments that the input schema of the executor takes; `errors` names the fields.',
  stopped:
    'Do not run the action. Somebody has stopped it and everything like it; `detail` says who, when and why. Ask again when the stop is lifted.',
  step_up_required: 'Sign in once more: what you want to do needs a sign-in of the last minutes.',
  rate_limited: 'Do not run the action. Repeat the call after `Retry-After` seconds, and ask less often.',
  too_many_pending:
    'Do not run the action. So many actions of this agent wait for people that no more are taken; withdraw some, or wait until they are answered.',
  internal:
    'Do not run the action. Repeat the call with the same `Idempotency-Key`; if it stays, look in the log for the request id.',
  overloaded:
    'Do not run the action. Nothing was started. Repeat the call after `Retry-After` seconds, with the same `Idempotency-Key`.',
  unavailable:
    'Do not run the action. The gate could not decide, which is not a refusal by policy. Repeat the call after `Retry-After` seconds, with the same `Idempotency-Key`.',
};

/** One problem as text: title, code, status, whether a repeat can help, and what to do. */
export function problemText(code: ProblemCode): string {
  const { title, status } = PROBLEMS[code];
  return `${title}\n\ncode    ${code}\nstatus  ${status}\nretry   ${retryWord(code)}\n\n${ADVICE[code]}\n`;
}

/** The page that explains every problem, in Markdown that prettier leaves as it is. */
export function errorsPage(): string {
  const sections = problemCodes().map((code) => {
    const { title, status } = PROBLEMS[code];
    return `## \`${code}\`\n\n**${status}**, retry: ${retryWord(code)}. ${title}.\n\n${ADVICE[code]}\n`;
  });
  return [HEADER, ...sections].join('\n');
}

/** Every code, in the order of the table. */
export function problemCodes(): ProblemCode[] {
  return Object.keys(PROBLEMS) as ProblemCode[];
}

function retryWord(code: ProblemCode): string {
  return PROBLEMS[code].retry ? 'yes' : 'no';
}

const HEADER = `# Errors

<!-- Written from the table of problems by \`UPDATE_DOCS=1 npx jest test/api/errors-page\`; a test holds it current. -->

Every error is \`application/problem+json\` (RFC 9457). Branch on \`code\`: codes are stable, texts are not.
\`type\` is a path on the same server that answers with the section below, \`instance\` holds the request id that is in the log,
\`errors\` lists the fields that are wrong, and further members are facts, such as who resolved an approval.

**Retry** tells whether the same call may succeed later without anyone changing anything. \`overloaded\` and \`unavailable\`
carry \`Retry-After\`. No error is ever a permission: where you read one, nothing was allowed.
`;
