import type { Tool } from '@gatehouse/sdk/contract';
import { serverOfAction } from './capability-id.ts';
import type { StopRow } from './stops-in-force.ts';

/** What of an action decides whether a stop covers it. */
export interface Stoppable {
  agent: string;
  type: string;
  target: string;
  tool?: Pick<Tool, 'server'> | undefined;
  /** What is known of the agent: its team, and the agents that it acts for. */
  asker?: { team: string | null; chain?: readonly string[] | undefined } | undefined;
}

/**
 * Whether a stop covers an action. An agent's stop covers what its sub-agents ask, for whatever they do is done on its behalf;
 * a tool server's covers calls that name no server and have it as their target, so that leaving a fact out escapes nothing.
 */
export function covers({ scope, value }: Pick<StopRow, 'scope' | 'value'>, action: Stoppable): boolean {
  switch (scope) {
    case 'everything':
      return true;
    case 'agent':
      return action.agent === value || (value !== null && (action.asker?.chain ?? []).includes(value));
    case 'team':
      return value !== null && action.asker?.team === value;
    case 'type':
      return action.type === value;
    case 'target':
      return action.target === value;
    case 'server':
      return serverOfAction(action) === value;
  }
}
