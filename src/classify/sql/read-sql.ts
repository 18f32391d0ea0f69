import { strictest } from '../finding.ts';
import { affordableDialects, beyondBounds } from './bounds.ts';
import type { Dialect, OtherDialect, Spoken } from './dialect.ts';
import { readOther } from './dialects/read.ts';
import { onlyShows } from './look.ts';
import { withParameters } from './placeholders.ts';
import { readPostgres } from './postgres/read.ts';
import type { Effect, Reading, Unread } from './read/effect.ts';
import { isUnread } from './read/effect.ts';
import { Names } from './read/names.ts';
import { readsDifferently } from './tricks.ts';

type Read = Exclude<Reading, Unread>;

/** Dialects that are tried where nothing says which it is, by how much of SQL they take and how many use them. */
const OTHERS: readonly OtherDialect[] = [
  ...(['generic', 'mysql', 'sqlite', 'mssql', 'snowflake', 'bigquery', 'hive'] as const),
  ...(['redshift', 'databricks', 'clickhouse', 'duckdb', 'oracle'] as const),
];
/** Dialects that see other statements than PostgreSQL in the same characters. */
const DIFFERENT: readonly OtherDialect[] = ['mysql', 'mssql', 'sqlite', 'snowflake', 'bigquery', 'oracle'];
/** Row sources of SQL Server that PostgreSQL takes for functions that somebody made. */
const SQL_SERVER = /\bopen(?:rowset|query|datasource|xml)\b/i;

/**
 * Reads an SQL text in the dialects that a call speaks, or in PostgreSQL's and then in the others. Where several dialects
 * understand it, the strictest reading counts. Never throws, and takes bounded time.
 */
export function readSql(text: string, spoken: Spoken): Reading {
  const beyond = beyondBounds(text);
  if (beyond !== undefined) return { unread: beyond };
  const { known, claimed } = spoken;
  const named = known.length > 0 ? known : claimed;
  const tricky = readsDifferently(text);
  const sure = (named.length > 0 ? named : POSTGRES).map((dialect) => read(text, dialect, true));
  const first = sure[0] ?? NOTHING;
  if (sure.some((reading) => !isUnread(reading))) {
    if (known.length > 0) return strictestOf([...sure, ...claimed.map((dialect) => read(text, dialect, true))]);
    if (tricky) return seenOtherwise(text, sure);
    const mayBeSqlServer = claimed.length === 0 && SQL_SERVER.test(text);
    return strictestOf([...sure, ...(mayBeSqlServer ? tried(text, ['mssql']) : [])]);
  }
  // What the dialect itself does not take is only believed of others where they cannot see something else in it.
  if (tricky && named.length > 0) return first;
  if (onlyShows(text) && !tricky) return { effects: [], names: new Names() };
  const others = tried(text, named.includes('postgresql') ? OTHERS : ['postgresql', ...OTHERS]);
  return others.length > 0 ? strictestOf(others) : first;
}

/**
 * Readings of a text of which other dialects may see other statements, and nothing but the call itself says which it is. A
 * server runs the statements before one that it does not understand, so that a second one must be readable in MySQL too.
 */
function seenOtherwise(text: string, sure: readonly Reading[]): Reading {
  if (affordableDialects(text) < DIFFERENT.length) return UNSURE;
  const others = DIFFERENT.map((dialect) => read(text, dialect));
  const [mysql] = others;
  if (SEVERAL.test(text) && mysql !== undefined && isUnread(mysql)) return UNSURE;
  return strictestOf([...sure, ...others]);
}

const SEVERAL = /;\s*\S/;
const UNSURE: Unread = { unread: 'dialects read it differently, and the target does not say which it is' };
const POSTGRES: readonly Dialect[] = ['postgresql'];
const NOTHING: Unread = { unread: 'no dialect is known for it' };

function tried(text: string, dialects: readonly Dialect[]): Read[] {
  return dialects
    .slice(0, affordableDialects(text))
    .map((dialect) => read(text, dialect))
    .filter((reading): reading is Read => !isUnread(reading));
}

function read(text: string, dialect: Dialect, isNamed = false): Reading {
  if (dialect !== 'postgresql') {
    if (affordableDialects(text) === 0) return { unread: 'it is nested too deeply to be read in its dialect' };
    return readOther(text, dialect, isNamed);
  }
  const reading = readPostgres(text);
  if (!isUnread(reading)) return reading;
  const bound = withParameters(text);
  const again = bound === undefined ? reading : readPostgres(bound);
  return isUnread(again) ? reading : again;
}

const OPERATIONS: readonly (Effect['operation'] & string)[] = [
  'read',
  'write',
  'unknown',
  'execute',
  'administer',
  'delete',
];

function strictestOf(readings: readonly Reading[]): Reading {
  let best: Reading = NOTHING;
  let most = -1;
  for (const reading of readings) {
    if (isUnread(reading)) continue;
    const severity = severityOf(reading.effects);
    if (severity > most) [best, most] = [reading, severity];
  }
  return best;
}

function severityOf(effects: readonly Effect[]): number {
  const { operation, destructive } = strictest(effects.map((effect) => ({ ...effect, part: '' })));
  return OPERATIONS.indexOf(effects.length === 0 ? 'read' : operation) * 2 + (destructive ? 1 : 0);
}
