import type { JsonObject } from '@gatehouse/sdk/contract';
import { z } from 'zod';
import type { NoticeKind } from '../audit/notice-kinds.ts';
import { editOfQuestion } from '../decide/edited.ts';
import { sayExpiry } from '../decide/expiry.ts';
import { readJudgement } from '../decide/stored-judgement.ts';
import { roundOf } from '../decide/stored-round.ts';
import { readAction, type ActionRow, type ApprovalRow } from '../store/actions.ts';
import type { DeliveryRow } from '../store/deliveries.ts';
import { readApprovalAlone } from '../store/lists.ts';
import { readNotice } from '../store/notices.ts';
import type { Store } from '../store/open.ts';

/** What a notice is about, as the record has it when it is sent. */
export interface Subject {
  noticeId: string;
  kind: NoticeKind;
  /** Who did what it tells of: `agent:…`, `reviewer:…`, `workflow`. */
  actor: string;
  /** Milliseconds since the epoch. */
  at: number;
  data: JsonObject;
  action: ActionRow | null;
  approval: ApprovalRow | null;
}

/** Reads what a delivery tells of; null where the record has lost it. */
export async function readSubject(store: Store, delivery: DeliveryRow): Promise<Subject | null> {
  if (delivery.notice_id === null) return null;
  const notice = await readNotice(store, delivery.notice_id);
  if (notice === undefined) return null;
  const { id: noticeId, kind, actor, at, approval_id: approvalId } = notice;
  const approval = approvalId === null ? undefined : await readApprovalAlone(store, approvalId);
  const action = approval === undefined ? undefined : await readAction(store, approval.action_id);
  const data = JSON.parse(notice.data_json) as JsonObject;
  return { noticeId, kind, actor, at, data, action: action ?? null, approval: approval ?? null };
}

/** What a question asks for: the agent's own arguments, or those that a reviewer put in their place. */
export function argumentsAsked(action: ActionRow, approval: ApprovalRow): JsonObject {
  return editOfQuestion(approval)?.arguments ?? (JSON.parse(action.context_json) as JsonObject);
}

/** Why it is asked, and which rule asks. */
export function whyAsked(approval: ApprovalRow): { reason: string; matchedRule: string | null } {
  const { reason, matchedRule } = readJudgement(approval.judgement_json);
  return { reason, matchedRule };
}

/** Until when it can be answered, in ISO 8601; null where it stays open. */
export function expiresAt(approval: ApprovalRow): string | null {
  return sayExpiry(approval.expires_at);
}

/** The groups that the part of a question which is open now is put to, those of the steps of its ladder included. */
function groupsAsked(approval: ApprovalRow): string[] {
  const round = roundOf(approval);
  const stage = round.terms.stages[round.stage];
  if (stage === undefined) return [];
  const lists = [stage.reviewers, ...stage.escalation.slice(0, round.escalations).map(({ to }) => to)];
  return [...new Set(lists.flatMap(({ groups }) => groups))];
}

const stepSchema = z.object({ to: z.object({ groups: z.array(z.string()) }) });

/** The groups that a notice is for: of a step of a ladder those that it brings in, for the others know of the question. */
export function groupsTold({ kind, data, approval }: Pick<Subject, 'kind' | 'data' | 'approval'>): string[] {
  if (approval === null) return [];
  const step = kind === 'escalated' ? stepSchema.safeParse(data) : null;
  return step?.success === true ? step.data.to.groups : groupsAsked(approval);
}

/** True where the notice tells of a part of a question that is not the open one, or of the first, which was told. */
export function isOldNews({ kind, data, approval }: Pick<Subject, 'kind' | 'data' | 'approval'>): boolean {
  if (kind !== 'held' || approval === null || typeof data['part'] !== 'string') return false;
  const { stage, terms } = roundOf(approval);
  return stage === 0 || terms.stages[stage]?.name !== data['part'];
}
