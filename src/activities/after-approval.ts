import type { ActionStatus, Judgement } from '@gatehouse/sdk/contract';
import type { NewEvent } from '../audit/events.ts';
import { digestsOfJson } from '../audit/judgement-digests.ts';
import type { EditOfQuestion } from '../decide/edited.ts';
import { editedColumns } from '../decide/edited.ts';
import { NEVER } from '../decide/expiry.ts';
import { openApproval } from '../decide/open-approval.ts';
import { termsOf } from '../decide/stored-round.ts';
import { nextOpening } from '../policy/index.ts';
import type { ActionRow, ApprovalRow } from '../store/actions.ts';
import type { ActionRequest } from '../workflows/messages.ts';

/** Where an action goes, and what is put on record of it. */
export interface Next {
  set: Partial<ActionRow> & { status: ActionStatus };
  opens?: ApprovalRow;
  events: NewEvent[];
}

/** What an approved action is judged to be, just before it may run. */
export interface Approved {
  request: ActionRequest;
  approval: ApprovalRow;
  action: ActionRow;
  judgement: Judgement;
  /** The workflow's time, in milliseconds since the epoch. */
  at: number;
}

/** What nobody waits for any more is not kept ready for ever, also where the question could have stayed open. */
const LONGEST_PERMIT_MS = 30 * 86_400_000;

/** It may run: now, or when the windows of the terms open. */
export function permit(approved: Approved): Next {
  const { request, approval, judgement, at } = approved;
  const permitted = { permit_policy: judgement.policyDigest };
  // The agent may have gone meanwhile: it finds its permit as long as the question would have stayed open.
  const stays = approval.expires_at === NEVER ? at + LONGEST_PERMIT_MS : approval.expires_at;
  const until = Math.max(at + Math.round(request.permitSeconds * 1000), stays);
  const windows = windowsOf(approved);
  if (windows.length === 0) return { set: { status: 'permitted', permit_until: until, ...permitted }, events: [] };
  const opening = nextOpening(windows, at);
  if (opening === null) return blocked('The windows in which it may run are never open at once, so nothing runs', at);
  const { opensAt, closesAt } = opening;
  if (opensAt <= at) {
    return { set: { status: 'permitted', permit_until: closesAt, opens_at: opensAt, ...permitted }, events: [] };
  }
  const data = { opensAt: new Date(opensAt).toISOString(), closesAt: new Date(closesAt).toISOString() };
  return {
    set: { status: 'scheduled', opens_at: opensAt, permit_until: null, permit_policy: null },
    events: [{ kind: 'scheduled', key: `scheduled:${approval.id}:${String(opensAt)}`, actor: 'workflow', at, data }],
  };
}

/** Nothing runs, since the policy in force says so. */
export function blocked(reason: string, at: number, more: { policyDigest?: string } = {}): Next {
  return {
    set: { status: 'blocked', settled_at: at, settle_reason: reason },
    events: [{ kind: 'blocked', key: 'end', actor: 'workflow', at, data: { reason, ...more } }],
  };
}

/** People are asked once more, about what the policy in force asks now. */
export function askAgain({ approval, action, judgement, at }: Approved): Next {
  const opens = openApproval(action, judgement, approval.round + 1, at);
  const { reason } = judgement;
  const data = { approvalId: opens.id, round: opens.round, reason, ...digestsOfJson(opens.judgement_json) };
  return {
    set: { status: 'held', approval_id: opens.id, permit_until: null, permit_policy: null, opens_at: null },
    opens,
    events: [{ kind: 'held', key: `held:${String(opens.round)}`, actor: 'workflow', at, data }],
  };
}

/** The same action with the arguments that a reviewer put in place of the agent's. */
export function withEdit(action: ActionRow, edit: EditOfQuestion, judgement: Judgement): ActionRow {
  return { ...action, ...editedColumns(edit, judgement) };
}

/** All windows that anybody asked for: those that people saw, and those of the policy in force. Break-glass waits for none. */
function windowsOf({ approval, judgement }: Approved): ReturnType<typeof termsOf>['run'] {
  if (approval.break_glass === 1) return [];
  return [...termsOf(approval).run, ...(judgement.approval?.run ?? [])];
}
