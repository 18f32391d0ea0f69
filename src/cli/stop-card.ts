import type { StoppedAction, StopView } from '@gatehouse/sdk/contract';
import { Card } from './card.ts';
import { cardStyle } from './show.ts';
import type { Terminal } from './terminal.ts';
import { say } from './terminal.ts';

const NOUNS = {
  agent: 'the agent',
  team: 'the team',
  type: 'the action type',
  target: 'the target',
  server: 'the tool server',
} as const;

/** What a stop covers, e.g. `the agent cleanup-agent`. It holds foreign text. */
export function saysWhat({ scope, value }: Pick<StopView, 'scope' | 'value'>): string {
  return scope === 'everything' ? 'everything' : `${NOUNS[scope]} ${value ?? ''}`;
}

/** Prints a stop: what it covers, what became of that, and how to lift it. */
export function showStop(terminal: Terminal, stop: StopView): void {
  const { stopId, inForce, left, running, stopped } = stop;
  const card = new Card(cardStyle(terminal));
  card.heading(`Stop ${stopId}`, inForce ? 'in force' : 'lifted');
  card.row('stops', saysWhat(stop));
  card.row('reason', stop.reason);
  card.row('thrown', `by ${stop.thrownBy} at ${stop.thrownAt}`);
  if (stop.liftedAt !== null) card.row('lifted', `by ${stop.liftedBy ?? 'nobody'} at ${stop.liftedAt}`);
  if (stop.liftReason !== null) card.row('because', stop.liftReason);
  card.row('ended', `${actions(stopped)} that had not run, and never will`);
  card.row('running', running === 0 ? 'nothing' : `${actions(running)} that cannot be recalled`);
  if (left !== null) card.row('left', left === 0 ? '0, counted anew: nothing that it covers can start' : String(left));
  if (left !== null && left > 0) card.alarm(`It is being carried out. Look again: gatehouse stop show ${stopId}`);
  if (stopped + running > 0) card.row('see', `gatehouse stop actions ${stopId}`);
  if (inForce) card.row('lift it', `gatehouse stop lift ${stopId} --reason …`);
  for (const line of card.finish()) say(terminal, line);
}

/** A stop as a line of the list. */
export function stopRow(stop: StopView): string[] {
  const { stopId, inForce, stopped, running, thrownBy, thrownAt, reason } = stop;
  const status = inForce ? 'in force' : 'lifted';
  return [stopId, status, saysWhat(stop), String(stopped), String(running), thrownBy, thrownAt, reason];
}

/** What a stop has met, as a line of the list. */
export function metRow({ actionId, was, status, agent, type, target }: StoppedAction): string[] {
  return [actionId, was, status, agent, type, target];
}

function actions(count: number): string {
  return count === 1 ? '1 action' : `${String(count)} actions`;
}
