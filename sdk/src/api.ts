import type { Asked } from './coherence.ts';
import { contradictionIn } from './coherence.ts';
import type {
  ActionView,
  AgentAnswerRequest,
  ApprovalView,
  GuardAnswer,
  GuardRequest,
  OutcomeReport,
} from './contract/index.ts';
import { actionViewSchema, approvalViewSchema, guardAnswerSchema } from './contract/index.ts';
import type { GateCall, Transport } from './transport.ts';

/** How long a look at something may last. */
export interface Look {
  /** How long the gate holds the request open while nothing changes, in seconds. */
  waitSeconds?: number;
  outageMs?: number;
  signal?: AbortSignal | undefined;
}

export interface ApprovalLook extends Look {
  /** Ends the wait as soon as there are more questions to the agent than this. */
  questionsSeen?: number;
}

/** The gate's endpoints, typed. Made for one call of the agent, so that every error carries its idempotency key. */
export class GateApi {
  constructor(
    readonly transport: Transport,
    readonly idempotencyKey?: string,
  ) {}

  /** Asks for a decision. Repeats are the same action and the same claim. */
  guard(request: GuardRequest, asked: Asked, signal?: AbortSignal): Promise<GuardAnswer> {
    return this.#send({
      method: 'POST',
      path: '/guard',
      schema: guardAnswerSchema,
      contradiction: (answer) => contradictionIn(answer, asked),
      body: request,
      sendKey: true,
      signal,
    });
  }

  /** Claims the permit of a permitted action. Repeats are the same claim. */
  claim(actionId: string, claimId: string, signal?: AbortSignal): Promise<GuardAnswer> {
    return this.#send({
      method: 'POST',
      path: `/actions/${segment(actionId)}/claim`,
      schema: guardAnswerSchema,
      contradiction: (answer) => isAbout(answer, actionId) ?? contradictionIn(answer, { mode: 'permit', claimId }),
      body: { claimId },
      signal,
    });
  }

  /** Puts the outcome of a claimed action on record. */
  report(actionId: string, report: OutcomeReport): Promise<ActionView> {
    return this.#send({
      method: 'POST',
      path: `/actions/${segment(actionId)}/outcome`,
      body: report,
      ...viewOf(actionId),
    });
  }

  /** Withdraws an action that has not run. */
  cancel(actionId: string, reason?: string): Promise<ActionView> {
    const body = reason === undefined ? {} : { reason };
    return this.#send({ method: 'POST', path: `/actions/${segment(actionId)}/cancel`, body, ...viewOf(actionId) });
  }

  /** Reads an action, after waiting while nothing happens to it. */
  action(actionId: string, look: Look = {}): Promise<ActionView> {
    const path = `/actions/${segment(actionId)}?wait=${look.waitSeconds ?? 0}`;
    return this.#send({ method: 'GET', path, interruptible: true, ...viewOf(actionId), ...look });
  }

  /** Reads an approval, after waiting while it is pending. Once approved, the permit goes to `claimId`, if one is given. */
  approval(approvalId: string, claimId: string | false, look: ApprovalLook = {}): Promise<ApprovalView> {
    const { questionsSeen, ...how } = look;
    const questions = questionsSeen === undefined ? '' : `&questions=${questionsSeen}`;
    return this.#send({
      method: 'GET',
      path: `/approvals/${segment(approvalId)}?wait=${how.waitSeconds ?? 0}&claim=${claimId}${questions}`,
      ...questionOf(approvalId),
      interruptible: true,
      ...how,
    });
  }

  /** Answers a reviewer's question. Repeats are the same answer. */
  answer(approvalId: string, answer: AgentAnswerRequest, signal?: AbortSignal): Promise<ApprovalView> {
    return this.#send({
      method: 'POST',
      path: `/approvals/${segment(approvalId)}/answers`,
      ...questionOf(approvalId),
      body: answer,
      signal,
    });
  }

  #send<T>(call: GateCall<T>): Promise<T> {
    return this.transport.request({ ...call, path: `/api/v1${call.path}`, idempotencyKey: this.idempotencyKey });
  }
}

/** An id as one segment of a path. */
function segment(id: string): string {
  return encodeURIComponent(id);
}

function viewOf(actionId: string): Pick<GateCall<ActionView>, 'schema' | 'contradiction'> {
  return { schema: actionViewSchema, contradiction: (view) => isAbout(view, actionId) };
}

function questionOf(approvalId: string): Pick<GateCall<ApprovalView>, 'schema' | 'contradiction'> {
  return {
    schema: approvalViewSchema,
    contradiction: (view) => (view.approvalId === approvalId ? null : 'it is about another approval'),
  };
}

function isAbout(answer: { actionId: string }, actionId: string): string | null {
  return answer.actionId === actionId ? null : 'it is about another action';
}
