import type { ActionStatus, Judgement } from '@gatehouse/sdk/contract';
import type { NewEvent } from '../audit/events.ts';
import { judgeAgain } from '../decide/again.ts';
import { openApproval } from '../decide/decide.ts';
import type { DecideDeps } from '../decide/deps.ts';
import { GateProblem } from '../decide/problem.ts';
import { readStanding } from '../decide/standing.ts';
import { moveAction, type ActionRow } from '../store/actions.ts';
import { readApproval } from '../store/lists.ts';
import type { ApprovalRound } from '../workflows/approval.ts';
import type { ActionRequest, Standing } from '../workflows/messages.ts';

export interface ConcludeInput {
  request: ActionRequest;
  round: ApprovalRound;
  /** The verdict that resolved the round; null when it expired or was cancelled. */
  verdictId: string | null;
}

/** What the end of a round means for the action. */
const AFTER = { denied: 'rejected', expired: 'expired', cancelled: 'cancelled' } as const;

/**
 * Puts the end of a round on record and says where the action stands then. An approved action is judged again by the
 * policy in force: it gets its permit, is blocked, or goes back to people with another question.
 */
export async function concludeApproval(deps: DecideDeps, input: ConcludeInput): Promise<Standing> {
  const { request, round } = input;
  const held = await readApproval(deps.store, round.approvalId);
  if (held === undefined) throw new GateProblem('not_found', `There is no approval ${round.approvalId} on record`);
  // The workflow's time throughout, so that the entries of one verdict stand in order.
  const at = round.resolvedAt ?? deps.now();
  const end = round.status === 'approved' ? await approved(deps, input, held, at) : refused(input, at);
  await moveAction(deps.store, {
    actionId: request.actionId,
    from: ['held'],
    approvalId: round.approvalId,
    set: end.set,
    resolves: {
      approvalId: round.approvalId,
      set: {
        status: round.status,
        resolved_at: at,
        resolved_by: round.resolvedBy,
        comment: round.comment,
        unsigned: round.unsigned ? 1 : 0,
      },
    },
    ...(end.opens === undefined ? {} : { opens: end.opens }),
    events: [...verdictEvent(input, at), ...end.events],
  });
  return readStanding(deps.store, request.actionId);
}

interface End {
  set: Partial<ActionRow> & { status: ActionStatus };
  opens?: ReturnType<typeof openApproval>;
  events: NewEvent[];
}

function refused({ round }: ConcludeInput, at: number): End {
  const status = AFTER[round.status as keyof typeof AFTER];
  const reason =
    status === 'expired'
      ? 'Nobody answered in time, which is a refusal'
      : (round.comment ?? `${status} by ${round.resolvedBy ?? 'nobody'}`);
  return {
    set: { status, settled_at: at, settle_reason: reason },
    events: [{ kind: status, key: 'end', actor: actorOf(round), at, data: { reason, approvalId: round.approvalId } }],
  };
}

async function approved(
  deps: DecideDeps,
  { request, round }: ConcludeInput,
  held: NonNullable<Awaited<ReturnType<typeof readApproval>>>,
  at: number,
): Promise<End> {
  const base = JSON.parse(held.approval.judgement_json) as Judgement;
  const { says, judgement } = await judgeAgain(deps, held.action, base);
  const { reason, policyDigest, outcome } = judgement;
  const rechecked: NewEvent = {
    kind: 'rechecked',
    key: `rechecked:${round.approvalId}`,
    actor: 'workflow',
    at,
    data: { says, outcome, reason, policyDigest },
  };
  if (says === 'blocked') {
    return {
      set: { status: 'blocked', settled_at: at, settle_reason: reason },
      events: [rechecked, { kind: 'blocked', key: 'end', actor: 'workflow', at, data: { reason, policyDigest } }],
    };
  }
  if (says === 'ask') {
    const opens = openApproval(held.action, judgement, held.approval.round + 1, at);
    return {
      set: { status: 'held', approval_id: opens.id },
      opens,
      events: [
        rechecked,
        {
          kind: 'held',
          key: `held:${String(opens.round)}`,
          actor: 'workflow',
          at,
          data: { approvalId: opens.id, round: opens.round, reason },
        },
      ],
    };
  }
  // The agent may have gone meanwhile: it finds its permit as long as the question would have stayed open.
  const permitUntil = Math.max(at + Math.round(request.permitSeconds * 1000), held.approval.expires_at);
  return {
    set: { status: 'permitted', permit_until: permitUntil, permit_policy: policyDigest },
    events: [rechecked],
  };
}

function verdictEvent({ round, verdictId }: ConcludeInput, at: number): NewEvent[] {
  if (verdictId === null) return [];
  return [
    {
      kind: 'verdict',
      key: `verdict:${verdictId}`,
      actor: actorOf(round),
      at,
      data: {
        approvalId: round.approvalId,
        verdict: round.status,
        actionDigest: round.actionDigest,
        comment: round.comment,
        unsigned: round.unsigned,
      },
    },
  ];
}

function actorOf(round: ApprovalRound): string {
  if (round.resolvedBy === null) return 'workflow';
  if (round.status === 'cancelled') return round.resolvedBy;
  return `reviewer:${round.resolvedBy}`;
}
