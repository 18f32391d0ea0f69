import { isFinal } from '@gatehouse/sdk/contract';
import { actionIdFor } from '../../src/client/action-id.ts';
import type { ActionsTable } from '../../src/store/schema.ts';
import { AGENT, type Bed } from './bed.ts';
import { checkRecord } from './check-record.ts';
import { readEffects, type Effects } from './effects.ts';
import { KINDS, type Kind, type Wish } from './wishes.ts';

/** What must never be, by the name under which it is counted. */
export const VIOLATIONS = ['lost', 'duplicated', 'unrecorded', 'allowed wrongly', 'misrecorded'] as const;
export type Violation = (typeof VIOLATIONS)[number];

/** What was found when everything was quiet. */
export interface Checked {
  workflows: number;
  records: number;
  /** Actions of agents that had their effect, by how they are on record. */
  effects: { succeeded: number; unknown: number; other: number };
  claims: number;
  repeats: number;
  statuses: Readonly<Record<string, number>>;
  violations: { kind: Violation; says: string }[];
}

type Row = Pick<ActionsTable, 'id' | 'agent' | 'type' | 'status' | 'outcome' | 'claim_id'>;

/** Compares the workflows, the record, the effects and what the agents heard. Call it when nothing is under way. */
export async function check(bed: Bed, wishes: readonly Wish[]): Promise<Checked> {
  const { db } = bed.store;
  const rows: Row[] = await db
    .selectFrom('actions')
    .select(['id', 'agent', 'type', 'status', 'outcome', 'claim_id'])
    .execute();
  const records = new Map(rows.map((row) => [row.id, row]));
  const workflows = await listWorkflows(bed);
  const effects = readEffects(bed);
  const violations: Checked['violations'] = [];
  const violated = (kind: Violation, says: string): void => void violations.push({ kind, says });

  for (const [id, status] of workflows) {
    if (status === 'RUNNING') violated('lost', `${id}: its workflow still runs`);
    else if (status !== 'COMPLETED') violated('lost', `${id}: its workflow ended as ${status}`);
    if (!records.has(id)) violated('unrecorded', `${id}: a workflow, and no record`);
  }
  for (const row of rows) {
    if (!workflows.has(row.id)) violated('lost', `${row.id}: on record, and no workflow`);
    if (!isFinal(row.status)) violated('lost', `${row.id} (${row.type}): stays ${row.status}`);
    checkEffects(row, effects, violated);
  }
  for (const id of [...effects.times.keys(), ...effects.runs.keys()]) {
    if (!records.has(id)) violated('unrecorded', `${id}: an effect, and no record`);
  }
  for (const id of bed.agents.held) if (!records.has(id)) violated('lost', `${id}: was held, and is not on record`);
  for (const wish of wishes) checkEnd(wish, records, bed.agents.ends, violated);
  await checkTimelines(bed, violated);
  await checkRecord(bed, violated);

  const statuses: Record<string, number> = {};
  for (const { status } of rows) statuses[status] = (statuses[status] ?? 0) + 1;
  return {
    workflows: workflows.size,
    records: rows.length,
    effects: countEffects(rows, effects),
    claims: rows.filter(({ claim_id: claim }) => claim !== null).length,
    repeats: effects.repeats,
    statuses,
    violations,
  };
}

function countEffects(rows: readonly Row[], { times }: Effects): Checked['effects'] {
  const counts = { succeeded: 0, unknown: 0, other: 0 };
  for (const { id, status } of rows) {
    if (!times.has(id)) continue;
    counts[status === 'succeeded' || status === 'unknown' ? status : 'other'] += 1;
  }
  return counts;
}

type Violated = (kind: Violation, says: string) => void;

const REFUSED: ReadonlySet<string> = new Set(['blocked', 'rejected', 'expired', 'cancelled', 'lapsed']);

function checkEffects(row: Row, { times, runs }: Effects, violated: Violated): void {
  const { id, type, status, claim_id: claim } = row;
  const count = times.get(id) ?? 0;
  const ran = runs.get(id) ?? 0;
  const what = `${id} (${type}, ${status})`;
  if (count > 1 || ran > 1) violated('duplicated', `${what}: ${String(ran)} runs, ${String(count)} effects`);
  if (count + ran === 0) {
    if (status === 'succeeded' && isKind(type)) violated('misrecorded', `${what}: without an effect`);
    return;
  }
  if (claim === null) violated('allowed wrongly', `${what}: ran without a claim`);
  if (REFUSED.has(status)) violated('allowed wrongly', `${what}: ran although it was refused`);
  if (row.outcome === 'BLOCK') violated('allowed wrongly', `${what}: ran although it was blocked`);
  if (status === 'failed' && count > 0) violated('misrecorded', `${what}: had its effect`);
}

function isKind(type: string): type is Kind {
  return type in KINDS;
}

/** The errors that a call may end with when its agent, or the gate, died in the middle of it. */
const AFTER_A_DEATH: ReadonlySet<string> = new Set(['ActionAlreadyDoneError', 'ActionUnknownError']);
const ENDS = {
  runs: new Set(['ran']),
  fails: new Set(['ThrownOnPurpose', 'ActionFailedError']),
  refused: new Set(['ActionBlockedError', 'ActionRejectedError']),
} as const satisfies Record<string, ReadonlySet<string>>;

function checkEnd(
  { key, kind }: Wish,
  records: ReadonlyMap<string, Row>,
  ends: ReadonlyMap<string, string>,
  violated: Violated,
): void {
  const id = actionIdFor(AGENT, key);
  const end = ends.get(key);
  const row = records.get(id);
  if (end === undefined) violated('lost', `${id} (${kind}): the agent got no answer`);
  if (row === undefined) violated('unrecorded', `${id} (${kind}): answered ${String(end)}, and no record`);
  if (end === undefined || row === undefined) return;
  const wanted = KINDS[kind].end;
  const expected: ReadonlySet<string> = ENDS[wanted];
  if (expected.has(end)) return;
  if (wanted !== 'refused' && AFTER_A_DEATH.has(end)) return;
  violated('misrecorded', `${id} (${kind}, ${row.status}): ended as ${end}`);
}

async function checkTimelines(bed: Bed, violated: Violated): Promise<void> {
  const counted = await bed.store.db
    .selectFrom('events')
    .select(({ fn }) => ['action_id', 'kind', fn.countAll<number | string>().as('times')])
    .where('kind', 'in', ['decided', 'claimed', 'succeeded', 'failed', 'unknown', 'blocked', 'rejected'])
    .groupBy(['action_id', 'kind'])
    .having(({ fn }) => fn.countAll(), '>', 1)
    .execute();
  for (const { action_id: id, kind, times } of counted)
    violated('misrecorded', `${id}: ${kind} is on record ${String(times)} times`);
}

async function listWorkflows({ client }: Bed): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for await (const { workflowId, status } of client.workflow.list({ pageSize: 1_000 })) {
    found.set(workflowId, status.name);
  }
  return found;
}
