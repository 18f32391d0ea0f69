import { setImmediate } from 'node:timers/promises';
import type { ActionStatus, Tool } from '@gatehouse/sdk/contract';
import { sql } from 'kysely';
import type { NewEvent } from '../audit/events.ts';
import type { ActionRow } from './actions.ts';
import type { Tx } from './budgets.ts';
import { appendToMany } from './events.ts';
import { forgetArguments } from './forget-arguments.ts';
import type { Store } from './open.ts';
import { covers, type Stoppable } from './stop-covers.ts';
import type { StopRow } from './stops-in-force.ts';

/** The statuses in which an action may yet run and nobody runs it. */
const UNCLAIMED = ['permitted', 'scheduled', 'held'] as const satisfies readonly ActionStatus[];
type Unclaimed = (typeof UNCLAIMED)[number];

const PAGE = 500;
/** What moves on while it is looked for (an approval is given, a window opens) is found by the next look. */
const MOST_LOOKS = 20;

type OpenRow = Pick<
  ActionRow,
  'id' | 'agent' | 'type' | 'target' | 'asker_json' | 'tool_json' | 'requested_at' | 'approval_id'
>;

/**
 * Ends every action that a stop covers and nobody has claimed, and notes those that are running already. Doing it again
 * changes nothing. A stop that was lifted ends nothing more.
 *
 * @param at milliseconds since the epoch
 * @returns how many are left, counted anew when nothing more was found: 0
 */
export async function sweep(store: Store, stop: StopRow, at: number): Promise<number> {
  for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
    for (const was of UNCLAIMED) {
      for await (const page of coveredIn(store, stop, was)) {
        await endStopped(store, stop, was, page, at);
        // A long sweep must not hold up whatever else this process does.
        await setImmediate();
      }
    }
    for await (const page of coveredIn(store, stop, 'claimed')) await noteRunning(store, stop, page, at);
    if ((await countLeft(store, stop)) === 0) return 0;
    if (!(await isInForce(store, stop))) break;
  }
  return countLeft(store, stop);
}

/** How many actions a stop covers that may yet run. */
export async function countLeft(store: Store, stop: StopRow): Promise<number> {
  let left = 0;
  for (const was of UNCLAIMED) for await (const page of coveredIn(store, stop, was)) left += page.length;
  return left;
}

/**
 * Ends actions in one transaction, each with its question and what it had reserved, as if it had been withdrawn. Those that
 * have moved on meanwhile stay as they are, and so do all where the stop was lifted. Returns how many ended.
 */
export async function endStopped(
  store: Store,
  stop: StopRow,
  was: Unclaimed,
  actions: readonly Pick<ActionRow, 'id' | 'approval_id'>[],
  at: number,
): Promise<number> {
  if (actions.length === 0) return 0;
  const reason = `Stopped by ${stop.thrown_by} (${stop.id}): ${stop.reason}`;
  const ended = await store.db.transaction().execute(async (tx) => {
    const ids = actions.map(({ id }) => id);
    if (store.kind === 'postgres') {
      // In one order for everybody, so that two that sweep the same do not wait for each other.
      await tx.selectFrom('actions').select('id').where('id', 'in', ids).orderBy('id').forUpdate().execute();
    }
    const rows = await tx
      .updateTable('actions')
      .set({ status: 'cancelled', settled_at: at, settle_reason: reason, version: sql<number>`version + 1` })
      .where('id', 'in', ids)
      .where('status', '=', was)
      .where((where) =>
        where.exists(
          where.selectFrom('stops').select('stops.id').where('stops.id', '=', stop.id).where('lifted_at', 'is', null),
        ),
      )
      .returning(['id', 'reserved', 'approval_id'])
      .execute();
    if (rows.length === 0) return [];
    await giveBack(tx, rows);
    await resolveQuestions(tx, stop, rows, at);
    const endedIds = rows.map(({ id }) => id);
    await listAsMet(tx, stop, endedIds, was, at);
    const { id: stopId, scope, value } = stop;
    const entries: { actionId: string; event: NewEvent }[] = [];
    for (const { id, approval_id: approvalId } of rows) {
      const about = was === 'held' ? { approvalId } : {};
      const data = { stopId, scope, value, was, reason, ...about };
      const stopped: NewEvent = { kind: 'stopped', key: 'end', actor: `stop:${stopId}`, at, data };
      const events = await forgetArguments(tx, store.arguments, id, [stopped]);
      entries.push(...events.map((event) => ({ actionId: id, event })));
    }
    await appendToMany(tx, entries);
    return endedIds;
  });
  for (const id of ended) store.changes.tell(id);
  return ended.length;
}

async function giveBack(tx: Tx, rows: readonly { id: string; reserved: number }[]): Promise<void> {
  const reserved = rows.filter((row) => row.reserved === 1).map(({ id }) => id);
  if (reserved.length > 0) await tx.deleteFrom('reservations').where('action_id', 'in', reserved).execute();
}

async function resolveQuestions(
  tx: Tx,
  stop: StopRow,
  rows: readonly { approval_id: string | null }[],
  at: number,
): Promise<void> {
  const asked = rows.flatMap(({ approval_id: id }) => (id === null ? [] : [id]));
  if (asked.length === 0) return;
  const resolved = { resolved_at: at, resolved_by: stop.thrown_by, comment: `Emergency stop: ${stop.reason}` };
  await tx
    .updateTable('approvals')
    .set({ status: 'cancelled', answerers: '', ...resolved })
    .where('id', 'in', asked)
    .where('status', '=', 'pending')
    .execute();
}

async function noteRunning(store: Store, stop: StopRow, actions: readonly OpenRow[], at: number): Promise<void> {
  await store.db.transaction().execute((tx) =>
    listAsMet(
      tx,
      stop,
      actions.map(({ id }) => id),
      'claimed',
      at,
    ),
  );
}

async function listAsMet(
  tx: Tx,
  { id: stopId }: StopRow,
  ids: readonly string[],
  was: ActionStatus,
  at: number,
): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .insertInto('stopped_actions')
    .values([...ids].sort().map((id) => ({ stop_id: stopId, action_id: id, was, at })))
    .onConflict((conflict) => conflict.columns(['stop_id', 'action_id']).doNothing())
    .execute();
}

/** Pages of the actions in one status that a stop covers. */
async function* coveredIn(store: Store, stop: StopRow, status: ActionStatus): AsyncGenerator<OpenRow[]> {
  let after: OpenRow | undefined;
  do {
    const page = await openPage(store, stop, status, after);
    const found = page.filter((row) => covers(stop, toStoppable(row)));
    if (found.length > 0) yield found;
    after = page.length < PAGE ? undefined : page.at(-1);
  } while (after !== undefined);
}

async function openPage(
  store: Store,
  { scope, value }: StopRow,
  status: ActionStatus,
  after: OpenRow | undefined,
): Promise<OpenRow[]> {
  let query = store.db
    .selectFrom('actions')
    .select(['id', 'agent', 'type', 'target', 'asker_json', 'requested_at', 'approval_id'])
    // The description of a tool can be long, and one scope alone asks for it.
    .select(scope === 'server' ? 'tool_json' : sql<string | null>`null`.as('tool_json'))
    .where('status', '=', status);
  if (scope === 'type' || scope === 'target') query = query.where(scope, '=', value ?? '');
  if (after !== undefined) {
    query = query.where((where) =>
      where.or([
        where('requested_at', '>', after.requested_at),
        where.and([where('requested_at', '=', after.requested_at), where('id', '>', after.id)]),
      ]),
    );
  }
  return query.orderBy('requested_at').orderBy('id').limit(PAGE).execute();
}

/** What of a recorded action decides whether a stop covers it. */
export function toStoppable(row: Omit<OpenRow, 'id' | 'requested_at' | 'approval_id'>): Stoppable {
  const { agent, type, target, asker_json: asker, tool_json: tool } = row;
  return {
    ...{ agent, type, target },
    ...(asker === null ? {} : { asker: JSON.parse(asker) as NonNullable<Stoppable['asker']> }),
    ...(tool === null ? {} : { tool: JSON.parse(tool) as Tool }),
  };
}

async function isInForce(store: Store, { id }: StopRow): Promise<boolean> {
  const row = await store.db.selectFrom('stops').select('lifted_at').where('id', '=', id).executeTakeFirst();
  return row?.lifted_at === null;
}
