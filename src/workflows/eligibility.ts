import type { ApprovalStage, ApprovalTerms, Reviewers } from '@gatehouse/sdk/contract';
import type { ApprovalRound } from './round.ts';

/** Who gives a verdict, as the gate vouches for it. */
export interface Person {
  readonly name: string;
  readonly role: string;
  readonly groups: readonly string[];
}

/** The roles of those who answer, whatever the terms say: whoever holds another is an agent, or nobody we know. */
const ROLES: readonly string[] = ['reviewer', 'admin', 'owner'];
/** Who may break glass. */
const OVERRIDERS: readonly string[] = ['admin', 'owner'];

/** True for somebody whose role lets answer at all. */
export function isReviewer({ role }: Person): boolean {
  return ROLES.includes(role);
}

/** True for somebody who may approve alone, whatever the terms. */
export function mayOverride({ role }: Person): boolean {
  return OVERRIDERS.includes(role);
}

/**
 * Why somebody has no say in a question whatever the terms say of reviewers, or null: who asked for the action, whoever that one
 * acts for, and its owner where the rule excludes the owner.
 */
export function whyBarred(round: Pick<ApprovalRound, 'agent' | 'terms'>, name: string): string | null {
  if (name === round.agent) return `${name} asked for this action`;
  // A question of an earlier version bars nobody else, and may have no terms at all.
  const { barred = [] }: Partial<ApprovalTerms> = (round as { terms?: ApprovalTerms }).terms ?? {};
  return barred.includes(name) ? `${round.agent} asked for this action, and ${name} is behind it` : null;
}

/** Who may answer a part of the question now: the named ones, and those of the steps of its ladder that were taken. */
function reviewersOf(round: ApprovalRound, stage: ApprovalStage, index: number): readonly Reviewers[] {
  const taken = index === round.stage ? round.escalations : 0;
  return [stage.reviewers, ...stage.escalation.slice(0, taken).map(({ to }) => to)];
}

/** True where the list names the person, or names nobody at all: then it is any reviewer. */
function names({ users, groups, roles }: Reviewers, person: Person): boolean {
  if (users.length + groups.length + roles.length === 0) return true;
  return (
    users.includes(person.name) ||
    rolesOf(person).some((role) => roles.includes(role)) ||
    groups.some((group) => person.groups.includes(group))
  );
}

/** An owner may do what an admin may. */
function rolesOf({ role }: Person): readonly string[] {
  return role === 'owner' ? ['owner', 'admin'] : [role];
}

/**
 * The groups that a person's approval of a part stands for, or null where the person has no say in it: by being named, or
 * in the place of somebody who was and has delegated. Who has delegated has no say any more.
 */
export function standingIn(round: ApprovalRound, index: number, person: Person): readonly string[] | null {
  const stage = round.terms.stages[index];
  if (stage === undefined || !isReviewer(person)) return null;
  const ofStage = round.delegations.filter((one) => one.stage === index);
  if (ofStage.some(({ from }) => from === person.name)) return null;
  const received = ofStage.filter(({ to }) => to === person.name).flatMap(({ groups }) => groups);
  if (reviewersOf(round, stage, index).some((list) => names(list, person))) return [...person.groups, ...received];
  return ofStage.some(({ to }) => to === person.name) ? received : null;
}

/** True for a person who has a say in any part of the question, or has had it. */
export function hasAnySay(round: ApprovalRound, person: Person): boolean {
  if (round.votes.some(({ reviewer }) => reviewer === person.name)) return true;
  return round.terms.stages.some((_, index) => standingIn(round, index, person) !== null);
}
