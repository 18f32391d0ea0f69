import type { Classification, JsonObject } from '@gatehouse/sdk/contract';
import { findByContext } from './by-context.ts';
import { findByTarget, findByType } from './by-name.ts';
import type { Finding } from './finding.ts';
import { strictest } from './finding.ts';

/** The parts of an action that say what it does. */
export interface ClassifiedAction {
  type: string;
  target: string;
  context: JsonObject;
}

type Source = (action: ClassifiedAction) => Finding[];

/** Everything that has an opinion. A new source (a parser of SQL, of shell) is one more line here. */
const SOURCES: readonly Source[] = [
  (action) => findByType(action.type),
  (action) => findByTarget(action.target),
  (action) => findByContext(action.context),
];

/** Every finding about an action, with the part of it that says so. */
export function findings(action: ClassifiedAction): Finding[] {
  return SOURCES.flatMap((source) => source(action));
}

/**
 * What an action does, to what kind of thing, and where. The strictest finding wins; what no source knows is `unknown`,
 * and nothing is `read` unless its type opens with a verb that only looks and nothing beside it says otherwise.
 */
export function classify(action: ClassifiedAction): Classification {
  return strictest(findings(action));
}
