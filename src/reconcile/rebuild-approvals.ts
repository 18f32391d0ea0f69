import type { Judgement } from '@gatehouse/sdk/contract';
import type { NewEvent } from '../audit/events.ts';
import { digestsOfJson } from '../audit/judgement-digests.ts';
import { proofInEntry } from '../audit/verdict-proof.ts';
import { openApproval } from '../decide/open-approval.ts';
import type { ActionRow, ApprovalRow } from '../store/actions.ts';
import type { Store } from '../store/open.ts';
import type {
  CancelInput,
  ReviewAnswer,
  ReviewInput,
  SignalledVerdict,
  Standing,
  VerdictProof,
} from '../workflows/messages.ts';
import { proofOfReview } from '../workflows/proof.ts';
import { verdictsIn } from './check-history.ts';
import type { HistoryFacts } from './history.ts';
import { judgedUnder } from './rebuild-judgement.ts';
import { standingsIn } from './standings.ts';

/** A verdict that counted, as a history has it. */
interface Counted {
  verdictId: string;
  approvalId: string | null;
  reviewer: string;
  /** Whether it ended the question, and how. */
  ended: 'approved' | 'denied' | null;
  word: string;
  comment: string | null;
  unsigned: boolean;
  at: number;
  /** Of one that came by an update. */
  signed: { actionDigest: string; proof: VerdictProof } | null;
}

/** The questions that were put to people, as a history has them, with the verdicts that counted. */
export async function approvalsIn(
  store: Store,
  facts: HistoryFacts,
  row: ActionRow,
  judgement: Judgement,
): Promise<{ approvals: ApprovalRow[]; events: NewEvent[] }> {
  const standings = standingsIn(facts);
  const counted = countedIn(facts);
  const approvals: ApprovalRow[] = [];
  const events: NewEvent[] = [];
  for (const [index, { standing, at }] of standings.entries()) {
    const { approval: question } = standing;
    if (question === null || approvals.some(({ id }) => id === question.approvalId)) continue;
    const { approvalId, round, reason, policyDigest, terms, actionDigest } = question;
    // A later question is another policy's, as a rule: what that asked for is what its approval is held against.
    const said = { policyDigest, reason, outcome: 'REQUIRE_APPROVAL' } as const;
    const behind = policyDigest === judgement.policyDigest ? judgement : await judgedUnder(store, facts, said);
    const asked = { ...(behind ?? judgement), reason, policyDigest, approval: terms };
    const opened = { ...openApproval(row, asked, round, at), id: approvalId, action_digest: actionDigest };
    const after = standings.slice(index + 1).find((next) => next.standing.approval?.approvalId !== approvalId);
    const ended = after === undefined ? null : resolved(facts, approvalId, counted, after);
    approvals.push({ ...opened, ...ended });
    if (after !== undefined && ended?.status === 'approved') events.push(rechecked(approvalId, after));
    const data = { approvalId, round, reason, policyDigest, ...digestsOfJson(opened.judgement_json) };
    if (round > 1) events.push({ kind: 'held', key: `held:${String(round)}`, actor: 'workflow', at, data });
  }
  return { approvals, events: [...events, ...counted.map(verdictEvent)] };
}

/** What the policy said when it was asked again after the approval, as far as what came of it tells. */
function rechecked(approvalId: string, { at, standing }: { at: number; standing: Standing }): NewEvent {
  const { status, reason, policyDigest } = standing;
  const says = status === 'held' ? 'ask' : status === 'blocked' ? 'blocked' : 'stands';
  const data = { says, reason, policyDigest };
  return { kind: 'rechecked', key: `rechecked:${approvalId}`, actor: 'workflow', at, data };
}

function resolved(
  facts: HistoryFacts,
  approvalId: string,
  counted: readonly Counted[],
  after: { at: number; standing: Standing },
): Pick<ApprovalRow, 'status' | 'resolved_at' | 'resolved_by' | 'comment' | 'unsigned' | 'answerers'> {
  const verdict = counted.find((one) => one.ended !== null && one.approvalId === approvalId);
  if (verdict?.ended != null) {
    const { ended: status, reviewer, comment, unsigned, at } = verdict;
    const by = { resolved_by: reviewer, comment, unsigned: unsigned ? 1 : 0 };
    return { status, resolved_at: at, ...by, answerers: '' };
  }
  const { status } = after.standing;
  const cancel = facts.messages.find(({ name, at }) => name === 'cancel' && at <= after.at)?.input;
  const by = status === 'cancelled' ? ((cancel as CancelInput | undefined)?.by ?? null) : null;
  const ended = ENDS[status as string] ?? 'approved';
  return { status: ended, resolved_at: after.at, resolved_by: by, comment: null, unsigned: 0, answerers: '' };
}

function countedIn(facts: HistoryFacts): Counted[] {
  return verdictsIn(facts).flatMap(({ verdictId, via, name, input, answer, at }): Counted[] => {
    if (via === 'update') {
      const said = answer as ReviewAnswer | undefined;
      if (said?.accepted !== true) return [];
      const { reviewer, approvalId, verdict: word, comment } = input as ReviewInput;
      const ended = said.status === 'pending' ? null : said.status;
      const signed = { actionDigest: (input as ReviewInput).actionDigest, proof: proofOfReview(input as ReviewInput) };
      return [{ verdictId, approvalId, reviewer, ended, word, comment, unsigned: false, at, signed }];
    }
    const step = facts.steps.find(({ name: taken, at: then }) => DEALT_WITH.has(taken) && then >= at);
    if (step?.name !== 'concludeApproval') return [];
    const { reviewer = 'temporal', comment = null } = (input ?? {}) as SignalledVerdict;
    const asked = standingsIn(facts).findLast(
      ({ eventId, standing }) => eventId < step.eventId && standing.approval !== null,
    );
    const approvalId = asked?.standing.approval?.approvalId ?? null;
    const ended = name === 'approve' ? 'approved' : 'denied';
    return [{ verdictId, approvalId, reviewer, ended, word: name, comment, unsigned: true, at, signed: null }];
  });
}

/** What a question was, where the action ended with it; the others were approved. */
const ENDS: Readonly<Record<string, ApprovalRow['status']>> = {
  expired: 'expired',
  cancelled: 'cancelled',
  rejected: 'denied',
};

const DEALT_WITH: ReadonlySet<string> = new Set(['concludeApproval', 'recordRound', 'recordRefusedVerdict']);

function verdictEvent({
  verdictId,
  approvalId,
  reviewer,
  ended,
  word,
  comment,
  unsigned,
  at,
  signed,
}: Counted): NewEvent {
  const actor = `${unsigned && ended === null ? 'unverified' : 'reviewer'}:${reviewer}`;
  const proof = signed === null ? {} : { actionDigest: signed.actionDigest, ...proofInEntry(signed.proof) };
  const data = { approvalId, verdict: ended ?? word, comment, unsigned, ...proof };
  return { kind: 'verdict', key: `verdict:${verdictId}`, actor, at, data };
}
