import type { Standing } from '../workflows/messages.ts';
import type { HistoryFacts, Place } from './history.ts';

/** The steps that answer where the action stands afterwards. */
const SAY_STANDING: ReadonlySet<string> = new Set([
  'decide',
  'concludeApproval',
  'openWindow',
  'settle',
  'cancelPermit',
  'endOfPatience',
  'reconsider',
  'beginExecution',
]);

/** Where the action stood after each step, in order, as its history has it. */
export function standingsIn({ steps }: HistoryFacts): (Place & { step: string; standing: Standing })[] {
  return steps.flatMap(({ eventId, at, name, result }) =>
    SAY_STANDING.has(name) && typeof result === 'object' && result !== null
      ? [{ eventId, at, step: name, standing: result as Standing }]
      : [],
  );
}

/** Where the action stands last, as its history has it; null where it was not even decided. */
export function lastStanding(facts: HistoryFacts): Standing | null {
  if (facts.end?.how === 'completed' && facts.end.standing !== null) return facts.end.standing;
  return standingsIn(facts).at(-1)?.standing ?? null;
}
