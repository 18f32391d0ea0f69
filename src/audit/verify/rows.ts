import { isFinal, type ActionStatus } from '@gatehouse/sdk/contract';
import type { ActionRow, ApprovalRow } from '../../store/actions.ts';
import type { EventRow } from '../../store/chain.ts';
import type { Store } from '../../store/open.ts';
import { verdictPublicKeys } from '../../store/verdict-keys.ts';
import { readActionPage, readStory, requestedWithoutRow, type Story } from '../../store/verify-rows.ts';
import { isProven } from '../verdict-proof.ts';
import { wrongArguments } from './arguments.ts';
import type { Findings } from './finding.ts';
import { wrongJudgements } from './judgements.ts';
import { parsed } from './parsed.ts';
import { isErased, saidOf } from './said-of.ts';
import { statusAfter } from './status-after.ts';

/** What is wrong with one action, by code. */
type Wrong = Parameters<Findings['add']>;

/**
 * Compares the row of every action, and of its approvals, with its entries. A difference counts when it is still there at a
 * second look in one transaction: rows and entries that are read one after the other may have a change between them.
 *
 * @returns how many actions were compared
 */
export async function verifyRows(store: Store, findings: Findings, progress: (done: number) => void): Promise<number> {
  // Also those that were revoked since: what they signed before was given.
  const keys = await verdictPublicKeys(store, 'all');
  let done = 0;
  let after = '';
  for (;;) {
    const page = await readActionPage(store, after);
    const last = page.at(-1);
    if (last === undefined) break;
    for (const story of page) {
      done += 1;
      if (wrongWith(story, keys).length === 0) continue;
      const again = await readStory(store, story.action.id);
      if (again === undefined) continue;
      // A key can have come meanwhile, as anything else.
      for (const wrong of wrongWith(again, await verdictPublicKeys(store, 'all'))) findings.add(...wrong);
    }
    after = last.action.id;
    progress(done);
  }
  for (const action of await requestedWithoutRow(store)) {
    findings.add('row_missing', { action }, `The record has entries of ${action}, and its action is gone`);
  }
  return done;
}

function wrongWith({ action, approvals, entries }: Story, keys: ReadonlyMap<string, string>): Wrong[] {
  const where = { action: action.id };
  const of = (kind: string): EventRow | undefined => entries.find((entry) => entry.kind === kind);
  const requested = of('requested');
  const decided = of('decided');
  if (requested === undefined || decided === undefined) {
    return [['row_without_entries', where, `${action.id} has no entry that says that it was asked for and decided`]];
  }
  const wrong: Wrong[] = wrongArguments(action, { requested, decided, entries }).map((says) => [
    'digest_differs',
    where,
    says,
  ]);
  for (const what of wrongJudgements(action, approvals, entries)) {
    wrong.push(['judgement_differs', where, `${what} is not what was judged`]);
  }
  const outcome = saidOf(decided, 'outcome', action.outcome);
  if (outcome !== action.outcome) {
    wrong.push(['outcome_differs', where, `${action.id} says ${action.outcome}; its entries say ${String(outcome)}`]);
  }
  const status = statusAfter(entries);
  if (status !== null && status !== action.status && !isApprovedByEditor(status, action, approvals)) {
    wrong.push(['status_differs', where, `${action.id} is ${action.status}; by its entries it is ${status}`]);
  }
  if (action.approval_id !== null && !approvals.some(({ id }) => id === action.approval_id)) {
    wrong.push(['approval_differs', where, `${action.approval_id}, the question of ${action.id}, is gone`]);
  }
  for (const { actor } of entries.filter((entry) => isForged(entry, keys))) {
    wrong.push(['verdict_forged', where, `A verdict of ${actor} on ${action.id} was not signed as its entry has it`]);
  }
  return [...wrong, ...approvals.flatMap((approval) => wrongWithApproval(action, approval, entries))];
}

/** Whether the gate signed something else than what the entry of a verdict says. */
function isForged(entry: EventRow, keys: ReadonlyMap<string, string>): boolean {
  if (entry.kind !== 'verdict' || isErased(entry)) return false;
  const { action_id: action, key, actor, data_json: json } = entry;
  return isProven({ action, key, actor, data: parsed(json) ?? {} }, keys) === 'forged';
}

/** Whose edit is asked about has approved it already: where that is all that is needed, the question opens approved. */
function isApprovedByEditor(status: ActionStatus, action: ActionRow, approvals: readonly ApprovalRow[]): boolean {
  const last = approvals.find(({ id }) => id === action.approval_id);
  return status === 'held' && action.status === 'permitted' && last?.status === 'approved';
}

/** A question that was answered has moved its action on, and one that is open has not. */
function wrongWithApproval(action: ActionRow, approval: ApprovalRow, entries: readonly EventRow[]): Wrong[] {
  const isLast = action.approval_id === approval.id;
  const rechecked = entries.some(({ key }) => key === `rechecked:${approval.id}`);
  const says = (what: string): Wrong[] => [['approval_differs', { action: action.id }, `${approval.id} ${what}`]];
  if (approval.status === 'pending' && isLast && isFinal(action.status))
    return says('is open, and its action has ended');
  if (approval.status === 'pending' && rechecked) return says('is open; by the entries it was approved');
  const byEditor = entries.some(({ kind, key }) => kind === 'rechecked' && key.startsWith('rechecked:'));
  if (approval.status === 'approved' && !rechecked && !byEditor) return says('is approved; no entry says so');
  const ended = { denied: 'rejected', expired: 'expired', cancelled: 'cancelled' } as const;
  const end = ended[approval.status as keyof typeof ended] as ActionStatus | undefined;
  const isEnd = (kind: string): boolean => kind === end || (end === 'cancelled' && kind === 'stopped');
  if (end !== undefined && !entries.some(({ kind }) => isEnd(kind))) return says(`is ${end}; no entry says so`);
  return [];
}
