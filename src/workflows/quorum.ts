import type { CountedVote } from './messages.ts';
import type { ApprovalRound } from './round.ts';

/** The approvals of the part that is open. */
export function approvalsOf({ votes, stage }: Pick<ApprovalRound, 'votes' | 'stage'>): readonly CountedVote[] {
  return votes.filter((one) => one.vote === 'approve' && one.stage === stage);
}

/** How many approvals of the open part count: all, or as many as come from different groups of those that are named. */
export function countOf(round: Pick<ApprovalRound, 'votes' | 'stage' | 'terms'>): number {
  const stage = round.terms.stages[round.stage];
  const approvals = approvalsOf(round);
  if (stage?.distinctGroups !== true) return approvals.length;
  const named = new Set([stage.reviewers, ...stage.escalation.map(({ to }) => to)].flatMap(({ groups }) => groups));
  return mostPairs(approvals.map(({ groups }) => groups.filter((group) => named.has(group))));
}

/** True when the open part has the approvals that it needs. */
export function isQuorum(round: Pick<ApprovalRound, 'votes' | 'stage' | 'terms'>): boolean {
  const stage = round.terms.stages[round.stage];
  return stage !== undefined && countOf(round) >= stage.quorum;
}

/** True when nothing is missing any more: the part that is open has its approvals, and it is the last. */
export function isFulfilled(round: Pick<ApprovalRound, 'votes' | 'stage' | 'terms'>): boolean {
  return isQuorum(round) && round.stage === round.terms.stages.length - 1;
}

/** Goes on to the next part where the open one has its approvals. Its own clock, and its own ladder, begin now. */
export function advance(round: ApprovalRound, now: number): ApprovalRound {
  return isQuorum(round) ? { ...round, stage: round.stage + 1, stageSince: now, escalations: 0 } : round;
}

/** The size of a largest matching of people to groups, each group taken once (augmenting paths). */
function mostPairs(choices: readonly (readonly string[])[]): number {
  const takenBy = new Map<string, number>();
  const place = (person: number, tried: Set<string>): boolean => {
    for (const group of choices[person] ?? []) {
      if (tried.has(group)) continue;
      tried.add(group);
      const holder = takenBy.get(group);
      if (holder === undefined || place(holder, tried)) {
        takenBy.set(group, person);
        return true;
      }
    }
    return false;
  };
  return choices.filter((_, person) => place(person, new Set())).length;
}
