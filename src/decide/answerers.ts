import type { Reviewers } from '@gatehouse/sdk/contract';
import type { ApprovalRound } from '../workflows/round.ts';

/** Who is asked for; see `Caller`. */
export interface Answerer {
  principal: string;
  role: string;
  groups?: readonly string[] | undefined;
}

/** More than this and a question is found by everybody: whoever lists it looks closer anyway. */
const LONGEST = 1000;
const ANY = '|any|';

/**
 * Who may answer the open part of a question, as one text that a list can be filtered by: `|any|`, or `|user:ann|group:leads|`.
 * It finds everybody who may, and can find more: those that may not are left out by whoever knows the whole round.
 */
export function answerersOf(round: Pick<ApprovalRound, 'terms' | 'stage' | 'escalations' | 'delegations'>): string {
  const stage = round.terms.stages[round.stage];
  if (stage === undefined) return ANY;
  const lists = [stage.reviewers, ...stage.escalation.slice(0, round.escalations).map(({ to }) => to)];
  if (lists.some(isEverybody)) return ANY;
  const delegates = round.delegations.filter((one) => one.stage === round.stage).map(({ to }) => to);
  const marks = [...lists.flatMap(({ users }) => users), ...delegates].map((name) => mark('user', name));
  for (const { groups, roles } of lists) {
    marks.push(...groups.map((name) => mark('group', name)), ...roles.map((name) => mark('role', name)));
  }
  const text = [...new Set(marks)].join('');
  return text.length > LONGEST ? ANY : text;
}

/** What to look for in that text to find what somebody may answer. */
export function marksOf({ principal, role, groups = [] }: Answerer): string[] {
  // An owner may do what an admin may.
  const roles = role === 'owner' ? ['owner', 'admin'] : [role];
  const marks = [mark('user', principal), ...roles.map((name) => mark('role', name))];
  return [ANY, ...marks, ...groups.map((name) => mark('group', name))];
}

function isEverybody({ users, groups, roles }: Reviewers): boolean {
  return users.length + groups.length + roles.length === 0;
}

/** Encoded, so that no name can hold what stands between two of them, or what a search takes for a wildcard. */
function mark(kind: 'user' | 'group' | 'role', name: string): string {
  const encoded = encodeURIComponent(name).replaceAll('~', '%7E').replaceAll('_', '%5F').replaceAll('%', '~');
  return `|${kind}:${encoded}|`;
}
