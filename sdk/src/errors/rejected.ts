import type { RefusalFacts } from './refused.ts';
import { ActionRefusedError } from './refused.ts';

/** A reviewer said no. */
export class ActionRejectedError extends ActionRefusedError {
  override readonly name = 'ActionRejectedError';
  readonly code = 'action_rejected';
  /** Who rejected it, as far as the gate tells this agent. */
  readonly by: string | null;
  /** What the reviewer wrote. */
  readonly comment: string | null;

  constructor(facts: Omit<RefusalFacts, 'reason'> & { by: string | null; comment: string | null }) {
    super('Rejected', { ...facts, reason: facts.comment ?? 'the reviewer gave no comment' });
    this.by = facts.by;
    this.comment = facts.comment;
  }
}
