import { GatehouseError } from './gatehouse-error.ts';

export interface RefusalFacts {
  actionId: string;
  approvalId: string | null;
  /** Why, for people. */
  reason: string;
  /** What the agent can do, where somebody said so. */
  advice?: string | null | undefined;
}

/** The action was refused and nothing ran. The same call will be refused again: never retry it. */
export abstract class ActionRefusedError extends GatehouseError {
  readonly retryable = false;
  readonly actionId: string;
  readonly approvalId: string | null;
  readonly reason: string;
  /** What the agent can do; null where nobody said so. */
  readonly advice: string | null;

  constructor(what: string, facts: RefusalFacts) {
    const advice = facts.advice ?? null;
    super(`${what}: ${facts.reason} (action ${facts.actionId})${advice === null ? '' : ` ${advice}`}`);
    this.actionId = facts.actionId;
    this.approvalId = facts.approvalId;
    this.reason = facts.reason;
    this.advice = advice;
  }
}
