import type { Reviewers } from '@gatehouse/sdk/contract';
import type { ActionRequest, Standing } from './messages.ts';
import { countOf } from './quorum.ts';
import type { ApprovalRound } from './round.ts';

/** The server takes 20,000 bytes of details; what does not fit is named, and stands whole in the workflow's input. */
const ARGUMENT_CHARACTERS = 6_000;
const TEXT_CHARACTERS = 500;
const MOST_QUESTIONS = 5;
// Everything but printable ASCII: control, bidi and zero-width characters must not reach a reviewer's screen (F18).
const UNPRINTABLE = /[^\x20-\x7e]/g;
const BACKTICK = /`/g;

/** What a reviewer with the Temporal UI alone sees while the question is open. */
export function describeQuestion(
  request: ActionRequest,
  standing: Standing,
  round: ApprovalRound,
  expires: number,
): string {
  const { edited } = standing;
  const until =
    expires === Infinity ? 'as long as it takes' : `until ${new Date(expires).toISOString()}; then it is refused`;
  return [
    `**Waiting for a reviewer** ${until}.`,
    ...describeProgress(round),
    '',
    ...describeRequest({ ...request, context: edited?.arguments ?? request.context, digest: round.actionDigest }),
    ...(edited == null ? [] : ['A reviewer has put these arguments in place of those that the agent asked with.']),
    '',
    `Why it is asked: ${inert(standing.reason)}`,
    `Risk: ${String(standing.riskScore)} (${standing.severity}). Policy: \`${standing.policyDigest}\``,
    '',
    'To answer, send the signal `approve` or `reject`, with nothing or with `{"reviewer": "you", "comment": "why"}`.',
  ].join('\n');
}

/** How far the question has come, where it takes more than one word of anybody. */
function describeProgress(round: ApprovalRound): string[] {
  const { terms, stage, escalations, questions } = round;
  const part = terms.stages[stage];
  if (part === undefined) return [];
  const asked = [part.reviewers, ...part.escalation.slice(0, escalations).map(({ to }) => to)].map(sayReviewers);
  const isPlain = terms.stages.length === 1 && part.quorum === 1 && asked[0] === ANYBODY && questions.length === 0;
  if (isPlain) return [];
  const place = terms.stages.length === 1 ? '' : `, part ${String(stage + 1)} of ${String(terms.stages.length)}`;
  return [
    `Part "${inert(part.name)}"${place}: ${String(countOf(round))} of ${String(part.quorum)} approvals. ` +
      `Asked: ${asked.join('; since then also ')}.`,
    ...(terms.commentRequired || terms.tickets.length > 0 ? ['An approval needs a comment.'] : []),
    ...questions
      .map(({ by, question, answer }) => {
        const said = answer === null ? 'not answered yet' : inert(answer).slice(0, TEXT_CHARACTERS);
        return `${inert(by)} asked: ${inert(question).slice(0, TEXT_CHARACTERS)} (${said})`;
      })
      .slice(-MOST_QUESTIONS),
  ];
}

const ANYBODY = 'any reviewer';

function sayReviewers({ users, groups, roles }: Reviewers): string {
  const all = [
    ...users.map(inert),
    ...groups.map((name) => `group ${inert(name)}`),
    ...roles.map((name) => `role ${inert(name)}`),
  ];
  return all.length === 0 ? ANYBODY : all.join(', ').slice(0, TEXT_CHARACTERS);
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
  const mark = `${round.unsigned ? ' (unsigned)' : ''}${round.breakGlass ? ' (**break-glass**)' : ''}`;
  return `Question ${round.status}${by}${mark}. Now: **${standing.status}**. ${inert(standing.reason)}`;
}

/** Text that cannot act: escapes as in JSON, and no way out of a code span. */
export function inert(text: string): string {
  return text
    .replace(UNPRINTABLE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replace(BACKTICK, "'");
}
