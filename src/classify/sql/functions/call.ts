import type { Dialect } from '../dialect.ts';
import type { Effect, Place } from '../read/effect.ts';
import { readName } from '../../tool/name.ts';
import { actingOf } from './acting.ts';
import { onlyReads } from './reading.ts';

/** Schemas whose functions are those of the database itself. */
const BUILT_IN = new Set('pg_catalog information_schema sys safe net keys hll_count ml vector_search'.split(' '));
/** Verbs that change things in the names of tools, and compute values in the names of functions. */
const COMPUTING = new Set(
  `make test format convert join split merge replace append order label mark tag sign share adjust compose increment scale
   transform translate generate compress transition return exchange complete link update_time associate`.split(/\s+/),
);
/** Functions that users make for these databases may write; for the others they cannot. */
const MAY_WRITE = new Set<Dialect>(['postgresql', 'mysql', 'oracle', 'redshift', 'generic', 'ansi', 'teradata']);
const MAX_SHOWN = 60;

export interface Call {
  /** The name in its parts, as written. */
  name: readonly string[];
  at?: Place | undefined;
  dialect: Dialect;
}

/** What the call of a function does beside giving a value. A function that nobody knows is not vouched for. */
export function callOf({ name, at, dialect }: Call): Effect[] {
  const shown = name.join('.').slice(0, MAX_SHOWN);
  const parts = name.map((part) => part.toLowerCase());
  const last = parts.at(-1) ?? '';
  const schema = parts.slice(0, -1).join('.');
  const place = at === undefined ? {} : { at };
  const acting = actingOf(last, dialect);
  if (acting !== undefined) return [{ ...acting, ...place, says: `${shown} ${acting.says}` }];
  const builtIn = schema === '' || BUILT_IN.has(schema);
  if (builtIn && (!MAY_WRITE.has(dialect) || onlyReads(last))) return [];
  if (builtIn && !saysThatItWrites(name.at(-1) ?? '')) {
    const says = `it calls ${shown}, which is not known, and is not named like one that writes`;
    return [{ operation: 'read', confidence: 'low', ...place, says }];
  }
  return [{ operation: 'unknown', confidence: 'low', ...place, says: `it calls ${shown}, which may do anything` }];
}

function saysThatItWrites(name: string): boolean {
  const { changes, vague } = readName(name);
  return vague !== undefined || changes.some(({ word }) => !COMPUTING.has(word));
}
