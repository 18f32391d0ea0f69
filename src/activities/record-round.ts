import type { JsonObject, VerdictWord } from '@gatehouse/sdk/contract';
import type { NewEvent } from '../audit/events.ts';
import { proofInEntry } from '../audit/verdict-proof.ts';
import type { DecideDeps } from '../decide/deps.ts';
import { progressColumns } from '../decide/open-approval.ts';
import { writeProgress } from '../store/approval-progress.ts';
import type { Person } from '../workflows/eligibility.ts';
import type { ActionRequest, VerdictDetail, VerdictProof } from '../workflows/messages.ts';
import type { ApprovalRound } from '../workflows/round.ts';

/** What happened to an open question without ending it. `at` is the workflow's time, in milliseconds since the epoch. */
export type RoundEntry =
  | {
      kind: 'verdict';
      verdictId: string;
      verdict: VerdictWord;
      reviewer: Person;
      comment: string | null;
      detail: VerdictDetail | null;
      proof: VerdictProof | null;
      unsigned: boolean;
      at: number;
    }
  | { kind: 'answered'; questionId: string; agent: string; at: number }
  | { kind: 'reminded'; count: number; at: number }
  | { kind: 'escalated'; at: number };

export interface RecordRoundInput {
  request: Pick<ActionRequest, 'actionId'>;
  /** As it is after what happened. */
  round: ApprovalRound;
  entry: RoundEntry;
}

/** Puts on record how far an open question has come, and what brought it there. */
export async function recordRound(deps: DecideDeps, { request, round, entry }: RecordRoundInput): Promise<void> {
  const { approvalId } = round;
  await writeProgress(deps.store, {
    actionId: request.actionId,
    approvalId,
    set: progressColumns(round),
    events: [eventOf(round, entry)],
  });
}

function eventOf(round: ApprovalRound, entry: RoundEntry): NewEvent {
  const { approvalId, stage, escalations } = round;
  const part = round.terms.stages[stage]?.name ?? '';
  const { kind, at } = entry;
  switch (entry.kind) {
    case 'verdict': {
      const { verdictId, verdict, reviewer, comment, unsigned } = entry;
      const actor = unsigned ? `unverified:${reviewer.name}` : `reviewer:${reviewer.name}`;
      const data = { approvalId, verdict, actionDigest: round.actionDigest, part, comment, unsigned, ...said(entry) };
      return { kind, key: `verdict:${verdictId}`, actor, at, data: { ...data, ...proofInEntry(entry.proof) } };
    }
    case 'answered': {
      const { questionId, agent } = entry;
      const asked = round.questions.find(({ id }) => id === questionId);
      const data = { approvalId, questionId, answer: asked?.answer ?? null };
      return { kind, key: `answered:${approvalId}:${questionId}`, actor: `agent:${agent}`, at, data };
    }
    case 'reminded': {
      const data = { approvalId, part, count: entry.count };
      return { kind, key: `reminded:${approvalId}:${String(entry.count)}`, actor: 'workflow', at, data };
    }
    case 'escalated': {
      const to = round.terms.stages[stage]?.escalation[escalations - 1]?.to;
      const key = `escalated:${approvalId}:${String(stage)}:${String(escalations)}`;
      return { kind, key, actor: 'workflow', at, data: { approvalId, part, ...(to === undefined ? {} : { to }) } };
    }
  }
}

function said({ detail }: Extract<RoundEntry, { kind: 'verdict' }>): JsonObject {
  if (detail?.kind === 'ask') return { question: detail.question };
  return detail?.kind === 'delegate' ? { to: detail.to } : {};
}
