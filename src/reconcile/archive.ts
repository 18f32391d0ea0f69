import { createHash } from 'node:crypto';
import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { historyFromJSON, historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import type { NewEvent } from '../audit/events.ts';
import { appendEvents } from '../store/events.ts';
import type { Store } from '../store/open.ts';
import { keepPlace, readPlace } from '../store/places.ts';
import type { ArchivePlace } from './archive-place.ts';
import { fetchHistory, type History } from './history.ts';
import { seeWorkflow } from './workflows.ts';

/** What the entry `archived` says: where the history lies, and what its bytes are. */
export interface ArchivedEntry {
  name: string;
  place: string;
  /** SHA-256 of the bytes, hex. */
  sha256: string;
  bytes: number;
  events: number;
  runId: string;
}

export interface ArchiveDeps {
  store: Store;
  client: Client;
  place: ArchivePlace;
  /** Goes on record. */
  actor: string;
  now: () => number;
  /** Ends a pass early, between two actions. */
  signal?: AbortSignal | undefined;
}

/** What one pass did. */
export interface ArchivePass {
  archived: number;
  /** Over on record, and their workflows go on: they are looked at again in the next pass. */
  open: string[];
  /** Temporal does not have them any more. */
  gone: string[];
}

const PLACE = 'archive';
const PAGE = 200;

/**
 * Archives the histories of actions that were over `afterMs` ago, in the order in which they ended. It goes on where the
 * pass before stopped; what is archived already is left alone, so that it may be stopped and repeated at any moment, also
 * by several processes.
 */
export async function archiveSettled(
  deps: ArchiveDeps,
  { afterMs, fromStart = false }: { afterMs: number; fromStart?: boolean },
): Promise<ArchivePass> {
  const pass: ArchivePass = { archived: 0, open: [], gone: [] };
  const before = deps.now() - afterMs;
  let seq = fromStart ? 0 : await readPlace(deps.store, PLACE);
  // The place does not pass what is still open, so that nothing is forgotten.
  let mayMove = true;
  for (;;) {
    const ended = await endedAfter(deps.store, seq, before);
    for (const { seq: at, action_id: actionId } of ended) {
      if (deps.signal?.aborted === true) return pass;
      const became = await archiveAction(deps, actionId);
      if (became === 'archived') pass.archived += 1;
      else pass[became].push(actionId);
      seq = at;
      if (became === 'open') mayMove = false;
      if (mayMove) await keepPlace(deps.store, PLACE, seq);
    }
    if (ended.length < PAGE) return pass;
  }
}

/** The ends on record after a place, of actions that are not archived yet. */
async function endedAfter(store: Store, seq: number, before: number): Promise<{ seq: number; action_id: string }[]> {
  return store.db
    .selectFrom('events as ended')
    .select(['ended.seq', 'ended.action_id'])
    .where('ended.seq', '>', seq)
    .where('ended.key', '=', 'end')
    .where('ended.at', '<=', before)
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom('events as kept')
            .select('kept.seq')
            .whereRef('kept.action_id', '=', 'ended.action_id')
            .where('kept.key', '=', 'archived'),
        ),
      ),
    )
    .orderBy('ended.seq')
    .limit(PAGE)
    .execute();
}

/** Archives the history of one action, and puts on record where and with which hash. */
export async function archiveAction(deps: ArchiveDeps, actionId: string): Promise<'archived' | 'open' | 'gone'> {
  const workflow = await seeWorkflow(deps.client, actionId);
  if (workflow === null) return 'gone';
  if (workflow.state === 'open') return 'open';
  try {
    const history = await fetchHistory(deps.client, actionId, workflow.runId);
    const bytes = Buffer.from(`${historyToJSON(history)}\n`, 'utf8');
    const day = new Date(workflow.closedAt ?? workflow.startedAt).toISOString().slice(0, 10);
    const name = `${day.replaceAll('-', '/')}/${actionId}.${workflow.runId}.json`;
    await deps.place.put(name, bytes);
    const entry: ArchivedEntry = {
      name,
      place: deps.place.says,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      bytes: bytes.byteLength,
      events: history.events?.length ?? 0,
      runId: workflow.runId,
    };
    await appendEvents(deps.store.db, actionId, [archivedEvent(entry, deps)]);
    return 'archived';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return 'gone';
    throw error;
  }
}

function archivedEvent(entry: ArchivedEntry, { actor, now }: ArchiveDeps): NewEvent {
  return { kind: 'archived', key: 'archived', actor, at: now(), data: { ...entry } };
}

/** An archived history as it was archived, encrypted or not, once its bytes were held against the record's hash. */
export async function readArchived(place: ArchivePlace, { name, sha256 }: ArchivedEntry): Promise<History> {
  const bytes = await place.get(name);
  if (bytes === null) throw new Error(`The archive ${place.says} has no ${name}`);
  const has = createHash('sha256').update(bytes).digest('hex');
  if (has !== sha256) {
    throw new Error(
      `${name} in ${place.says} is not what was archived: its SHA-256 is ${has}, the record says ${sha256}`,
    );
  }
  return historyFromJSON(JSON.parse(Buffer.from(bytes).toString('utf8')));
}
