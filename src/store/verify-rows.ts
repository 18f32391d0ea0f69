import type { ActionRow, ApprovalRow } from './actions.ts';
import type { EventRow } from './chain.ts';
import type { Db, Store } from './open.ts';

/** An action with its questions and its entries, as the tables have them. */
export interface Story {
  action: ActionRow;
  approvals: ApprovalRow[];
  entries: EventRow[];
}

const PAGE = 300;
const MOST_MISSING = 50;

/** Actions by id, behind one, with what belongs to them. */
export async function readActionPage(store: Store, after: string): Promise<Story[]> {
  const actions = await store.db
    .selectFrom('actions')
    .selectAll()
    .where('id', '>', after)
    .orderBy('id')
    .limit(PAGE)
    .execute();
  return storiesOf(store.db, actions);
}

/** One action with what belongs to it, in one transaction; undefined where it is not there. */
export async function readStory(store: Store, actionId: string): Promise<Story | undefined> {
  const transaction = store.db.transaction();
  const consistent = store.kind === 'postgres' ? transaction.setIsolationLevel('repeatable read') : transaction;
  return consistent.execute(async (tx) => {
    const actions = await tx.selectFrom('actions').selectAll().where('id', '=', actionId).execute();
    return (await storiesOf(tx, actions)).at(0);
  });
}

/** Ids under which the record has an action asked for that has no row: the first of them. */
export async function requestedWithoutRow(store: Store): Promise<string[]> {
  const rows = await store.db
    .selectFrom('events')
    .leftJoin('actions', 'actions.id', 'events.action_id')
    .select('events.action_id as id')
    .where('events.kind', '=', 'requested')
    .where('events.place', 'is not', null)
    .where('actions.id', 'is', null)
    .limit(MOST_MISSING)
    .execute();
  return rows.map(({ id }) => id);
}

async function storiesOf(db: Db, actions: readonly ActionRow[]): Promise<Story[]> {
  if (actions.length === 0) return [];
  const ids = actions.map(({ id }) => id);
  const entries = await db.selectFrom('events').selectAll().where('action_id', 'in', ids).orderBy('seq').execute();
  const approvals = await db.selectFrom('approvals').selectAll().where('action_id', 'in', ids).execute();
  const entriesOf = grouped(entries);
  const approvalsOf = grouped(approvals);
  return actions.map((action) => ({
    action,
    approvals: approvalsOf.get(action.id) ?? [],
    entries: entriesOf.get(action.id) ?? [],
  }));
}

function grouped<Row extends { action_id: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.action_id);
    if (group === undefined) groups.set(row.action_id, [row]);
    else group.push(row);
  }
  return groups;
}
