import type { ApprovalRound } from './round.ts';

type Delegated = Pick<ApprovalRound, 'delegations' | 'votes' | 'stage'>;

/** Why somebody cannot be put in another's place in the part that is open, or null. No circle can ever come of it. */
export function whyNotTo({ delegations, votes, stage }: Delegated, from: string, to: string): string | null {
  if (to === '' || to === from) return 'Name somebody else';
  if (delegations.some((one) => one.stage === stage && one.from === to)) return `${to} has delegated this to others`;
  if (votes.some((one) => one.reviewer === to && one.vote === 'approve')) return `${to} has approved already`;
  return null;
}

/**
 * Takes back what somebody delegated in the part that is open: the delegation, whatever was passed on from there, and
 * what was said by those whom it had reached. Whoever of them has a say without it can say it again.
 */
export function takeBack(round: ApprovalRound, from: string): ApprovalRound {
  const ofStage = round.delegations.filter(({ stage }) => stage === round.stage);
  const back = new Set([from]);
  for (const person of back) {
    for (const one of ofStage) if (one.from === person) back.add(one.to);
  }
  const delegations = round.delegations.filter((one) => one.stage !== round.stage || !back.has(one.from));
  if (delegations.length === round.delegations.length) return round;
  const votes = round.votes.filter((one) => one.stage !== round.stage || !back.has(one.reviewer));
  return { ...round, delegations, votes };
}
