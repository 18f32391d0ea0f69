import type { JsonObject, TimelineEntry } from '@gatehouse/sdk/contract';
import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { readTimeline } from '../store/events.ts';
import type { Store } from '../store/open.ts';
import type { Standing } from '../workflows/messages.ts';
import { readArchived, type ArchivedEntry } from './archive.ts';
import type { ArchivePlace } from './archive-place.ts';
import { type HistoryFacts } from './history.ts';
import { fetchFacts } from './open-history.ts';

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
  history: { from: 'Temporal' | 'archive'; runId: string; events: number; sha256: string | null } | null;
  lines: StoryLine[];
}

export interface StoryDeps {
  store: Store;
  client: Client | null;
  place: ArchivePlace | null;
}

/**
 * The complete story of an action: its entries on record beside its history, from Temporal or, where that does not have it
 * any more, from the archive, whose bytes are checked. Throws for an archive that is not what the record says.
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
        : { from: found.from, runId: found.facts.runId, events: found.facts.events, sha256: found.sha256 },
    lines: lines.toSorted((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0)),
  };
}

/** A history, and where it was read. */
export interface FoundHistory {
  facts: HistoryFacts;
  from: 'Temporal' | 'archive';
  /** What the archived bytes were held against. */
  sha256: string | null;
}

/** The history of an action, from Temporal or from the archive; null where neither has it. Throws for a changed archive. */
export async function findHistory(
  { client, place }: StoryDeps,
  actionId: string,
  timeline: readonly TimelineEntry[],
): Promise<FoundHistory | null> {
  const live = client === null ? null : await fromTemporal(client, actionId);
  if (live !== null) return { facts: live, from: 'Temporal', sha256: null };
  const archived = timeline.find(({ kind }) => kind === 'archived')?.data as ArchivedEntry | undefined;
  if (archived === undefined || place === null) return null;
  return { facts: await readArchived(place, archived), from: 'archive', sha256: archived.sha256 };
}

async function fromTemporal(client: Client, actionId: string): Promise<HistoryFacts | null> {
  try {
    return await fetchFacts(client, actionId);
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
  const { type, target, digest } = request;
  return [
    line(started.at, 'workflow started', started.by, { type, target, digest }),
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

function standingOf(result: unknown): JsonObject {
  if (typeof result !== 'object' || result === null || !('status' in result)) return {};
  const { status, reason } = result as Standing;
  return { status, reason };
}
