import type { WeighedVerdict } from '../../../src/workflows/approval.ts';
import type { Person } from '../../../src/workflows/eligibility.ts';
import type { ApprovalRound } from '../../../src/workflows/round.ts';
import { mostDifferent } from './reference.ts';
import { AGENT } from './rounds.ts';

/** Throws unless a round that has just been approved was approved as it must be; by its data alone. */
export function proveApproved(
  before: ApprovalRound,
  after: ApprovalRound,
  verdict: WeighedVerdict,
  people: readonly Person[],
): void {
  const must = (holds: boolean, what: string): void => {
    if (!holds) throw new Error(`${what}: ${JSON.stringify(after)}`);
  };
  const fits = (['approvalId', 'actionDigest', 'policyDigest'] as const).every(
    (key) => verdict[key] === null || verdict[key] === before[key],
  );
  must(fits && verdict.refusal === null, 'I2 approved by a verdict for something else, or by a forged one');
  must(after.resolvedBy === verdict.reviewer.name, 'approved by somebody else');
  if (after.breakGlass) {
    must(verdict.reviewer.role === 'admin' && verdict.comment !== null, 'break-glass');
    return;
  }
  const approvals = after.votes.filter(({ vote }) => vote === 'approve');
  const names = approvals.map(({ reviewer }) => reviewer);
  must(!names.includes(AGENT), 'I5 the requester approved');
  must(
    names.every((name) => people.some((one) => one.name === name && one.role !== 'agent')),
    'I5 an agent approved',
  );
  must(new Set(names).size === names.length, 'somebody approved twice');
  if (after.edit !== null) {
    must(after.edit.digest !== before.actionDigest, 'an edit of nothing');
    return;
  }
  must(after.stage === after.terms.stages.length - 1, 'approved before the last part');
  for (const [index, { quorum, distinctGroups, reviewers, escalation }] of after.terms.stages.entries()) {
    const ofPart = approvals.filter((one) => one.stage === index);
    const named = [reviewers, ...escalation.map(({ to }) => to)].flatMap(({ groups }) => groups);
    const groups = ofPart.map((one) => one.groups.filter((group) => named.includes(group)));
    must((distinctGroups ? mostDifferent(groups) : ofPart.length) >= quorum, `no quorum in part ${String(index)}`);
  }
}
