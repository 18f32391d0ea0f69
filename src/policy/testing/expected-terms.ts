import type { ApprovalTerms } from '@gatehouse/sdk/contract';
import type { ApprovalSource } from '../approval-schema.ts';
import { writtenStages } from '../approval-schema.ts';
import { isSame, PLAIN_TERMS, termsOf } from '../terms.ts';

/** One part of the terms that a case expects: what was expected, and what there is. */
export interface ComparedTerm {
  what: string;
  expected: string;
  actual: string;
}

/** Compares what a case says of the terms of its approval; what it leaves out is not looked at. */
export function compareTerms(expect: ApprovalSource, actual: ApprovalTerms | null): ComparedTerm[] {
  if (actual === null) return [{ what: 'approval', expected: 'an approval', actual: 'no approval' }];
  const expected = termsOf(expect, PLAIN_TERMS);
  const compared: ComparedTerm[] = [];
  const compare = (key: keyof ApprovalSource, what: string, is: unknown, shouldBe: unknown): void => {
    if (expect[key] !== undefined) compared.push({ what, expected: say(shouldBe), actual: say(is) });
  };
  const seconds = (value: number | null): string => (value === null ? 'never' : `${String(value)}s`);
  compare('expiresIn', 'approval', seconds(actual.expiresInSeconds), seconds(expected.expiresInSeconds));
  const everySeconds = [actual, expected].map((terms) => seconds(terms.remindEverySeconds));
  compare('remindEvery', 'approval.remindEvery', everySeconds[0], everySeconds[1]);
  compare('hours', 'approval.hours', actual.hours, expected.hours);
  compare('run', 'approval.run', actual.run, expected.run);
  compare('comment', 'approval.comment', actual.commentRequired, expected.commentRequired);
  compare('ticket', 'approval.ticket', actual.tickets, expected.tickets);
  compare('grants', 'approval.grants', actual.grants, expected.grants);
  if (writtenStages(expect) !== undefined) compared.push(compareStages(expect, actual, expected));
  return compared;
}

/** The one part that a case writes in the short form has no name: it fits one of any name. */
function compareStages(expect: ApprovalSource, actual: ApprovalTerms, expected: ApprovalTerms): ComparedTerm {
  const nameless = ({ stages }: ApprovalTerms): unknown => stages.map((stage) => ({ ...stage, name: '' }));
  const [is, shouldBe] =
    expect.stages === undefined ? [nameless(actual), nameless(expected)] : [actual.stages, expected.stages];
  const [said, wanted] = [say(is), say(shouldBe)];
  return { what: 'approval.stages', expected: wanted, actual: isSame(is, shouldBe) ? wanted : said };
}

function say(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
