import type { ClassifiedAction } from './classify.ts';
import { contentLibraries } from './content/libraries.ts';
import { shellParser } from './shell/shell.ts';
import { sqlParsers } from './sql/libraries.ts';
import { graphqlParser } from './tool/graphql.ts';

/** A parser that is loaded when the first action needs it, and costs nothing before. */
export interface LazyParser {
  /** True when this action holds something for it. Cheap. */
  isNeeded(action: ClassifiedAction): boolean;
  isReady(): boolean;
  /** Loads it, once. Never rejects: a parser that cannot be loaded leaves what it would read in the strictest class. */
  load(): Promise<void>;
}

const PARSERS: readonly LazyParser[] = [graphqlParser, sqlParsers, contentLibraries, shellParser];

/**
 * Loads the parsers that an action needs; undefined when nothing is left to load, so that the usual case costs no tick.
 * `classify` itself is synchronous: what needs a parser that is not loaded counts as code that nobody has read.
 */
export function readyFor(action: ClassifiedAction): Promise<void> | undefined {
  const missing = PARSERS.filter((parser) => !parser.isReady() && parser.isNeeded(action));
  if (missing.length === 0) return undefined;
  return Promise.all(missing.map((parser) => parser.load())).then(() => undefined);
}
