import type { ApprovalStage } from '@gatehouse/sdk/contract';
import { isSame, PLAIN_TERMS } from './terms.ts';

/**
 * The parts of two questions as those of one. A part of one is left out where a part of the other asks for at least as
 * much, each for one at most: two parts are two approvals by different people, whoever else has to approve.
 */
export function mergeStages(a: readonly ApprovalStage[], b: readonly ApprovalStage[]): ApprovalStage[] {
  const merged = [...a];
  const taken = new Set<number>();
  const place = (stage: ApprovalStage, fits: (mine: ApprovalStage) => boolean): boolean => {
    const at = merged.findIndex((mine, index) => index < a.length && !taken.has(index) && fits(mine));
    const mine = merged[at];
    if (mine === undefined) return false;
    taken.add(at);
    merged[at] = asksAtLeast(mine, stage) ? mine : stage;
    return true;
  };
  const isAlike = (mine: ApprovalStage, stage: ApprovalStage): boolean =>
    !isPlain(mine) && (asksAtLeast(mine, stage) || asksAtLeast(stage, mine));
  // "Any one reviewer" comes last: it is content with whoever is there, and must not take the place of an equal.
  const named = b.filter((stage) => !isPlain(stage));
  const unlike = named.filter((stage) => !place(stage, (mine) => isAlike(mine, stage)));
  const more = unlike.filter((stage) => !place(stage, isPlain));
  const left = b.filter((stage) => isPlain(stage) && !place(stage, () => true));
  return unique([...merged, ...more, ...left]);
}

/** Whether whatever fulfils some parts fulfils others too: each of these has a part of its own that asks for as much. */
export function covers(parts: readonly ApprovalStage[], others: readonly ApprovalStage[]): boolean {
  const coveredBy = new Map<number, ApprovalStage>();
  const place = (other: ApprovalStage, tried: Set<number>): boolean =>
    parts.some((part, index) => {
      if (tried.has(index) || !asksAtLeast(part, other)) return false;
      tried.add(index);
      const holder = coveredBy.get(index);
      if (holder !== undefined && !place(holder, tried)) return false;
      coveredBy.set(index, other);
      return true;
    });
  return others.every((other) => place(other, new Set()));
}

/** Whatever fulfils the first fulfils the second: the second is any one reviewer, or asks the same people for no more. */
function asksAtLeast(a: ApprovalStage, b: ApprovalStage): boolean {
  if (isPlain(b)) return true;
  const samePeople = isSame([a.reviewers, a.escalation], [b.reviewers, b.escalation]);
  return samePeople && a.quorum >= b.quorum && (a.distinctGroups || !b.distinctGroups);
}

/** Any one reviewer. */
function isPlain(stage: ApprovalStage): boolean {
  return isSame({ ...stage, name: '' }, { ...PLAIN_TERMS.stages[0], name: '' });
}

/** Every part with a name of its own, for votes name the part that they were given to. */
function unique(stages: readonly ApprovalStage[]): ApprovalStage[] {
  const seen = new Set<string>();
  return stages.map((stage) => {
    let name = stage.name;
    for (let count = 2; seen.has(name); count++) name = `${stage.name} ${String(count)}`;
    seen.add(name);
    return name === stage.name ? stage : { ...stage, name };
  });
}
