import type { GuardAnswer } from '@gatehouse/sdk/contract';
import { isFinal } from '@gatehouse/sdk/contract';
import type { RunExecutorInput } from '../activities/executors/activities.ts';
import type { DecisionInput, OutcomeInput, Standing } from '../workflows/messages.ts';
import type { HistoryFacts, Place } from './history.ts';

/** A claim of the permit, as a history tells of it. */
export type ClaimSeen = Place & { claimId: string; from: string };

/**
 * The claim under which the action ran, as far as its history knows: claims over HTTP go to the record alone, and are seen
 * here with the report. Null where none is seen.
 */
export function claimIn(facts: HistoryFacts): ClaimSeen | null {
  const execution = facts.executions.find(({ activity }) => activity === 'runExecutor');
  if (execution !== undefined && facts.request.executor !== null) {
    const { eventId, at, input } = execution;
    const { runId } = input as RunExecutorInput;
    // Of an earlier version it was for no run in particular.
    const claimId = `executor:${facts.request.executor.name}${runId === undefined ? '' : `@${runId}`}`;
    return { eventId, at, claimId, from: 'the executor that was asked' };
  }
  for (const { name, input, answer, eventId, at } of facts.messages) {
    if (name === 'decision') {
      const permit = (answer as GuardAnswer | undefined)?.permit;
      const { claimId } = input as DecisionInput;
      if (permit?.granted === true && claimId !== null) return { eventId, at, claimId, from: 'the update `decision`' };
    }
  }
  // Reports are settled in the order in which they come; one under another claim changes nothing.
  const settlings = facts.steps.filter(({ name }) => name === 'settle');
  const decisive = settlings.findIndex(({ result }) => isFinal((result as Standing).status));
  const report = facts.messages.filter(({ name }) => name === 'outcome')[decisive];
  if (report === undefined) return null;
  const { claimId } = report.input as OutcomeInput;
  return { eventId: report.eventId, at: report.at, claimId, from: 'the report of the outcome' };
}
