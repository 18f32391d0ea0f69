import { doneMarkOf, marksOf } from '../../decide/answerers.ts';
import { roundOf } from '../../decide/stored-round.ts';
import type { ApprovalRow } from '../../store/actions.ts';
import type { ApprovalFilter } from '../../store/lists.ts';
import { standingIn, whyBarred } from '../../workflows/eligibility.ts';
import type { ApprovalListOptions, Caller } from '../gateway.ts';
import { isPermitted } from '../permit.ts';
import { filterFor } from './page.ts';

/** What the store is asked for: it finds all that the caller may answer, and can find more. */
export function questionsFor(caller: Caller, options: ApprovalListOptions): ApprovalFilter {
  const { mine = false, severity, secondLook, group, order = 'newest' } = options;
  const filter = { ...filterFor(caller, options), order };
  return {
    ...filter,
    ...(group === undefined ? {} : { group }),
    ...(severity === undefined ? {} : { severity }),
    ...(secondLook === undefined ? {} : { secondLook }),
    ...(mine ? { status: 'pending' as const, ...openTo(caller) } : {}),
  };
}

/** What finds the questions in which the caller has a say now, but for those of very many names. */
export function openTo(caller: Caller): Pick<ApprovalFilter, 'answerers' | 'done' | 'butNotOf'> {
  return { answerers: marksOf(caller), done: doneMarkOf(caller), butNotOf: caller.principal };
}

/** Whether the caller has a say in a question now, and has not had it. */
export function isFor(caller: Caller, approval: ApprovalRow): boolean {
  const round = roundOf(approval);
  const { principal: name, role, groups = [] } = caller;
  if (!isPermitted(caller, 'approval.review') || whyBarred(round, name) !== null || round.status !== 'pending')
    return false;
  if (round.votes.some((one) => one.reviewer === name && one.vote === 'approve')) return false;
  return standingIn(round, round.stage, { name, role, groups }) !== null;
}
