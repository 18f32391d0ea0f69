import type { Selectable } from 'kysely';
import { verdictIsSigned } from '../../../audit/verdict-signature.ts';
import { unreadableIn, type Unreadable } from '../../../reconcile/open-readable.ts';
import { findHistory, type FoundHistory, type StoryDeps } from '../../../reconcile/story.ts';
import { readAction, type ActionRow, type ApprovalRow } from '../../../store/actions.ts';
import { readTimeline } from '../../../store/events.ts';
import type { Store } from '../../../store/open.ts';
import type { EventsTable } from '../../../store/schema.ts';
import { readVerdictKey } from '../../../store/verdict-keys.ts';
import type { ReviewAnswer, ReviewInput } from '../../../workflows/messages.ts';

export type EventRow = Selectable<EventsTable>;

/** A verdict with the signature of the gate that authenticated whoever gave it. */
export interface SignedReview {
  review: ReviewInput;
  /** Null where the answer to it cannot be decrypted here. */
  counted: boolean | null;
  /** Whether the signature is over exactly this verdict and by that key; null where the key is not known here. */
  isSigned: boolean | null;
  publicKeyPem: string | null;
}

/** Everything that a pack shows of one action. */
export interface Evidence {
  action: ActionRow;
  approvals: ApprovalRow[];
  events: EventRow[];
  history: FoundHistory | null;
  reviews: SignedReview[];
  /** Verdicts that are in the history and cannot be decrypted here, each with why. */
  unreadableReviews: Unreadable[];
}

/** Gathers what both systems have of an action, and checks its verdicts' signatures. Null where it is not on record. */
export async function gatherEvidence(deps: StoryDeps, actionId: string): Promise<Evidence | null> {
  const { store } = deps;
  const action = await readAction(store, actionId);
  if (action === undefined) return null;
  const { db } = store;
  const approvals = await db
    .selectFrom('approvals')
    .selectAll()
    .where('action_id', '=', actionId)
    .orderBy('round')
    .execute();
  const events = await db.selectFrom('events').selectAll().where('action_id', '=', actionId).orderBy('seq').execute();
  const history = await findHistory(deps, actionId, await readTimeline(db, actionId));
  const given = history?.facts.messages.filter(({ name, via }) => via === 'update' && name === 'review') ?? [];
  const gaps = given.map(({ input }) => unreadableIn(input));
  const reviews = await Promise.all(
    given
      .filter((_, index) => gaps[index] === null)
      .map(({ input, answer }) => checked(store, actionId, input as ReviewInput, answer)),
  );
  const unreadableReviews = gaps.filter((gap) => gap !== null);
  return { action, approvals, events, history, reviews, unreadableReviews };
}

async function checked(store: Store, actionId: string, review: ReviewInput, answer: unknown): Promise<SignedReview> {
  const { signature, ...said } = review;
  const publicKeyPem = (await readVerdictKey(store, review.keyId))?.publicKeyPem ?? null;
  const isSigned = publicKeyPem === null ? null : verdictIsSigned({ ...said, actionId }, signature, publicKeyPem);
  const counted = unreadableIn(answer) === null ? (answer as ReviewAnswer | undefined)?.accepted === true : null;
  return { review, counted, isSigned, publicKeyPem };
}
