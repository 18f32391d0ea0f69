import type { ApprovalStage, ApprovalTerms, Reviewers, WeeklyWindow } from '@gatehouse/sdk/contract';
import { spanOf } from './times.ts';

/** Who may answer, in words. */
export function reviewersSay({ users, groups, roles }: Reviewers): string {
  const named = [
    ...(users.length > 0 ? [users.join(', ')] : []),
    ...(groups.length > 0 ? [`the groups ${groups.join(', ')}`] : []),
    ...(roles.length > 0 ? [`the roles ${roles.join(', ')}`] : []),
  ];
  return named.length === 0 ? 'any reviewer' : named.join(', or ');
}

/** What one part of the question needs, in words. */
export function stageSays({ reviewers, quorum, distinctGroups }: ApprovalStage): string {
  const people = quorum === 1 ? 'one of' : `${String(quorum)} different people of`;
  return `${people}: ${reviewersSay(reviewers)}${distinctGroups ? ', each from another group' : ''}`;
}

/** A weekly window, in words. */
export function windowSays({ days, from, to, timeZone }: WeeklyWindow): string {
  const hours = from === undefined && to === undefined ? 'all day' : `${from ?? '00:00'} to ${to ?? '24:00'}`;
  return `${days?.join(', ') ?? 'every day'}, ${hours}, ${timeZone ?? 'UTC'}`;
}

/** The terms beside the parts, one line each: label and words. */
export function termsSay(terms: ApprovalTerms): [string, string][] {
  const { expiresInSeconds, remindEverySeconds, hours, run, commentRequired, tickets, grants } = terms;
  return [
    [
      'Stays open',
      expiresInSeconds === null ? 'until it is answered' : `${spanOf(expiresInSeconds)}; then it is refused`,
    ],
    ...optional('Reminder', remindEverySeconds, (seconds) => `every ${spanOf(seconds)}`),
    ...optional('Clocks run', hours, windowSays),
    ...run.map((window): [string, string] => ['Runs only', windowSays(window)]),
    ...(commentRequired ? [['Comment', 'required'] as [string, string]] : []),
    ...tickets.map((pattern): [string, string] => ['Comment has', `a word like ${pattern}`]),
    ...optional('Permission', grants, ({ uses, withinSeconds }) => {
      return `can be added to the approval: at most ${String(uses)} uses within ${spanOf(withinSeconds)}`;
    }),
  ];
}

function optional<T>(label: string, value: T | null, say: (value: T) => string): [string, string][] {
  return value === null ? [] : [[label, say(value)]];
}
