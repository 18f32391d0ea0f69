import { setTimeout as pause } from 'node:timers/promises';
import { isFinal } from '@gatehouse/sdk/contract';
import type { Bed } from './bed.ts';

const BOUND_MS = 120_000;
const LOOK_MS = 250;

/** Waits until every wish has its end and nothing is open, at most two minutes: the check then tells what is left. */
export async function untilQuiet(bed: Bed): Promise<void> {
  bed.answerLate(true);
  const deadline = performance.now() + BOUND_MS;
  for (let quiet = 0; quiet < 2 && performance.now() < deadline;) {
    quiet = (await isQuiet(bed)) ? quiet + 1 : 0;
    await pause(LOOK_MS);
  }
  bed.answerLate(false);
}

async function isQuiet({ agents, store, client }: Bed): Promise<boolean> {
  if (agents.unfinished() > 0) return false;
  const rows = await store.db.selectFrom('actions').select('status').groupBy('status').execute();
  if (!rows.every(({ status }) => isFinal(status))) return false;
  return (await client.workflow.count("ExecutionStatus = 'Running'")).count === 0;
}
