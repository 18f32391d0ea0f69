import type { ActionStatus } from '../contract/index.ts';
import { GatehouseError } from './gatehouse-error.ts';

export interface PendingFacts {
  actionId: string;
  approvalId: string | null;
  status: ActionStatus;
  idempotencyKey: string;
  expiresAt: string | null;
}

/** The action still waits, and the call was told not to wait longer. A call with the same key takes up where this left. */
export class ActionPendingError extends GatehouseError {
  override readonly name = 'ActionPendingError';
  readonly code = 'action_pending';
  readonly retryable = false;
  readonly actionId: string;
  /** Null when the wait was for another caller's run and not for people. */
  readonly approvalId: string | null;
  readonly status: ActionStatus;
  readonly idempotencyKey: string;
  readonly expiresAt: string | null;

  constructor(facts: PendingFacts) {
    super(
      `Pending: action ${facts.actionId} is ${facts.status}; call again with idempotencyKey "${facts.idempotencyKey}" to take it up`,
    );
    this.actionId = facts.actionId;
    this.approvalId = facts.approvalId;
    this.status = facts.status;
    this.idempotencyKey = facts.idempotencyKey;
    this.expiresAt = facts.expiresAt;
  }
}
