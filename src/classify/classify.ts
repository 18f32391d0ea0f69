import type { Classification, JsonObject, Tool } from '@gatehouse/sdk/contract';
import { findByContext } from './by-context.ts';
import { findByNoun, findByTarget } from './by-name.ts';
import { findByReach } from './by-reach.ts';
import { findByContent } from './content/content.ts';
import { findByFiles } from './files/files.ts';
import type { Finding } from './finding.ts';
import { strictest } from './finding.ts';
import { findByHttp } from './http/http.ts';
import { findBySql } from './sql/by-sql.ts';
import { findByShell } from './shell/shell.ts';
import { findByTool } from './tool/by-tool.ts';
import { findByGraphql } from './tool/graphql.ts';

/** The parts of an action that say what it does. */
export interface ClassifiedAction {
  type: string;
  target: string;
  context: JsonObject;
  /** The tool that is called, as its server describes it. */
  tool?: Tool | undefined;
}

type Source = (action: ClassifiedAction) => Finding[];

/** Everything that has an opinion. A new source (a parser of SQL, of shell) is one more line here. */
const SOURCES: readonly Source[] = [
  findByTool,
  (action) => findByNoun(action.type, 'type'),
  (action) => findByTarget(action.target),
  (action) => findByContext(action.context),
  findByReach,
  findByGraphql,
  findBySql,
  findByHttp,
  findByFiles,
  findByShell,
  findByContent,
];

/** Every finding about an action, with the part of it that says so. */
export function findings(action: ClassifiedAction): Finding[] {
  return SOURCES.flatMap((source) => source(action));
}

/**
 * What an action does, to what kind of thing, and where. The strictest finding wins; what no source knows is `unknown`,
 * and nothing is `read` unless its name or its description has a verb that only looks and nothing beside it says otherwise.
 */
export function classify(action: ClassifiedAction): Classification {
  return strictest(findings(action));
}
