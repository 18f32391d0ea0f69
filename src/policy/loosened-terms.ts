import type { ApprovalTerms } from '@gatehouse/sdk/contract';
import { covers } from './stages.ts';
import { isSame } from './terms.ts';

/** In words in what some terms are looser than others, or may be; null where they are not. */
export function termsLoosened(was: ApprovalTerms, is: ApprovalTerms): string | null {
  if ((is.expiresInSeconds ?? Infinity) > (was.expiresInSeconds ?? Infinity))
    return 'its approvals stay open for longer';
  if (!covers(is.stages, was.stages)) return 'its approvals need fewer people, or other ones';
  if (is.hours !== null && is.expiresInSeconds !== null && !isSame(is.hours, was.hours)) {
    return 'the clock of its approvals rests at other times';
  }
  if (!was.run.every((window) => is.run.some((other) => isSame(window, other)))) {
    return 'what was approved may run at other times';
  }
  if (was.commentRequired && !is.commentRequired) return 'its approvals need no comment';
  if (!was.tickets.every((ticket) => is.tickets.includes(ticket))) return 'its approvals need no ticket, or another';
  if (was.excludeOwner && !is.excludeOwner) return 'the owner of the agent may answer';
  return grantsMore(was.grants, is.grants) ? 'it permits more standing permissions' : null;
}

function grantsMore(was: ApprovalTerms['grants'], is: ApprovalTerms['grants']): boolean {
  if (is === null) return false;
  return was === null || is.uses > was.uses || is.withinSeconds > was.withinSeconds;
}
