import type { Operation, Sensitivity, TargetKind } from '@gatehouse/sdk/contract';
import type { Confidence } from '@gatehouse/sdk/contract';
import type { Span } from './syntax/tree.ts';

interface Meaning {
  operation: Operation;
  destructive?: true;
  external?: true;
  sensitivity?: Sensitivity;
  says: string;
}

/** What a command can do, in the words of the tables of programs. */
export const EFFECTS = {
  look: { operation: 'read', says: 'only looks' },
  fetch: { operation: 'read', external: true, says: 'reads from the network' },
  // A key or password that was shown has to be replaced: it cannot be had back.
  reveal: { operation: 'read', destructive: true, sensitivity: 'secrets', says: 'shows a secret' },
  // Whoever has the key can act with it: to hand it out is a change of who may do what.
  secret: { operation: 'administer', external: true, sensitivity: 'secrets', says: 'hands out a secret' },
  write: { operation: 'write', says: 'writes' },
  send: { operation: 'write', external: true, says: 'changes or sends something outside' },
  overwrite: { operation: 'write', destructive: true, says: 'overwrites what cannot easily be had back' },
  drop: { operation: 'delete', says: 'deletes what can be made again' },
  lose: { operation: 'delete', destructive: true, says: 'deletes' },
  run: { operation: 'execute', says: 'runs something' },
  // A dry run is the tool's own word that it changes nothing.
  rehearse: { operation: 'execute', says: 'rehearses, and says that it changes nothing' },
  blind: { operation: 'execute', destructive: true, says: 'runs what nobody has read' },
  admin: { operation: 'administer', says: 'changes settings or rights' },
  disrupt: { operation: 'administer', destructive: true, says: 'stops something or changes a system' },
  leak: { operation: 'execute', destructive: true, external: true, says: 'sends out what cannot be had back' },
} as const satisfies Record<string, Meaning>;

export type Effect = keyof typeof EFFECTS;

export const MEANINGS: Readonly<Record<Effect, Meaning>> = EFFECTS;

/** One thing that a script does, and where. */
export interface Deed {
  effect: Effect;
  says: string;
  at: Span;
  kind?: TargetKind;
  sensitivity?: Sensitivity;
  confidence?: Confidence;
}

export function deed(effect: Effect, at: Span, says: string, more: Partial<Deed> = {}): Deed {
  return { effect, at: { start: at.start, end: at.end }, says, ...more };
}
