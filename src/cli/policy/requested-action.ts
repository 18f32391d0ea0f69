import { toAsker } from '../../policy/asker.ts';
import type { ParsedExplainRequest } from '../../policy/explain/request.ts';
import type { TriedAction } from '../../policy/trial.ts';

/** The agent that asks in process where nobody says who. */
const NOBODY = 'cli';

/** What a request asks for, in the form in which it is judged in process; `at` is null where it names no time. */
export function requestedAction({ action, agent, session, tags, at }: ParsedExplainRequest): {
  action: TriedAction;
  at: number | null;
} {
  return {
    action: { ...action, agent: agent?.name ?? NOBODY, asker: toAsker(agent ?? {}), session, tags },
    at: at === undefined ? null : Date.parse(at),
  };
}
