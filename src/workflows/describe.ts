import type { ApprovalRound } from './approval.ts';
import type { ActionRequest, Standing } from './messages.ts';

/** The server takes 20,000 bytes of details; what does not fit is named, and stands whole in the workflow's input. */
const ARGUMENT_CHARACTERS = 6_000;
// Everything but printable ASCII: control, bidi and zero-width characters must not reach a reviewer's screen (F18).
const UNPRINTABLE = /[^\x20-\x7e]/g;
const BACKTICK = /`/g;

/** What a reviewer with the Temporal UI alone sees while the question is open. */
export function describeQuestion(request: ActionRequest, standing: Standing, deadline: number): string {
  return [
    `**Waiting for a reviewer** until ${new Date(deadline).toISOString()}; then it is refused.`,
    '',
    ...describeRequest(request),
    '',
    `Why it is asked: ${inert(standing.reason)}`,
    `Risk: ${String(standing.riskScore)} (${standing.severity}). Policy: \`${standing.policyDigest}\``,
    '',
    'To answer, send the signal `approve` or `reject`, with nothing or with `{"reviewer": "you", "comment": "why"}`.',
  ].join('\n');
}

/** What stands in the workflow's static details from its start. */
export function describeRequest(request: ActionRequest): string[] {
  const text = inert(JSON.stringify(request.context));
  const shown = text.slice(0, ARGUMENT_CHARACTERS);
  const rest = text.length - shown.length;
  return [
    `Agent \`${inert(request.agent)}\` wants \`${inert(request.type)}\` on \`${inert(request.target)}\`.`,
    ...(request.purpose === null ? [] : [`Its stated purpose: ${inert(request.purpose).slice(0, 2_000)}`]),
    `Arguments: \`${shown}\``,
    ...(rest === 0
      ? []
      : [`**${String(rest)} more characters** are not shown here; read them in the workflow's input.`]),
    `Digest: \`${request.digest}\``,
  ];
}

/** What a person sees after the question was resolved. */
export function describeStanding(standing: Standing, round: ApprovalRound): string {
  const by = round.resolvedBy === null ? '' : ` by ${inert(round.resolvedBy)}`;
  const mark = round.unsigned ? ' (unsigned)' : '';
  return `Question ${round.status}${by}${mark}. Now: **${standing.status}**. ${inert(standing.reason)}`;
}

/** Text that cannot act: escapes as in JSON, and no way out of a code span. */
export function inert(text: string): string {
  return text
    .replace(UNPRINTABLE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replace(BACKTICK, "'");
}
