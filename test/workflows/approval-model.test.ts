import * as fc from 'fast-check';
import { answerRound } from '../../src/workflows/approval.ts';
import { countOf } from '../../src/workflows/quorum.ts';
import {
  answerQuestion,
  cancelRound,
  escalateRound,
  expireRound,
  openRound,
  type ApprovalRound,
} from '../../src/workflows/round.ts';
import { anyHappening, anyTerms, forTheNext, PEOPLE, type Happening } from './support/happenings.ts';
import { proveApproved } from './support/proof.ts';
import { Reference } from './support/reference.ts';
import { AGENT, QUESTION } from './support/rounds.ts';

const RUNS = 10_000;

/** One question, held against the reference, with what approved it put down on the way. */
class Side {
  constructor(
    public round: ApprovalRound,
    readonly model: Reference,
  ) {}

  /** Lets one thing happen on both sides and says how they differ, or what should never be. */
  happen(happening: Happening, now: number): void {
    const before = this.round;
    this.round = this.next(happening, now);
    const { round, model } = this;
    // INVARIANT: a resolved round never changes: one winner, and nothing that comes after it counts.
    if (before.status !== 'pending') differ('a resolved round', round, before);
    differ('status', round.status, model.end?.how ?? 'pending');
    differ('winner', round.resolvedBy, model.end?.by ?? null);
    differ('part', round.stage, model.part);
    if (round.status !== 'pending') proveEnd(before, round, happening);
    else differ('count', countOf(round), model.count());
  }

  private next(happening: Happening, now: number): ApprovalRound {
    const { round, model } = this;
    switch (happening.what) {
      case 'verdict': {
        const given = answerRound(round, happening.verdict, now);
        differ(`accepted ${happening.verdict.verdict}`, given.answer.accepted, model.hear(happening.verdict));
        if (!given.answer.accepted) differ('a refused verdict', given.round, round);
        return given.round;
      }
      case 'expire':
        model.end ??= { how: 'expired', by: null };
        return expireRound(round, now);
      case 'cancel':
        model.end ??= { how: 'cancelled', by: happening.by };
        return cancelRound(round, happening.by, null, now);
      case 'escalate': {
        const ladder = model.asked.terms.stages[model.part]?.escalation.length ?? 0;
        if (model.end === null && model.steps < ladder) model.steps += 1;
        return escalateRound(round);
      }
      case 'answer':
        return answerQuestion(round, happening.questionId, 'because', now) ?? round;
      case 'restart':
        // What survives a restart is what is written down: nothing of a round is lost by that.
        return JSON.parse(JSON.stringify(round)) as ApprovalRound;
    }
  }
}

function differ(what: string, is: unknown, shouldBe: unknown): void {
  if (is === shouldBe || JSON.stringify(is) === JSON.stringify(shouldBe)) return;
  throw new Error(`${what}: ${JSON.stringify(is)} instead of ${JSON.stringify(shouldBe)}`);
}

/** What must be true of every end, however it came about. */
function proveEnd(before: ApprovalRound, after: ApprovalRound, { what, ...rest }: Happening): void {
  if (before.status !== 'pending') return;
  if (what !== 'verdict') differ(`approved by ${what}`, after.status === 'approved', false);
  else if (after.status === 'approved' && 'verdict' in rest) proveApproved(before, after, rest.verdict, PEOPLE);
}

it(`whatever comes in whatever order, ${String(RUNS)} times: the state machine is what the reference says, and keeps its promises`, () => {
  const ends = new Map<string, number>();
  fc.assert(
    fc.property(
      anyTerms,
      anyTerms,
      fc.array(anyHappening, { minLength: 4, maxLength: 30, size: 'max' }),
      (terms, later, all) => {
        const first = { ...QUESTION, terms };
        let side = new Side(openRound(first, AGENT, 0), new Reference(first, PEOPLE));
        for (const [now, happening] of all.entries()) {
          side.happen(side.round.approvalId === 'apr_1' ? happening : forTheNext(happening), now + 1);
          const { edit, status, votes, breakGlass } = side.round;
          if (edit === null || side.round.approvalId !== 'apr_1') continue;
          // What was edited is another action: a new question, whose first approval can be the editor's.
          const vote = votes.at(-1) ?? null;
          const second = { ...first, approvalId: 'apr_2', actionDigest: edit.digest, terms: later, vote };
          const model = new Reference(second, PEOPLE);
          model.hear({
            ...{ verdict: 'approve', detail: null, unsigned: false, refusal: null, comment: vote?.comment ?? null },
            ...{ approvalId: null, actionDigest: null, policyDigest: null },
            reviewer: PEOPLE.find(({ name }) => name === vote?.reviewer) ?? { name: '', role: '', groups: [] },
          });
          differ('an edit', [status, breakGlass], ['approved', false]);
          side = new Side(openRound(second, AGENT, now + 1), model);
          differ('status after an edit', side.round.status, model.end?.how ?? 'pending');
          if (model.end === null) differ('count after an edit', countOf(side.round), model.count());
        }
        const { status, breakGlass, approvalId } = side.round;
        const end = `${status}${breakGlass ? ' by override' : ''} ${approvalId}`;
        ends.set(end, (ends.get(end) ?? 0) + 1);
      },
    ),
    { numRuns: RUNS },
  );
  // Were one of them never reached, nothing would have been said about it.
  for (const round of ['apr_1', 'apr_2']) {
    for (const end of ['pending', 'approved', 'denied', 'expired', 'cancelled', 'approved by override']) {
      expect(ends.get(`${end} ${round}`) ?? 0).toBeGreaterThan(0);
    }
  }
}, 120_000);
