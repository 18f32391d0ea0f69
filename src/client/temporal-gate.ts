import { WithStartWorkflowOperation, WorkflowIdConflictPolicy, type Client } from '@temporalio/client';
import type { GuardAnswer } from '@gatehouse/sdk/contract';
import { GateProblem, keyReused } from '../decide/problem.ts';
import {
  answerUpdate,
  cancelUpdate,
  decisionUpdate,
  outcomeSignal,
  reconsiderSignal,
  reviewUpdate,
  stateQuery,
  type ActionRequest,
  type AgentAnswerInput,
  type AgentAnswerResult,
  type CancelAnswer,
  type CancelInput,
  type DecisionInput,
  type OutcomeInput,
  type ReviewAnswer,
  type ReviewInput,
  type Standing,
  type WorkflowState,
} from '../workflows/messages.ts';
import { startCarryOut } from './carry-out.ts';
import { isGone, toProblem } from './failures.ts';
import { DEADLINE_MS, startedAction, startOptions, WORKFLOW_TYPE } from './start.ts';

/** The typed messages of one guarded action, over a Temporal client. Failures are `GateProblem`s. */
export class TemporalGate {
  /** @param unanswered hears of each action that somebody wanted to change and whose workflow gave no answer: it may have done so */
  constructor(
    readonly client: Client,
    readonly taskQueue: string,
    private readonly unanswered: (actionId: string) => void = () => undefined,
  ) {}

  /**
   * Starts the action if it is new and asks for its decision, in one call (update-with-start). A `claimId` claims the
   * permit when the action may run.
   *
   * @throws GateProblem `key_reused` when the id belongs to a different action, `already_settled` when the action is over
   */
  async decision(request: ActionRequest, input: DecisionInput): Promise<GuardAnswer> {
    const startWorkflowOperation = new WithStartWorkflowOperation(WORKFLOW_TYPE, {
      ...startOptions(request, this.taskQueue),
      workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
    });
    try {
      const answer = await this.ask(request.actionId, 'asking for a decision', () =>
        this.client.workflow.executeUpdateWithStart(decisionUpdate, { args: [input], startWorkflowOperation }),
      );
      assertSameAction(request, answer.actionDigest);
      return answer;
    } catch (error) {
      if (!(error instanceof GateProblem) || error.code !== 'already_settled') throw error;
      // Over: but how it ended concerns this caller only if it was the same action.
      const { digest } = await this.ask(request.actionId, 'reading what was asked', () =>
        startedAction(this.client, request.actionId),
      );
      assertSameAction(request, digest);
      throw error;
    }
  }

  /** Delivers a signed verdict. Delivering the same one again returns the same answer. */
  async review(actionId: string, review: ReviewInput): Promise<ReviewAnswer> {
    return this.change(actionId, 'delivering the verdict', () =>
      this.client.workflow
        .getHandle(actionId)
        .executeUpdate(reviewUpdate, { args: [review], updateId: review.verdictId }),
    );
  }

  /** Delivers an agent's signed answer. Delivering the same one again, under the same id, returns the same result. */
  async answer(actionId: string, updateId: string, answer: AgentAnswerInput): Promise<AgentAnswerResult> {
    return this.change(actionId, 'delivering the answer', () =>
      this.client.workflow.getHandle(actionId).executeUpdate(answerUpdate, { args: [answer], updateId }),
    );
  }

  /** Withdraws an action that has not run. */
  async cancel(actionId: string, input: CancelInput): Promise<CancelAnswer> {
    return this.change(actionId, 'cancelling', () =>
      this.client.workflow.getHandle(actionId).executeUpdate(cancelUpdate, { args: [input] }),
    );
  }

  /** Reports how a run under the permit ended. Durable when it returns. */
  async report(actionId: string, outcome: OutcomeInput): Promise<void> {
    await this.ask(actionId, 'reporting the outcome', () =>
      this.client.workflow.getHandle(actionId).signal(outcomeSignal, outcome),
    );
  }

  /** Has the workflow judge a permitted action again, by the policy in force. */
  async reconsider(actionId: string): Promise<void> {
    await this.ask(actionId, 'asking to judge again', () =>
      this.client.workflow.getHandle(actionId).signal(reconsiderSignal),
    );
  }

  /** Has an emergency stop carried out to its end. */
  async carryOut(stopId: string): Promise<void> {
    try {
      await startCarryOut(this.client, this.taskQueue, stopId);
    } catch (error) {
      throw toProblem(error, 'having the stop carried out');
    }
  }

  /** Where the action stands, as its workflow knows. */
  async state(actionId: string): Promise<WorkflowState> {
    return this.ask(actionId, 'reading the state', () => this.client.workflow.getHandle(actionId).query(stateQuery));
  }

  /** Waits until the action is over, however long that takes. */
  async result(actionId: string): Promise<Standing> {
    return (await this.client.workflow.getHandle(actionId).result()) as Standing;
  }

  private async change<Answer>(actionId: string, doing: string, call: () => Promise<Answer>): Promise<Answer> {
    try {
      return await this.ask(actionId, doing, call);
    } catch (error) {
      if (!(error instanceof GateProblem) || error.code !== 'already_settled') this.unanswered(actionId);
      throw error;
    }
  }

  private async ask<Answer>(actionId: string, doing: string, call: () => Promise<Answer>): Promise<Answer> {
    try {
      return await this.client.withDeadline(Date.now() + DEADLINE_MS, call);
    } catch (error) {
      if (isGone(error)) throw new GateProblem('already_settled', 'The action is over.', { actionId });
      throw toProblem(error, doing);
    }
  }
}

/** I2: an idempotency key names one action. */
function assertSameAction(request: ActionRequest, digest: string | undefined): void {
  if (digest === request.digest) return;
  throw keyReused(request.actionId);
}
