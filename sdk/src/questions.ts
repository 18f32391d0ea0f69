import type { GateApi } from './api.ts';
import type { AgentQuestion, ApprovalView } from './contract/index.ts';
import { GateRequestError } from './errors/request.ts';
import type { RunOptions } from './options.ts';

/** What reviewers ask the agent while its action is held. Each question is handed over once in a call. */
export class Questions {
  readonly #handedOver = new Set<string>();
  /** How many questions the last look at an approval brought, by approval. */
  readonly #counts = new Map<string, number>();

  constructor(
    private readonly api: GateApi,
    private readonly options: Pick<RunOptions, 'onQuestion' | 'signal'>,
  ) {}

  /** True where somebody is there to answer. */
  get areWanted(): boolean {
    return this.options.onQuestion !== undefined;
  }

  /** What a look at the approval says of questions, so that the gate answers it as soon as there is one more. */
  look(approvalId: string): { questionsSeen?: number } {
    return this.areWanted ? { questionsSeen: this.#counts.get(approvalId) ?? 0 } : {};
  }

  areNewIn(approval: ApprovalView): boolean {
    this.#counts.set(approval.approvalId, approval.progress.questions.length);
    return this.areWanted && this.#newIn(approval).length > 0;
  }

  /** Hands over what is new, and sends what is answered. What `onQuestion` throws ends the call. */
  async answer(approval: ApprovalView): Promise<void> {
    const { approvalId } = approval;
    for (const question of this.#newIn(approval)) {
      this.#handedOver.add(keyOf(approvalId, question));
      const answer = await this.options.onQuestion?.(question);
      if (answer !== undefined) await this.#send(approvalId, question.id, answer);
    }
  }

  #newIn({ approvalId, progress }: ApprovalView): AgentQuestion[] {
    return progress.questions.filter(
      (question) => question.answer === null && !this.#handedOver.has(keyOf(approvalId, question)),
    );
  }

  async #send(approvalId: string, questionId: string, answer: string): Promise<void> {
    const { signal } = this.options;
    try {
      await this.api.answer(approvalId, { questionId, answer }, signal);
    } catch (error) {
      // People did not wait for the answer, or another call of this agent gave it: the next look tells which.
      if (!(error instanceof GateRequestError) || (error.status !== 409 && error.status !== 404)) throw error;
    }
  }
}

function keyOf(approvalId: string, { id }: AgentQuestion): string {
  return `${approvalId} ${id}`;
}
