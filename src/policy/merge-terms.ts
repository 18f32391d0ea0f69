import type { ApprovalTerms } from '@gatehouse/sdk/contract';
import { mergeStages } from './stages.ts';
import { isSame } from './terms.ts';

/**
 * One set of terms of several, such that whatever fulfils it fulfils each: the parts of all, the shortest expiry, all
 * windows and tickets, and a standing permission only where every one permits it. The order decides that of the parts alone.
 */
export function mergeTerms(first: ApprovalTerms, ...others: readonly ApprovalTerms[]): ApprovalTerms {
  return others.reduce(mergeTwo, first);
}

function mergeTwo(a: ApprovalTerms, b: ApprovalTerms): ApprovalTerms {
  return {
    expiresInSeconds: sooner(a.expiresInSeconds, b.expiresInSeconds),
    stages: isSame(a.stages, b.stages) ? a.stages : mergeStages(a.stages, b.stages),
    remindEverySeconds: sooner(a.remindEverySeconds, b.remindEverySeconds),
    // A clock that always runs ends no later than either of two that rest at different times.
    hours: isSame(a.hours, b.hours) ? a.hours : null,
    run: [...a.run, ...b.run.filter((window) => !a.run.some((other) => isSame(window, other)))],
    commentRequired: a.commentRequired || b.commentRequired,
    tickets: [...new Set([...a.tickets, ...b.tickets])],
    grants:
      a.grants === null || b.grants === null
        ? null
        : {
            uses: Math.min(a.grants.uses, b.grants.uses),
            withinSeconds: Math.min(a.grants.withinSeconds, b.grants.withinSeconds),
          },
    excludeOwner: a.excludeOwner || b.excludeOwner,
    barred: [...new Set([...a.barred, ...b.barred])],
  };
}

function sooner(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}
