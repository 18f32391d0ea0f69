import type { JsonObject } from '@gatehouse/sdk/contract';
import { isProven, type VerdictEntry } from '../audit/verdict-proof.ts';
import type { Store } from '../store/open.ts';
import { verdictPublicKeys } from '../store/verdict-keys.ts';
import type { ReviewAnswer, ReviewInput } from '../workflows/messages.ts';
import type { RecordSeen } from './compare.ts';
import { difference, type Difference } from './difference.ts';
import type { HistoryFacts, MessageGot } from './history.ts';
import { lastStanding } from './standings.ts';

/** What of a verdict on record is compared. */
interface RecordedVerdict extends VerdictEntry {
  id: string;
  approvalId: string | null;
}

const SIGNALS: ReadonlySet<string> = new Set(['approve', 'reject']);

/**
 * What a history says otherwise than the record: verdicts that one side has and the other does not, what an executor was
 * given as its idempotency key, and how far an open action has come.
 */
export async function checkHistory(store: Store, row: RecordSeen, facts: HistoryFacts): Promise<Difference[]> {
  const of = { actionId: row.id, runId: facts.runId };
  return [
    ...(await checkVerdicts(store, of, facts)),
    ...checkExecutions(of, facts),
    ...(isBehind(row, facts)
      ? [difference('behind', of, { record: { status: row.status }, temporal: { status: statusIn(facts) } })]
      : []),
  ];
}

/** The verdicts that a history has, each with the name that the record knows it by. */
export function verdictsIn({ messages }: HistoryFacts): (MessageGot & { verdictId: string })[] {
  // The workflow counts all of them, whichever way they come, and names those by signal after their number.
  const verdicts = messages.filter(({ via, name }) => name === 'review' || (via === 'signal' && SIGNALS.has(name)));
  return verdicts.map((message, index) => ({
    ...message,
    verdictId: message.via === 'update' ? (message.input as ReviewInput).verdictId : `signal-${String(index + 1)}`,
  }));
}

async function checkVerdicts(
  store: Store,
  of: Pick<Difference, 'actionId' | 'runId'>,
  facts: HistoryFacts,
): Promise<Difference[]> {
  const recorded = await readVerdicts(store, of.actionId);
  const given = verdictsIn(facts);
  const ids = new Set(given.map(({ verdictId }) => verdictId));
  const notGiven = recorded.filter(({ id }) => !ids.has(id));
  // A task that is lost with the server after its step has committed takes the verdict along; its entry proves that it was given.
  // A key that was revoked proves nothing any more: whoever has it can write an entry of any time.
  const keys = notGiven.length === 0 ? new Map<string, string>() : await verdictPublicKeys(store, 'in force');
  const invented = notGiven
    .filter((entry) => isProven(entry, keys) !== 'proven')
    .map(({ id, actor }) => difference('verdict_not_given', of, { record: { verdictId: id, actor }, temporal: null }));
  const lost = given.flatMap(({ verdictId, via, input, answer, eventId }) => {
    if (via !== 'update' || (answer as ReviewAnswer | undefined)?.accepted !== true) return [];
    const { reviewer, approvalId, verdict } = input as ReviewInput;
    // The same word said twice by the same person is one entry.
    const isKnown = recorded.some(
      (entry) => entry.id === verdictId || (entry.actor.endsWith(`:${reviewer}`) && entry.approvalId === approvalId),
    );
    if (isKnown) return [];
    const temporal: JsonObject = { verdictId, reviewer, verdict, eventId };
    return [difference('verdict_not_recorded', of, { record: null, temporal })];
  });
  return [...invented, ...lost];
}

async function readVerdicts(store: Store, actionId: string): Promise<RecordedVerdict[]> {
  const rows = await store.db
    .selectFrom('events')
    .select(['key', 'actor', 'data_json'])
    .where('action_id', '=', actionId)
    .where('kind', '=', 'verdict')
    .execute();
  return rows.map(({ key, actor, data_json: json }) => {
    const data = JSON.parse(json) as JsonObject;
    const { approvalId } = data;
    const about = typeof approvalId === 'string' ? approvalId : null;
    return { action: actionId, id: key.slice('verdict:'.length), key, actor, data, approvalId: about };
  });
}

/** One execution at most, whose key is the id of the action: so the target sees one key, however often it is tried. */
function checkExecutions(of: Pick<Difference, 'actionId' | 'runId'>, { executions }: HistoryFacts): Difference[] {
  const keys = executions
    .filter(({ activity }) => activity === 'runExecutor')
    .map(({ input }) => (input as { idempotencyKey?: string } | undefined)?.idempotencyKey ?? null);
  if (keys.length === 0 || (keys.length === 1 && keys[0] === of.actionId)) return [];
  return [difference('key_differs', of, { record: null, temporal: { idempotencyKeys: keys } })];
}

/** The record is written first, so that it may be ahead; and a claim goes to the record alone. */
function isBehind({ status }: RecordSeen, facts: HistoryFacts): boolean {
  if (facts.end !== null) return false;
  const told = statusIn(facts);
  return told !== null && told !== status && status === 'held';
}

function statusIn(facts: HistoryFacts): string | null {
  return lastStanding(facts)?.status ?? null;
}
