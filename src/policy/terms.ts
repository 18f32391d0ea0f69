import type { ApprovalStage, ApprovalTerms, Reviewers } from '@gatehouse/sdk/contract';
import { plainTerms } from '@gatehouse/sdk/contract';
import canonicalize from 'canonicalize';
import type { ApprovalSource } from './approval-schema.ts';
import { writtenStages } from './approval-schema.ts';
import { NEVER, parseDuration } from './duration.ts';
import { asList } from './match.ts';

/** What people are asked under where the files say nothing: any one reviewer, within a day. */
export const PLAIN_TERMS: ApprovalTerms = plainTerms(86_400);
/** What the one part of a question is called where a rule names no `stages`. */
const ONLY_STAGE = 'review';

/** The terms that a rule writes, over those that hold where it says nothing. */
export function termsOf(source: ApprovalSource | undefined, base: ApprovalTerms): ApprovalTerms {
  if (source === undefined) return base;
  const { expiresIn, remindEvery, hours, run, comment, ticket, grants, excludeOwner } = source;
  return {
    expiresInSeconds: expiresIn === undefined ? base.expiresInSeconds : secondsOf(expiresIn),
    stages: writtenStages(source)?.map(stageOf) ?? base.stages,
    remindEverySeconds: remindEvery === undefined ? base.remindEverySeconds : secondsOf(remindEvery),
    hours: hours ?? base.hours,
    run: run === undefined ? base.run : [run],
    commentRequired: comment === undefined ? base.commentRequired : comment === 'required',
    tickets: ticket === undefined ? base.tickets : asList(ticket),
    grants: grants === undefined ? base.grants : grantsOf(grants),
    excludeOwner: excludeOwner ?? base.excludeOwner,
    barred: base.barred,
  };
}

function secondsOf(text: string): number | null {
  return text === NEVER ? null : (parseDuration(text) ?? null);
}

function stageOf(written: NonNullable<ReturnType<typeof writtenStages>>[number]): ApprovalStage {
  return {
    name: written.name ?? ONLY_STAGE,
    reviewers: reviewersOf(written.reviewers),
    quorum: written.quorum ?? 1,
    distinctGroups: written.distinctGroups ?? false,
    escalation: (written.escalate ?? []).map(({ after, to }) => ({
      afterSeconds: parseDuration(after) ?? 0,
      to: reviewersOf(to),
    })),
  };
}

function reviewersOf(named: { [key in keyof Reviewers]?: string[] | undefined } | undefined): Reviewers {
  return { users: named?.users ?? [], groups: named?.groups ?? [], roles: named?.roles ?? [] };
}

function grantsOf({ uses, within }: NonNullable<ApprovalSource['grants']>): ApprovalTerms['grants'] {
  return uses === 0 ? null : { uses, withinSeconds: parseDuration(within) ?? 0 };
}

/** Terms without what is plain about them: a policy that says no more than before keeps its canonical text. */
export function briefTerms(terms: ApprovalTerms): Partial<ApprovalTerms> {
  const plain = plainTerms(terms.expiresInSeconds);
  const keys = Object.keys(plain) as (keyof ApprovalTerms)[];
  const said = keys.filter((key) => key === 'expiresInSeconds' || !isSame(terms[key], plain[key]));
  return Object.fromEntries(said.map((key) => [key, terms[key]]));
}

/** Whether two parts of terms say the same. */
export function isSame(a: unknown, b: unknown): boolean {
  return canonicalize(a) === canonicalize(b);
}
