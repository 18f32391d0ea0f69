import type { ApprovalTerms, Reviewers } from '@gatehouse/sdk/contract';
import type { ApprovalRound } from '../workflows/round.ts';

/** Who is asked for; see `Caller`. */
export interface Answerer {
  principal: string;
  role: string;
  groups?: readonly string[] | undefined;
}

/**
 * In characters: with more a question is found by everybody, and whoever lists it looks closer anyway. It stands in an
 * index, and an entry of PostgreSQL's holds 2,700 bytes at most.
 */
const LONGEST = 600;
const ANY = '|any|';

type Asked = Pick<ApprovalRound, 'terms' | 'stage' | 'escalations' | 'delegations' | 'votes'>;

/**
 * Who may answer the open part of a question, as one text that a list can be filtered by: `|any|`, or
 * `|user:ann||group:leads|`, and behind that who has no say any more: `|done:bob|`. It finds everybody who may, and where
 * there are very many names it finds more: those that may not are left out by whoever knows the whole round.
 */
export function answerersOf(round: Asked): string {
  return whoMay(round) + whoIsDone(round);
}

function whoMay(round: Asked): string {
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

/** Those who have approved, who have handed on their say, and who are behind the agent. */
function whoIsDone({ terms, stage, delegations, votes }: Asked): string {
  // A question of an earlier version bars nobody else.
  const { barred = [] } = terms as Partial<ApprovalTerms>;
  const approved = votes.filter(({ vote }) => vote === 'approve').map(({ reviewer }) => reviewer);
  const handedOn = delegations.filter((one) => one.stage === stage).map(({ from }) => from);
  const text = [...new Set([...approved, ...handedOn, ...barred])].map((name) => mark('done', name)).join('');
  return text.length > LONGEST ? '' : text;
}

/** What stands in that text of somebody who has no say in a question any more. */
export function doneMarkOf({ principal }: Pick<Answerer, 'principal'>): string {
  return mark('done', principal);
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
function mark(kind: 'user' | 'group' | 'role' | 'done', name: string): string {
  const encoded = encodeURIComponent(name).replaceAll('~', '%7E').replaceAll('_', '%5F').replaceAll('%', '~');
  return `|${kind}:${encoded}|`;
}
