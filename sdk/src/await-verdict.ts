import type { GateApi } from './api.ts';
import type { ApprovalView, GuardAnswer } from './contract/index.ts';
import type { Patience } from './patience.ts';
import type { Questions } from './questions.ts';

/**
 * Waits until people have answered what was asked, and answers what they ask back meanwhile. Throws `ActionPendingError`
 * when the agent's time is over, and whatever a look at the gate throws.
 *
 * @param claimId to whom the permit goes once it is approved; false for nobody
 */
export async function awaitVerdict(
  api: GateApi,
  standing: GuardAnswer & { approvalId: string },
  claimId: string | false,
  patience: Patience,
  questions: Questions,
): Promise<ApprovalView> {
  for (;;) {
    const approval = await patience.watch(
      standing,
      (how) => api.approval(standing.approvalId, claimId, { ...how, ...questions.look(standing.approvalId) }),
      (seen) => seen.status !== 'pending' || questions.areNewIn(seen),
    );
    if (approval.status !== 'pending') return approval;
    await questions.answer(approval);
  }
}
