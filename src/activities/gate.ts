import type { GuardAnswer, WeeklyWindow } from '@gatehouse/sdk/contract';
import { toGuardAnswer } from '../decide/answer.ts';
import { claimPermit } from '../decide/claim.ts';
import { decide } from '../decide/decide.ts';
import type { DecideDeps } from '../decide/deps.ts';
import { GateProblem, keyReused } from '../decide/problem.ts';
import { standingOf } from '../decide/standing.ts';
import { roundOf } from '../decide/stored-round.ts';
import { afterOpenTime } from '../policy/index.ts';
import { readAction, recordEvents } from '../store/actions.ts';
import { readApproval } from '../store/lists.ts';
import type { ActionRequest, DecisionInput, Standing } from '../workflows/messages.ts';
import type { ApprovalRound } from '../workflows/round.ts';
import { concludeApproval, type ConcludeInput, type Watched } from './conclude-approval.ts';
import { withFailures } from './failures.ts';
import { openWindow } from './open-window.ts';
import { beginExecution, cancelPermit, endOfPatience, reconsider } from './permit.ts';
import { recordPreview, type RecordPreviewInput } from './record-preview.ts';
import { recordRound, type RecordRoundInput } from './record-round.ts';
import { refuseReport, settle } from './settle.ts';
import { withSpans } from './with-spans.ts';
import { verifyAnswer, verifyVerdict } from './verify-verdict.ts';

export interface GateActivityDeps extends DecideDeps, Watched {
  /** Whether a verdict by a bare Temporal signal counts. It is marked as unsigned wherever it is shown. */
  unsignedVerdicts: 'accept' | 'refuse';
}

export interface RefusedVerdict {
  actionId: string;
  verdictId: string;
  verdict: string;
  reviewer: string;
  unsigned: boolean;
  code: string;
  says: string;
  at: number;
}

type Bound<Step> = Step extends (deps: DecideDeps, input: infer Input) => infer Result
  ? (input: Input) => Result
  : never;

/** The steps that the workflow runs as local activities. All read and write the record, and all may run twice. */
export interface GateActivities {
  decide(input: { request: ActionRequest }): Promise<Standing>;
  answerCaller(input: DecisionInput & { actionId: string }): Promise<GuardAnswer>;
  admitUnsigned(): Promise<string | null>;
  recordRefusedVerdict(input: RefusedVerdict): Promise<void>;
  readRound(input: { actionId: string }): Promise<ApprovalRound | null>;
  verifyVerdict: Bound<typeof verifyVerdict>;
  verifyAnswer: Bound<typeof verifyAnswer>;
  recordRound(input: RecordRoundInput): Promise<void>;
  recordPreview(input: RecordPreviewInput): Promise<void>;
  /** When so many seconds have passed on a clock that runs only while the window is open. */
  openTimeAfter(input: { hours: WeeklyWindow; from: number; seconds: number }): Promise<number>;
  concludeApproval(input: ConcludeInput): Promise<Standing>;
  openWindow: Bound<typeof openWindow>;
  settle: Bound<typeof settle>;
  refuseReport: Bound<typeof refuseReport>;
  cancelPermit: Bound<typeof cancelPermit>;
  endOfPatience: Bound<typeof endOfPatience>;
  reconsider: Bound<typeof reconsider>;
  beginExecution: Bound<typeof beginExecution>;
}

/** Binds the steps to the store, the policy and the clock of this worker. */
export function createGateActivities(deps: GateActivityDeps): GateActivities {
  const steps = withFailures<GateActivities>({
    decide: async ({ request }) => {
      const action = await decide(deps, { request, by: 'workflow', claimId: null });
      return standingOf(deps.store, action);
    },
    answerCaller: async ({ actionId, digest, requestId, claimId }) => {
      const asked = await readAction(deps.store, actionId);
      if (asked === undefined) throw new GateProblem('not_found', `There is no action ${actionId} on record`);
      if (asked.digest !== digest) throw keyReused(actionId);
      const claim = claimId === null ? null : await claimPermit(deps, actionId, claimId);
      return toGuardAnswer(claim?.action ?? asked, { requestId, claimId });
    },
    admitUnsigned: () =>
      Promise.resolve(deps.unsignedVerdicts === 'accept' ? null : 'Unsigned verdicts do not count here; use the API'),
    recordRefusedVerdict: ({ actionId, verdictId, reviewer, unsigned, at, ...said }) =>
      recordEvents(deps.store, actionId, [
        {
          kind: 'refused_attempt',
          // Never the key of a verdict that counted: whoever forges one chooses its id.
          key: `refused:${unsigned ? 'signal' : 'review'}:${verdictId}`,
          actor: unsigned ? `unverified:${reviewer}` : `reviewer:${reviewer}`,
          at,
          data: { what: 'verdict', verdictId, ...said },
        },
      ]),
    readRound: async ({ actionId }) => {
      const action = await readAction(deps.store, actionId);
      const found = action?.approval_id == null ? undefined : await readApproval(deps.store, action.approval_id);
      return found === undefined ? null : roundOf(found.approval);
    },
    verifyVerdict: (input) => verifyVerdict(deps, input),
    verifyAnswer: (input) => verifyAnswer(deps, input),
    recordRound: (input) => recordRound(deps, input),
    recordPreview: (input) => recordPreview(deps, input),
    openTimeAfter: ({ hours, from, seconds }) => Promise.resolve(afterOpenTime(hours, from, seconds)),
    concludeApproval: (input) => concludeApproval(deps, input),
    openWindow: (input) => openWindow(deps, input),
    settle: (input) => settle(deps, input),
    refuseReport: (input) => refuseReport(deps, input),
    cancelPermit: (input) => cancelPermit(deps, input),
    endOfPatience: (input) => endOfPatience(deps, input),
    reconsider: (input) => reconsider(deps, input),
    beginExecution: (input) => beginExecution(deps, input),
  });
  return withSpans(steps);
}
