import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { ActionStatus, GuardAnswer, JsonObject, Mode, ProblemCode, Tool } from '@gatehouse/sdk/contract';

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
}

/** What is known of an agent beside its name. */
export interface Asker {
  team: string | null;
  roles: string[];
  tags: string[];
}

/** The question that people are asked, once it is open. */
export interface ApprovalQuestion {
  approvalId: string;
  round: number;
  expiresInSeconds: number;
  reason: string;
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
  /** How long to wait before asking the record again; set while a permit is out. */
  waitSeconds: number | null;
  /** JSON text of the result on record, once there is one. */
  result: string | null;
}

/** A person's answer, signed by the gate that authenticated the person. */
export interface ReviewInput {
  verdictId: string;
  approvalId: string;
  verdict: 'approve' | 'reject';
  actionDigest: string;
  reviewer: string;
  comment: string | null;
  /** Milliseconds since the epoch. */
  at: number;
  keyId: string;
  /** Ed25519, base64url, over the canonical form of all the fields above and the action id. */
  signature: string;
}

/** What may come with the signals `approve` and `reject`; both work with nothing at all. */
export interface SignalledVerdict {
  reviewer?: string;
  comment?: string;
}

/** What became of a verdict. The loser of a race learns who won, and when. */
export type ReviewAnswer =
  | { accepted: true; approvalId: string; status: 'approved' | 'denied'; resolvedBy: string; resolvedAt: number }
  | {
      accepted: false;
      approvalId: string;
      code: Extract<ProblemCode, 'already_resolved' | 'digest_mismatch' | 'self_review' | 'forbidden' | 'not_found'>;
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
