import type { JsonObject } from '@gatehouse/sdk/contract';
import type { Store } from '../store/open.ts';
import { checkHistory } from './check-history.ts';
import { compare, lastMoved, seeRecord, type RecordSeen } from './compare.ts';
import { difference, type Difference } from './difference.ts';
import { countRecord, unclaimedEffects, type Window } from './effects.ts';
import { fetchFacts } from './open-history.ts';
import type { Reconciliation } from './wire.ts';
import { countKept, recordsWithoutWorkflow } from './without-workflow.ts';
import { listWorkflows, retentionOf, seeWorkflow, type TemporalSide, type WorkflowSeen } from './workflows.ts';

export interface ReconcileOptions {
  /** Only what began then or later, in milliseconds since the epoch; null for everything. */
  since: number | null;
  /** What moved so recently, in milliseconds, is in flight: the two systems are not written in one transaction. */
  graceMs: number;
  /** Also reads every history and holds its verdicts and keys against the record. Slow: about a hundred a second. */
  histories: boolean;
  now: number;
  onProgress?: (workflows: number) => void;
}

export const GRACE_MS = 60_000;
/** So many differences are listed; all are counted. */
const MOST_LISTED = 1_000;
/** The server deletes in its own time after the retention, and its clock is not the record's. */
const AROUND_RETENTION_MS = 3_600_000;

/**
 * Computes both sides of the equation: workflows in Temporal = actions on record = settled + open, each end the same on
 * both, and no effect without a claim. It reads and changes nothing. What differs at first sight is looked at again, one
 * by one, before it counts: lists of Temporal's are behind by moments.
 */
export async function reconcile(
  { store, temporal }: { store: Store; temporal: TemporalSide },
  options: ReconcileOptions,
): Promise<Reconciliation> {
  const began = performance.now();
  const tally = new Tally(options.now - options.graceMs);
  const window: Window = { since: options.since ?? 0, until: options.now };
  const horizon = options.now - (await retentionOf(temporal.client)) + AROUND_RETENTION_MS;
  const seen = { workflows: 0, open: 0, closed: 0 };
  let matched = 0;
  let histories = 0;

  for await (const page of listWorkflows(temporal, options.since)) {
    const rows = await seeRecord(
      store,
      page.map(({ actionId }) => actionId),
    );
    for (const workflow of page) {
      seen.workflows += 1;
      seen[workflow.state === 'open' ? 'open' : 'closed'] += 1;
      const row = rows.get(workflow.actionId);
      if (row !== undefined && isKept(row, window, horizon)) matched += 1;
      const kind = compare(workflow, row);
      if (kind !== null) await lookAgain(workflow.actionId);
      else if (options.histories && row !== undefined) await readAlong(row, workflow);
    }
    options.onProgress?.(seen.workflows);
  }
  if ((await countKept(store, window, horizon)) > matched) {
    for await (const row of recordsWithoutWorkflow(store, temporal, window, horizon)) await lookAgain(row.id);
  }
  for await (const found of unclaimedEffects(store, window)) tally.add(found);

  const { open, settled, effects } = await countRecord(store, window);
  const beyondRetention = open + settled - (await countKept(store, window, horizon));
  return {
    at: new Date(options.now).toISOString(),
    tookMs: Math.round(performance.now() - began),
    since: options.since === null ? null : new Date(options.since).toISOString(),
    graceSeconds: options.graceMs / 1000,
    temporal: seen,
    record: { actions: open + settled, open, settled, beyondRetention },
    effects,
    inFlight: tally.inFlight,
    histories: options.histories ? histories : null,
    equal: tally.count === 0,
    differences: tally.count,
    listed: tally.listed,
  };

  /** Asks both sides for this one action, and for what is so at this moment. */
  async function lookAgain(actionId: string): Promise<void> {
    const workflow = await seeWorkflow(temporal.client, actionId);
    const row = (await seeRecord(store, [actionId])).get(actionId);
    const moved = lastMoved(workflow, row);
    if (workflow === null) {
      if (row === undefined || !isKept(row, window, horizon)) return;
      const record = recordSide(row);
      tally.add(difference('no_workflow', { actionId, runId: null }, { record, temporal: null }), moved);
      return;
    }
    const kind = compare(workflow, row);
    if (kind === null) return;
    const sides = { record: row === undefined ? null : recordSide(row), temporal: temporalSide(workflow) };
    tally.add(difference(kind, { actionId, runId: workflow.runId }, sides), moved);
  }

  async function readAlong(row: RecordSeen, workflow: WorkflowSeen): Promise<void> {
    const facts = await fetchFacts(temporal.client, workflow.actionId, workflow.runId);
    histories += 1;
    const moved = Math.max(lastMoved(workflow, row), facts.steps.at(-1)?.at ?? 0);
    const fresh = (await seeRecord(store, [row.id])).get(row.id) ?? row;
    for (const found of await checkHistory(store, fresh, facts)) tally.add(found, moved);
  }
}

/** The differences so far, and what is too fresh to be one. */
class Tally {
  readonly listed: Difference[] = [];
  count = 0;
  inFlight = 0;

  constructor(private readonly settledBefore: number) {}

  add(found: Difference, movedAt = 0): void {
    if (movedAt > this.settledBefore) {
      this.inFlight += 1;
      return;
    }
    this.count += 1;
    if (this.listed.length < MOST_LISTED) this.listed.push(found);
  }
}

function isKept({ requested_at: at, settled_at: settled }: RecordSeen, window: Window, horizon: number): boolean {
  return at >= window.since && at <= window.until && (settled === null || settled >= horizon);
}

function recordSide({ status, digest, claim_id: claimId }: RecordSeen): JsonObject {
  return { status, digest, claimId };
}

function temporalSide({ state, status, digest, startedAt, closedAt }: WorkflowSeen): JsonObject {
  const closed = closedAt === null ? null : new Date(closedAt).toISOString();
  return { state, status, digest, startedAt: new Date(startedAt).toISOString(), closedAt: closed };
}
