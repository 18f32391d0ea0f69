import type { RefusalFacts } from './refused.ts';
import { ActionRefusedError } from './refused.ts';

/** Nobody answered in time, which is a refusal. */
export class ActionExpiredError extends ActionRefusedError {
  override readonly name = 'ActionExpiredError';
  readonly code = 'action_expired';
  readonly expiresAt: string | null;

  constructor(facts: RefusalFacts & { expiresAt: string | null }) {
    super('Expired', facts);
    this.expiresAt = facts.expiresAt;
  }
}

/** The action was withdrawn before it ran. */
export class ActionCancelledError extends ActionRefusedError {
  override readonly name = 'ActionCancelledError';
  readonly code = 'action_cancelled';

  constructor(facts: RefusalFacts) {
    super('Cancelled', facts);
  }
}

/** The action was permitted, and nobody came to run it in time. */
export class ActionLapsedError extends ActionRefusedError {
  override readonly name = 'ActionLapsedError';
  readonly code = 'action_lapsed';

  constructor(facts: RefusalFacts) {
    super('Lapsed', facts);
  }
}
