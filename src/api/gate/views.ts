import type { ApprovalProgress, ApprovalView, BehindAgent, Edit, JsonObject } from '@gatehouse/sdk/contract';
import { permitFor, toEdit } from '../../decide/answer.ts';
import { argumentsThatRun, editOfQuestion } from '../../decide/edited.ts';
import { sayExpiry } from '../../decide/expiry.ts';
import { readJudgement } from '../../decide/stored-judgement.ts';
import { roundOf } from '../../decide/stored-round.ts';
import type { ActionRow, ApprovalRow } from '../../store/actions.ts';
import { countOf } from '../../workflows/quorum.ts';
import type { Asker } from '../../workflows/messages.ts';
import type { ApprovalRound } from '../../workflows/round.ts';
import { askedArguments, differencesFrom } from './differences.ts';

/**
 * An approval as the API shows it: the whole question, and what became of it.
 *
 * @param before the question before, where there was one
 */
export function toApprovalView(
  approval: ApprovalRow,
  action: ActionRow,
  claimId: string | null = null,
  before?: ApprovalRow,
): ApprovalView {
  const judgement = readJudgement(approval.judgement_json);
  const round = roundOf(approval);
  const permit = approval.status === 'approved' ? permitFor(action, claimId) : null;
  return {
    approvalId: approval.id,
    actionId: action.id,
    workflowId: action.id,
    round: approval.round,
    status: approval.status,
    requestedAt: iso(approval.requested_at),
    expiresAt: sayExpiry(approval.expires_at),
    resolvedAt: approval.resolved_at === null ? null : iso(approval.resolved_at),
    resolvedBy: approval.resolved_by,
    comment: approval.comment,
    unsigned: approval.unsigned === 1,
    breakGlass: approval.break_glass === 1,
    secondLook: parsed(approval.second_look_json) as ApprovalView['secondLook'],
    agent: action.agent,
    behind: behindOf(action),
    session: action.session,
    type: action.type,
    target: action.target,
    // Whoever is handed the permit reads here what it is for, whatever this question was about.
    arguments:
      permit?.granted === true ? argumentsThatRun(action) : (round.edit?.arguments ?? askedArguments(approval, action)),
    purpose: action.purpose,
    edit: permit?.granted === true ? toEdit(action) : editOf(approval, action, round),
    actionDigest: approval.action_digest,
    policyDigest: approval.policy_digest,
    reason: judgement.reason,
    matchedRule: judgement.matchedRule,
    matchedRules: judgement.matchedRules,
    shadowRules: judgement.shadowRules,
    shadowOutcome: judgement.shadowOutcome,
    riskScore: judgement.riskScore,
    severity: judgement.severity,
    riskFactors: judgement.riskFactors,
    classification: judgement.classification,
    terms: round.terms,
    progress: progressOf(round),
    differences: before === undefined ? [] : differencesFrom(before, approval, action),
    preview: parsed(approval.preview_json) as ApprovalView['preview'],
    permit,
  };
}

/** What is not known of an agent is null here, so that a card can say so. */
function behindOf({ asker_json: json }: ActionRow): BehindAgent {
  const { team = null, owner = null, environment = null, chain = [] } = (parsed(json) ?? {}) as Partial<Asker>;
  return { team, owner, environment, chain };
}

function progressOf(round: ApprovalRound): ApprovalProgress {
  const { terms, stage, escalations, votes, delegations, questions } = round;
  return {
    stage: partOf(round, stage),
    approvals: countOf(round),
    quorum: terms.stages[stage]?.quorum ?? 1,
    escalations,
    votes: votes.map(({ reviewer, vote, stage: part, at, comment, unsigned }) => ({
      ...{ reviewer, vote, stage: partOf(round, part), at: iso(at), comment, unsigned },
    })),
    delegations: delegations.map(({ from, to, at }) => ({ from, to, at: iso(at) })),
    questions: questions.map(({ at, answeredAt, ...asked }) => ({
      ...asked,
      at: iso(at),
      answeredAt: answeredAt === null ? null : iso(answeredAt),
    })),
  };
}

/** The edit that the question is about, or the one with which it was answered. */
function editOf(approval: ApprovalRow, action: ActionRow, round: ApprovalRound): Edit | null {
  const about = editOfQuestion(approval);
  const given = round.edit === null ? null : { by: round.resolvedBy ?? '', at: round.resolvedAt ?? 0 };
  const edit = given ?? about;
  if (edit === null) return null;
  const from = JSON.parse(action.context_json) as JsonObject;
  return { by: edit.by, at: iso(edit.at), from, fromDigest: action.digest };
}

function partOf({ terms }: ApprovalRound, stage: number): string {
  return terms.stages[stage]?.name ?? 'review';
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

function parsed(json: string | null): unknown {
  return json === null ? null : JSON.parse(json);
}
