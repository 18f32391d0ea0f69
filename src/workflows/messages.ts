import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type {
  ActionStatus,
  ApprovalTerms,
  GrantRequest,
  GuardAnswer,
  JsonObject,
  Mode,
  ProblemCode,
  Tool,
  VerdictWord,
} from '@gatehouse/sdk/contract';

/** What a worker must know to schedule an executor. The credentials stay with the worker that serves its task queue. */
export interface ExecutorManifest {
  name: string;
  taskQueue: string;
  /** One attempt at most takes this long. */
  timeoutSeconds: number;
  retry: {
    maximumAttempts: number;
    initialIntervalSeconds: number;
    backoffCoefficient: number;
    maximumIntervalSeconds: number;
  };
  /** Whether it can say beforehand what it would do. */
  preview?: boolean | undefined;
}

/** The input of the workflow: one action, by one agent, as the gate received it. */
export interface ActionRequest {
  actionId: string;
  agent: string;
  type: string;
  target: string;
  context: JsonObject;
  /** SHA-256 over the canonical form of type, target, arguments and agent. */
  digest: string;
  purpose: string | null;
  requestId: string;
  /** Milliseconds since the epoch, by the clock of whoever started the workflow. */
  requestedAt: number;
  mode: Mode;
  /** How long a permit may stay unclaimed. */
  permitSeconds: number;
  /** How long a claimed permit may take to report. */
  leaseSeconds: number;
  /** Who runs the action in mode `executor`; null in mode `permit`. */
  executor: ExecutorManifest | null;
  /** The tool that is called, as the agent presented it. It helps to judge; what runs is bound by the digest. */
  tool?: Tool | undefined;
  /** The conversation or run that the action belongs to. */
  session?: string | undefined;
  tags?: string[] | undefined;
  /** What the gate knows of who asks; a Temporal client inside the trust zone says it for itself. */
  asker?: Asker | undefined;
  /** Which trace the action belongs to, as a W3C `traceparent`. No part of what is decided. */
  trace?: string | undefined;
}

/** What is known of an agent beside its name. */
export interface Asker {
  team: string | null;
  roles: string[];
  tags: string[];
  /** Who answers for it. */
  owner?: string | undefined;
  /** Where it runs, e.g. `production`. */
  environment?: string | undefined;
  /** On whose behalf it acts: its parent first, then that one's. */
  chain?: string[] | undefined;
}

/** The question that people are asked, once it is open. */
export interface ApprovalQuestion {
  approvalId: string;
  round: number;
  /** Until its end, from now on; null for never. */
  expiresInSeconds: number | null;
  reason: string;
  /** What is asked: the agent's own arguments, or those that a reviewer put in their place. */
  actionDigest: string;
  policyDigest: string;
  terms: ApprovalTerms;
  /** The approval that an editor gave along with the edit, and that counts for this question already. */
  vote: CountedVote | null;
}

/** An approval or an abstention that counts, with what the gate vouched for about its giver. */
export interface CountedVote {
  reviewer: string;
  vote: 'approve' | 'abstain';
  /** The index of the part that it was given to. */
  stage: number;
  /** The giver's role, as the gate knows it. */
  role: string;
  /** The groups that it can stand for: the giver's own, and those of whoever delegated to the giver. */
  groups: readonly string[];
  at: number;
  comment: string | null;
  unsigned: boolean;
}

/** The arguments that a reviewer put in place of the agent's. */
export interface EditedAction {
  arguments: JsonObject;
  digest: string;
}

/** Where the action stands after a step, as the record has it. */
export interface Standing {
  status: ActionStatus;
  reason: string;
  outcome: GuardAnswer['decision'];
  severity: GuardAnswer['severity'];
  riskScore: number;
  policyDigest: string;
  /** Open question; null unless held. */
  approval: ApprovalQuestion | null;
  /** How long to wait before asking the record again; set while a permit is out, or until its window opens. */
  waitSeconds: number | null;
  /** What runs, where a reviewer has edited it; null for what the agent asked. */
  edited: EditedAction | null;
  /** JSON text of the result on record, once there is one. */
  result: string | null;
  /** The executor's run that claimed the permit. The claim of an agent is its own secret; earlier versions left it out. */
  claimId?: string | null;
}

/** What a verdict says beside its word: the new arguments, the question, who answers instead, or a standing permission. */
export type VerdictDetail =
  | { kind: 'edit'; arguments: JsonObject; digest: string }
  | { kind: 'ask'; question: string }
  | { kind: 'delegate'; to: string }
  | { kind: 'grant'; grant: GrantRequest };

/** A person's answer, signed by the gate that authenticated the person. */
export interface ReviewInput {
  verdictId: string;
  approvalId: string;
  verdict: VerdictWord;
  actionDigest: string;
  policyDigest: string;
  reviewer: string;
  /** The role and the groups of the reviewer, as the gate knows them. */
  role: string;
  groups: string[];
  comment: string | null;
  detail: VerdictDetail | null;
  /** Milliseconds since the epoch. */
  at: number;
  keyId: string;
  /** Ed25519, base64url, over the canonical form of all the fields above and the action id. */
  signature: string;
}

/**
 * What a verdict's entry keeps of it beside what stands there anyway, so that the signature can be checked by the record
 * alone. The arguments of an edit are not in it: how much of them is kept is a setting.
 */
export type VerdictProof = Pick<
  ReviewInput,
  'verdict' | 'role' | 'groups' | 'policyDigest' | 'at' | 'keyId' | 'signature'
> & { detail: Exclude<VerdictDetail, { kind: 'edit' }> | { kind: 'edit'; digest: string } | null };

/** What the agent says to a reviewer's question, signed by the gate that authenticated the agent. */
export interface AgentAnswerInput {
  questionId: string;
  approvalId: string;
  agent: string;
  answer: string;
  at: number;
  keyId: string;
  signature: string;
}

export type AgentAnswerResult =
  | { accepted: true }
  | { accepted: false; code: Extract<ProblemCode, 'not_found' | 'already_resolved' | 'forbidden'>; says: string };

/** What may come with the signals `approve` and `reject`; both work with nothing at all. */
export interface SignalledVerdict {
  reviewer?: string;
  comment?: string;
}

/** Why a verdict does not count. */
export type VerdictRefusal = Extract<
  ProblemCode,
  | 'already_resolved'
  | 'already_voted'
  | 'comment_required'
  | 'digest_mismatch'
  | 'edit_refused'
  | 'forbidden'
  | 'grant_refused'
  | 'not_a_reviewer'
  | 'not_found'
  | 'nothing_to_withdraw'
  | 'self_review'
>;

/** What became of a verdict. The loser of a race learns who won, and when. */
export type ReviewAnswer =
  | {
      accepted: true;
      approvalId: string;
      status: 'pending' | 'approved' | 'denied';
      resolvedBy: string | null;
      resolvedAt: number | null;
    }
  | {
      accepted: false;
      approvalId: string;
      code: VerdictRefusal;
      says: string;
      resolvedBy: string | null;
      resolvedAt: number | null;
    };

export interface OutcomeInput {
  claimId: string;
  status: 'succeeded' | 'failed';
  /** JSON text of the result, if the caller wants it on record. */
  result: string | null;
  error: string | null;
}

export interface CancelInput {
  by: string;
  reason: string | null;
}

export interface CancelAnswer {
  cancelled: boolean;
  status: ActionStatus;
}

export interface DecisionInput {
  /** The digest of what the caller asked for. For another action it gets neither an answer nor a permit. */
  digest: string;
  requestId: string;
  /** Claims the permit under this id when the action may run; null only asks. */
  claimId: string | null;
}

export interface WorkflowState {
  actionId: string;
  standing: Standing | null;
  /** Verdicts that came in so far, counted or not. */
  verdicts: number;
}

/** Answers what was decided, and hands over the permit: for callers that hold a Temporal client alone. */
export const decisionUpdate = defineUpdate<GuardAnswer, [DecisionInput]>('decision');
/** A signed verdict. The answer says at once what became of it. */
export const reviewUpdate = defineUpdate<ReviewAnswer, [ReviewInput]>('review');
/** The agent's answer to a reviewer's question. */
export const answerUpdate = defineUpdate<AgentAnswerResult, [AgentAnswerInput]>('answer');
/** Withdraws an action that has not run. */
export const cancelUpdate = defineUpdate<CancelAnswer, [CancelInput]>('cancel');
/** A verdict from the Temporal UI or CLI. It is unsigned, and counts only where the configuration says so. */
export const approveSignal = defineSignal<[SignalledVerdict?]>('approve');
export const rejectSignal = defineSignal<[SignalledVerdict?]>('reject');
/** How a run under the permit ended. */
export const outcomeSignal = defineSignal<[OutcomeInput]>('outcome');
/** A claim met another policy than the one that permitted the action: judge again. */
export const reconsiderSignal = defineSignal('reconsider');
export const stateQuery = defineQuery<WorkflowState>('state');
