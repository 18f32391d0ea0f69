import type { ApprovalView, VerdictRequest, VerdictWord } from '@gatehouse/sdk/contract';
import { actionViewSchema, approvalViewSchema } from '@gatehouse/sdk/contract';
import { escapeText } from '../../foreign/escape.ts';
import { resolution } from '../approval-card.ts';
import { EXIT } from '../exit-codes.ts';
import { findApproval, pathPart } from '../find-approval.ts';
import type { GateHttp } from '../http.ts';
import type { Terminal } from '../terminal.ts';
import { say, warn } from '../terminal.ts';
import { askAbout, checkDigest, isAsked, sayWhat, type VerdictOptions } from './present.ts';

/** A verdict without what binds it: that comes from what is shown. */
export type Given = Omit<VerdictRequest, 'actionDigest' | 'policyDigest'>;

/** How each verdict is spoken of while it is given, and what a person is asked before it, where it lets something run. */
const WORDS: Readonly<Record<VerdictWord, { doing: string; question?: string }>> = {
  approve: { doing: 'Approving', question: 'Approve exactly this?' },
  reject: { doing: 'Rejecting' },
  edit: { doing: 'Editing', question: 'Approve it with these changes?' },
  ask: { doing: 'Asking about' },
  delegate: { doing: 'Delegating' },
  abstain: { doing: 'Abstaining from' },
  withdraw: { doing: 'Taking back your word on' },
  override: { doing: 'Overriding the terms of', question: 'Override the terms and approve exactly this?' },
};

/** Gives one verdict on one approval, found by its id or by that of its action. Resolves with the exit code. */
export async function giveVerdict(
  terminal: Terminal,
  gate: GateHttp,
  id: string,
  given: Given,
  options: VerdictOptions,
): Promise<number> {
  const { value: before } = await findApproval(gate, id);
  const { doing, question } = WORDS[given.verdict];
  // INVARIANT: I2 a person approves what they were shown: the digest that is sent is the one of exactly that.
  if (before.status === 'pending') {
    if (question !== undefined) checkDigest(before);
    if (question !== undefined && isAsked(terminal, options)) {
      if (!(await askAbout(terminal, before, options, question, given.arguments))) {
        warn(terminal, 'Nothing was sent; it is still pending.');
        return EXIT.other;
      }
    } else sayWhat(terminal, doing, before, options, given.arguments);
  }
  const { actionDigest, policyDigest } = before;
  const path = `/approvals/${pathPart(before.approvalId)}/verdict`;
  const { text, value: after } = await gate.post(path, approvalViewSchema, { ...given, actionDigest, policyDigest });
  if (options.json === true) say(terminal, text);
  else await sayWhatCame(terminal, gate, given.verdict, before, after);
  return EXIT.done;
}

async function sayWhatCame(
  terminal: Terminal,
  gate: GateHttp,
  verdict: VerdictWord,
  before: ApprovalView,
  after: ApprovalView,
): Promise<void> {
  // The gate takes the same verdict of the same person again, and nobody else's.
  const already = before.status === 'pending' ? '' : ' (already, by you)';
  say(terminal, `${escapeText(`${after.approvalId} is ${resolution(after)}`)}${already}`);
  if (verdict !== 'edit') return;
  // An edited action is judged anew, and may be held for others or blocked.
  const { value: action } = await gate.get(`/actions/${pathPart(after.actionId)}`, actionViewSchema);
  const held = action.status === 'held' && action.approvalId !== null ? ` under ${action.approvalId}` : '';
  say(terminal, escapeText(`Judged again with the edited arguments, the action is ${action.status}${held}`));
}
