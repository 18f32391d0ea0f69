import type { JsonObject, TimelineEntry } from '@gatehouse/sdk/contract';
import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { readTimeline } from '../store/events.ts';
import type { Store } from '../store/open.ts';
import type { ActionRequest, Standing } from '../workflows/messages.ts';
import { readArchived, type ArchivedEntry } from './archive.ts';
import type { ArchivePlace } from './archive-place.ts';
import { fetchHistory, readHistory, type History, type HistoryFacts } from './history.ts';
import type { Opener } from './open-history.ts';
import { openReadable, unreadableIn, type UnreadablePayloads } from './open-readable.ts';

/** One thing that happened to an action, as one of the two systems has it. */
export interface StoryLine {
  at: string;
  from: 'record' | 'history';
  what: string;
  who: string;
  data: JsonObject;
}

/** All that is known of one action. */
export interface Story {
  actionId: string;
  /** Where the history was read, and what vouches for it; null where neither has it. */
  history: {
    from: 'Temporal' | 'archive';
    runId: string;
    events: number;
    sha256: string | null;
    /** What of it cannot be decrypted here, by reason and key; empty where the story is complete. */
    unreadable: UnreadablePayloads[];
  } | null;
  lines: StoryLine[];
}

export interface StoryDeps {
  store: Store;
  client: Client | null;
  place: ArchivePlace | null;
  opener: Opener;
}

/**
 * The complete story of an action: its entries on record beside its history, from Temporal or, where that does not have it
 * any more, from the archive, whose bytes are checked. What is encrypted with a key that is not here is a gap that is named.
 * Throws for an archive that is not what the record says.
 */
export async function tellStory(deps: StoryDeps, actionId: string): Promise<Story> {
  const timeline = await readTimeline(deps.store.db, actionId);
  const found = await findHistory(deps, actionId, timeline);
  const lines = [...timeline.map(recordLine), ...(found === null ? [] : historyLines(found.facts))];
  return {
    actionId,
    history:
      found === null
        ? null
        : {
            ...{ from: found.from, runId: found.facts.runId, events: found.facts.events, sha256: found.sha256 },
            unreadable: found.unreadable,
          },
    lines: lines.toSorted((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0)),
  };
}

/** A history, and where it was read. */
export interface FoundHistory {
  facts: HistoryFacts;
  from: 'Temporal' | 'archive';
  /** What the archived bytes, which are encrypted where the payloads were, were held against. */
  sha256: string | null;
  unreadable: UnreadablePayloads[];
}

/** The history of an action, from Temporal or from the archive; null where neither has it. Throws for a changed archive. */
export async function findHistory(
  { client, place, opener }: StoryDeps,
  actionId: string,
  timeline: readonly TimelineEntry[],
): Promise<FoundHistory | null> {
  const opened = async (history: History, where: Pick<FoundHistory, 'from' | 'sha256'>): Promise<FoundHistory> => {
    const unreadable = await openReadable(opener, history, actionId);
    return { facts: readHistory(history), unreadable, ...where };
  };
  const live = client === null ? null : await fromTemporal(client, actionId);
  if (live !== null) return opened(live, { from: 'Temporal', sha256: null });
  const archived = timeline.find(({ kind }) => kind === 'archived')?.data as ArchivedEntry | undefined;
  if (archived === undefined || place === null) return null;
  return opened(await readArchived(place, archived), { from: 'archive', sha256: archived.sha256 });
}

async function fromTemporal(client: Client, actionId: string): Promise<History | null> {
  try {
    return await fetchHistory(client, actionId);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}

function recordLine({ at, kind, actor, data }: TimelineEntry): StoryLine {
  return { at, from: 'record', what: kind, who: actor, data };
}

function historyLines({ started, request, steps, messages, executions, end }: HistoryFacts): StoryLine[] {
  const line = (at: number, what: string, who: string, data: JsonObject = {}): StoryLine => ({
    at: new Date(at).toISOString(),
    from: 'history',
    what,
    who,
    data,
  });
  return [
    line(started.at, 'workflow started', started.by, gapIn(request) ?? askedFor(request)),
    ...messages.map(({ at, via, name, input, answer }) =>
      line(at, `${via} ${name}`, saidBy(input), {
        input: (input ?? null) as JsonObject,
        answer: (answer ?? null) as JsonObject,
      }),
    ),
    ...steps.map(({ at, name, result }) => line(at, `step ${name}`, 'workflow', standingOf(result))),
    ...executions.map(({ at, activity, input }) =>
      line(at, `activity ${activity} asked`, 'workflow', { input: (input ?? null) as JsonObject }),
    ),
    ...(end === null
      ? []
      : [
          end.how === 'completed'
            ? line(end.at, 'workflow completed', 'workflow', standingOf(end.standing))
            : line(end.at, `workflow ${end.word}`, end.by, { reason: end.reason }),
        ]),
  ];
}

function saidBy(input: unknown): string {
  const { reviewer, by, agent } = (input ?? {}) as { reviewer?: string; by?: string; agent?: string };
  return reviewer ?? by ?? agent ?? '';
}

function askedFor({ type, target, digest }: ActionRequest): JsonObject {
  return { type, target, digest };
}

/** What stands in a story for what cannot be decrypted; null for everything else. */
function gapIn(value: unknown): JsonObject | null {
  return unreadableIn(value) === null ? null : (value as JsonObject);
}

function standingOf(result: unknown): JsonObject {
  const gap = gapIn(result);
  if (gap !== null) return gap;
  if (typeof result !== 'object' || result === null || !('status' in result)) return {};
  const { status, reason } = result as Standing;
  return { status, reason };
}
