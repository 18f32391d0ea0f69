import type { Judgement } from '@gatehouse/sdk/contract';
import { isFinal } from '@gatehouse/sdk/contract';
import type { Selectable } from 'kysely';
import { digestOfLeft, type ArgumentsOnRecord } from '../audit/arguments/on-record.ts';
import type { NewEvent } from '../audit/events.ts';
import type { Tx } from './budgets.ts';
import type { ActionsTable, ApprovalsTable } from './schema.ts';

type Held = Pick<Selectable<ActionsTable>, 'context_json' | 'run_context_json' | 'judgement_json' | 'edit_json'>;

/** What an action that has ended keeps of its arguments, and what the entry of its end has to say of that. */
interface Left {
  set: Held;
  says: NewEvent['data'];
}

/**
 * Takes out of the rows of an action that has just ended what the settings do not keep: its arguments, and what quotes
 * them. Call it in the transaction of the end, behind everything that it writes.
 *
 * @returns the entries of that transaction; the one of the end says what was kept, and by which digest it is known
 */
export async function forgetArguments(
  tx: Tx,
  kept: ArgumentsOnRecord,
  actionId: string,
  events: readonly NewEvent[],
): Promise<readonly NewEvent[]> {
  if (kept.as === 'full') return events;
  const row = await tx
    .selectFrom('actions')
    .select(['context_json', 'run_context_json', 'judgement_json', 'edit_json'])
    .where('id', '=', actionId)
    .executeTakeFirst();
  if (row === undefined) return events;
  const { set, says } = leftOf(kept, row);
  await tx.updateTable('actions').set(set).where('id', '=', actionId).execute();
  await forgetInQuestions(tx, kept, actionId);
  return sayAtEnd(events, says);
}

/** The same for an action that has ended before it is written, with its entries. */
export function withoutArguments<Row extends Held & Pick<Selectable<ActionsTable>, 'status'>>(
  kept: ArgumentsOnRecord,
  recorded: { row: Row; events: readonly NewEvent[] },
): { row: Row; events: readonly NewEvent[] } {
  if (kept.as === 'full' || !isFinal(recorded.row.status)) return recorded;
  const { set, says } = leftOf(kept, recorded.row);
  return { row: { ...recorded.row, ...set }, events: sayAtEnd(recorded.events, says) };
}

/** Evidence quotes the arguments; everything else of a judgement is the gate's own words. */
export function withoutEvidence(json: string): string {
  const judgement = JSON.parse(json) as Partial<Judgement>;
  if (judgement.classification === undefined) return json;
  return JSON.stringify({ ...judgement, classification: { ...judgement.classification, evidence: [] } });
}

function leftOf(kept: ArgumentsOnRecord, row: Held): Left {
  const set: Held = {
    context_json: kept.afterEnd(row.context_json),
    run_context_json: row.run_context_json === null ? null : kept.afterEnd(row.run_context_json),
    judgement_json: withoutEvidence(row.judgement_json),
    edit_json: row.edit_json === null ? null : editWithoutEvidence(row.edit_json),
  };
  return { set, says: { kept: { as: kept.as, digest: digestOfLeft(set) } } };
}

async function forgetInQuestions(tx: Tx, kept: ArgumentsOnRecord, actionId: string): Promise<void> {
  const questions = await tx
    .selectFrom('approvals')
    .select(['id', 'judgement_json', 'edited_json', 'round_json'])
    .where('action_id', '=', actionId)
    .execute();
  for (const { id, ...question } of questions) {
    const set: Partial<Selectable<ApprovalsTable>> = {
      judgement_json: withoutEvidence(question.judgement_json),
      edited_json: argumentsIn(kept, question.edited_json),
      round_json: editIn(kept, question.round_json),
      // What an executor says that it would do, it says of the arguments.
      preview_json: null,
    };
    await tx.updateTable('approvals').set(set).where('id', '=', id).execute();
  }
}

function editWithoutEvidence(json: string): string {
  const edit = JSON.parse(json) as { judgement: object };
  return JSON.stringify({ ...edit, judgement: JSON.parse(withoutEvidence(JSON.stringify(edit.judgement))) as object });
}

function argumentsIn(kept: ArgumentsOnRecord, json: string | null): string | null {
  if (json === null) return null;
  const edit = JSON.parse(json) as { arguments: object };
  const left = JSON.parse(kept.afterEnd(JSON.stringify(edit.arguments))) as object;
  return JSON.stringify({ ...edit, arguments: left });
}

function editIn(kept: ArgumentsOnRecord, json: string | null): string | null {
  const round = json === null ? null : (JSON.parse(json) as { edit: object | null });
  if (round?.edit == null) return json;
  return JSON.stringify({
    ...round,
    edit: JSON.parse(argumentsIn(kept, JSON.stringify(round.edit)) ?? 'null') as object,
  });
}

function sayAtEnd(events: readonly NewEvent[], says: NewEvent['data']): NewEvent[] {
  return events.map((event) =>
    event.key === 'end' || event.kind === 'repaired' ? { ...event, data: { ...event.data, ...says } } : event,
  );
}
