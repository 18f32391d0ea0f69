import type { GateApi } from './api.ts';
import { awaitVerdict } from './await-verdict.ts';
import { unlessAborted } from './clock.ts';
import { approvalGrants, grants } from './coherence.ts';
import type { ApprovalView, GuardAnswer, GuardRequest } from './contract/index.ts';
import { isFinal } from './contract/index.ts';
import { GateRequestError } from './errors/request.ts';
import { GateUnavailableError } from './errors/unavailable.ts';
import type { GuardOptions } from './options.ts';
import type { Patience } from './patience.ts';
import { giveBack, Grant } from './permit-run.ts';
import { Questions } from './questions.ts';
import type { Standing } from './refusal.ts';
import { endOf, refusalOf } from './refusal.ts';
import type { Warn } from './warnings.ts';

/** Takes one action from the question to a permit of this call, or to the error that says why there is none. */
export class GuardFlow {
  readonly #claimId: string;
  readonly #questions: Questions;
  #actionId: string | null = null;
  #asked = false;

  constructor(
    private readonly api: GateApi,
    private readonly options: GuardOptions,
    private readonly patience: Patience,
    private readonly warn: Warn,
    claimId: string,
  ) {
    this.#claimId = claimId;
    this.#questions = new Questions(api, options);
  }

  /**
   * Resolves with a permit that was granted to this very call.
   *
   * INVARIANT: there is no other way to a permit than a well-formed answer that grants it to this claim.
   */
  async obtain(request: GuardRequest): Promise<Grant> {
    const { signal } = this.options;
    try {
      const answer = await this.#ask(request);
      this.#actionId = answer.actionId;
      return await this.#follow(answer);
    } catch (error) {
      if (signal?.aborted && this.#actionId !== null) await this.#withdraw(this.#actionId);
      throw error;
    }
  }

  async #ask(request: GuardRequest): Promise<Standing> {
    const { signal } = this.options;
    const asked = { mode: 'permit', claimId: this.#claimId } as const;
    try {
      const asking = this.api.guard({ ...request, claim: this.#claimId }, asked, signal);
      return await unlessAborted(asking, signal, (late) => this.#tooLate(late));
    } catch (error) {
      // The action of an earlier call is being judged again: go on from where it stands.
      if (error instanceof GateRequestError && error.code === 'policy_changed') {
        const { actionId } = error.problem;
        if (typeof actionId === 'string') return this.api.action(actionId, { signal });
      }
      throw error;
    }
  }

  async #follow(first: Standing): Promise<Grant> {
    let standing = first;
    for (let looks = 1; ;) {
      const next = await this.#step(standing);
      if (next instanceof Grant) return next;
      const moved = next.status !== standing.status || next.approvalId !== standing.approvalId;
      looks = moved ? 1 : looks + 1;
      if (!moved && !(await this.patience.pause(looks))) throw stuck(next, this.api);
      standing = next;
    }
  }

  /** One step from where the action stands: to a permit, or to where it stands next. */
  async #step(standing: Standing): Promise<Grant | Standing> {
    if (isFinal(standing.status)) throw await endOf(standing, this.api);
    if (grants(standing, this.#claimId)) return this.#grant(standing);
    if (standing.status === 'permitted') return this.#claim(standing);
    if (standing.status === 'held') return this.#awaitVerdict(standing);
    // Its window has not opened yet; or another caller runs it, whose outcome is the answer: it is not run twice.
    return this.patience.watch(
      standing,
      (how) => this.api.action(standing.actionId, how),
      (seen) => seen.status !== standing.status,
    );
  }

  async #claim({ actionId }: Standing): Promise<Standing> {
    const { signal } = this.options;
    try {
      const claiming = this.api.claim(actionId, this.#claimId, signal);
      return await unlessAborted(claiming, signal, (late) => this.#tooLate(late));
    } catch (error) {
      return this.#recordAfter(error, actionId);
    }
  }

  async #awaitVerdict(standing: Standing): Promise<Grant | Standing> {
    const approvalId = standing.approvalId ?? '';
    if (!this.#asked) {
      this.#asked = true;
      await this.options.onPending?.(standing);
    }
    let approval: ApprovalView;
    try {
      const held = { ...standing, approvalId };
      approval = await awaitVerdict(this.api, held, this.#claimId, this.patience, this.#questions);
    } catch (error) {
      return this.#recordAfter(error, standing.actionId);
    }
    if (approvalGrants(approval, this.#claimId)) {
      return this.#grant({ actionId: standing.actionId, arguments: approval.arguments });
    }
    if (approval.status !== 'approved') throw refusalOf(approval, standing.actionId);
    return this.api.action(standing.actionId, { signal: this.options.signal });
  }

  /** A claim that was refused: another caller was faster, or the policy in force says otherwise. The record knows which. */
  #recordAfter(error: unknown, actionId: string): Promise<Standing> {
    if (!(error instanceof GateRequestError) || error.status !== 409) throw error;
    return this.api.action(actionId, { signal: this.options.signal });
  }

  #grant({ actionId, arguments: args }: Pick<GuardAnswer, 'actionId' | 'arguments'>): Grant {
    return new Grant(actionId, this.#claimId, args);
  }

  /** An answer that comes after the caller has gone must not leave a claim behind. */
  async #tooLate(answer: GuardAnswer): Promise<void> {
    if (grants(answer, this.#claimId)) await giveBack(this.#grant(answer), this.api, this.warn);
    else if (!isFinal(answer.status)) await this.#withdraw(answer.actionId);
  }

  async #withdraw(actionId: string): Promise<void> {
    if (this.options.cancelOnAbort !== true) return;
    // The caller hears of its own abort whatever becomes of this; the action expires by itself otherwise.
    await this.api.cancel(actionId, 'The caller aborted').catch(() => undefined);
  }
}

function stuck(standing: Standing, api: GateApi): GateUnavailableError {
  const says = `action ${standing.actionId} stays ${standing.status}, and nothing can be done with it yet`;
  const key = api.idempotencyKey === undefined ? {} : { idempotencyKey: api.idempotencyKey };
  return new GateUnavailableError(says, { reason: 'busy', ...key });
}
