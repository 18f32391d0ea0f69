import type { NewEvent } from '../audit/events.ts';
import { digestsOf } from '../audit/judgement-digests.ts';
import type { DecideDeps } from '../decide/deps.ts';
import type { EditOfQuestion } from '../decide/edited.ts';
import { editedColumns } from '../decide/edited.ts';
import { judgeEdited } from '../decide/judge-edited.ts';
import { progressColumns, resolvedColumns } from '../decide/open-approval.ts';
import { roundOf } from '../decide/stored-round.ts';
import type { ApprovalRow } from '../store/actions.ts';
import { answerRound, type WeighedVerdict } from '../workflows/approval.ts';
import type { Person } from '../workflows/eligibility.ts';
import type { ApprovalRound } from '../workflows/round.ts';
import { askAgain, blocked, permit, withEdit, type Approved, type Next } from './after-approval.ts';

/**
 * A reviewer approved other arguments than those asked for: that is another action, which all of the policy in force
 * judges. It is blocked (F07), may run, or people are asked about it; then the editor has approved it already, as far as
 * the terms give the editor a say.
 */
export async function approvedWithEdit(
  deps: DecideDeps,
  held: Omit<Approved, 'judgement'>,
  round: ApprovalRound,
  editor: Person | null,
): Promise<Next> {
  const { at } = held;
  if (round.edit === null || editor === null) return blocked('The edit came without its arguments or its editor', at);
  const edit: EditOfQuestion = { by: editor.name, at, ...round.edit };
  const judgement = await judgeEdited(deps, held.action, edit);
  const seen: Approved = { ...held, judgement, action: withEdit(held.action, edit, judgement) };
  const { outcome, reason, policyDigest } = judgement;
  const data = { says: outcome === 'BLOCK' ? 'blocked' : outcome === 'ALLOW' ? 'stands' : 'ask', outcome, reason };
  const rechecked: NewEvent = {
    kind: 'rechecked',
    key: `rechecked:${round.approvalId}`,
    actor: 'workflow',
    at,
    data: { ...data, policyDigest, edited: edit.digest, ...digestsOf(judgement) },
  };
  const next =
    outcome === 'BLOCK'
      ? blocked(reason, at, { policyDigest })
      : outcome === 'ALLOW'
        ? permit(seen)
        : askedOfOthers(seen, round, editor);
  return { ...next, set: { ...next.set, ...editedColumns(edit, judgement) }, events: [rechecked, ...next.events] };
}

/** Asks about the edited action, with the editor's approval in it; where that is all it needs, it may run. */
function askedOfOthers(seen: Approved, { comment, unsigned }: ApprovalRound, editor: Person): Next {
  const next = askAgain(seen);
  const { opens } = next;
  if (opens === undefined) return next;
  const verdict: WeighedVerdict = {
    ...{ verdict: 'approve', reviewer: editor, comment, detail: null, unsigned },
    ...{ approvalId: null, actionDigest: null, policyDigest: null, refusal: null },
  };
  const { round, answer } = answerRound(roundOf(opens), verdict, seen.at);
  if (!answer.accepted) return next;
  if (round.status === 'pending') return { ...next, opens: { ...opens, ...progressColumns(round) } };
  const approval: ApprovalRow = { ...opens, ...resolvedColumns(round, seen.at) };
  const permitted = permit({ ...seen, approval });
  return {
    set: { ...permitted.set, approval_id: approval.id },
    opens: approval,
    events: [...next.events, ...permitted.events],
  };
}
