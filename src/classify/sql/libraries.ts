import type { Json } from '@gatehouse/sdk/contract';
import type * as Others from '@guanmingchiu/sqlparser-ts';
import type * as Postgres from 'libpg-query';
import type { LazyParser } from '../parsers.ts';
import type { OtherDialect } from './dialect.ts';
import { sqlTexts } from './texts.ts';

/** A syntax tree, or why there is none. `at` counts bytes of UTF-8. */
export type Parsed = { tree: Json } | { unread: string; atByte?: number };

let postgres: typeof Postgres | 'broken' | undefined;
let others: typeof Others | 'broken' | undefined;
let loading: Promise<void> | undefined;

/** The parsers of SQL: PostgreSQL's own, and one for the other dialects. Loaded for the first call that holds SQL. */
export const sqlParsers: LazyParser = {
  isNeeded: (action) => sqlTexts(action).length > 0,
  isReady: () => postgres !== undefined && others !== undefined,
  load: () => (loading ??= load()),
};

/** Parses PostgreSQL. Never throws. */
export function parsePostgres(text: string): Parsed {
  if (postgres === undefined || postgres === 'broken') return NOT_LOADED;
  try {
    // The parser gives JSON; its types describe every node, of which few are looked at.
    return { tree: postgres.parseSync(text) as unknown as Json };
  } catch (error) {
    if (postgres.hasSqlDetails(error)) {
      const at = error.sqlDetails?.cursorPosition;
      return { unread: error.message, ...(at === undefined ? {} : { atByte: at }) };
    }
    // Out of stack or memory: what the module has in memory cannot be trusted any more.
    postgres = 'broken';
    return NOT_LOADED;
  }
}

/** Parses any other dialect. Never throws. */
export function parseOther(text: string, dialect: OtherDialect): Parsed {
  if (others === undefined || others === 'broken') return NOT_LOADED;
  try {
    return { tree: others.parse(text, dialect) as unknown as Json };
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    if (isAlive(others)) return { unread: message.replace(/^sql parser error: /, '') };
    others = 'broken';
    return NOT_LOADED;
  }
}

/** A parser that ran out of stack fails at everything from then on. */
function isAlive(library: typeof Others): boolean {
  try {
    return library.validate('SELECT 1', 'generic');
  } catch {
    return false;
  }
}

const NOT_LOADED: Parsed = { unread: 'its parser is not at hand' };

async function load(): Promise<void> {
  // Each on its own: what keeps one parser from being loaded does not break the other.
  await Promise.allSettled([
    import('libpg-query').then(
      async (library) => {
        await library.loadModule();
        postgres = library;
      },
      () => undefined,
    ),
    import('@guanmingchiu/sqlparser-ts').then(
      async (library) => {
        await library.init();
        others = library;
      },
      () => undefined,
    ),
  ]);
  postgres ??= 'broken';
  others ??= 'broken';
}
