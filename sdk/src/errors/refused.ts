import { GatehouseError } from './gatehouse-error.ts';

export interface RefusalFacts {
  actionId: string;
  approvalId: string | null;
  /** One sentence that an agent can act on. */
  reason: string;
}

/** The action was refused and nothing ran. The same call will be refused again: never retry it. */
export abstract class ActionRefusedError extends GatehouseError {
  readonly retryable = false;
  readonly actionId: string;
  readonly approvalId: string | null;
  readonly reason: string;

  constructor(what: string, facts: RefusalFacts) {
    super(`${what}: ${facts.reason} (action ${facts.actionId})`);
    this.actionId = facts.actionId;
    this.approvalId = facts.approvalId;
    this.reason = facts.reason;
  }
}
