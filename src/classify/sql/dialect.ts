import type { DialectName } from '@guanmingchiu/sqlparser-ts';
import type { ClassifiedAction } from '../classify.ts';
import { tokenize } from '../tokens.ts';

/** Dialects that the second parser reads. */
export type OtherDialect = Exclude<DialectName, 'postgresql'>;
export type Dialect = 'postgresql' | OtherDialect;

/** What the names of products say of the SQL that they take. Several: what the second parser has no dialect for. */
const DIALECTS: Readonly<Record<string, readonly Dialect[]>> = {
  'postgres postgresql pg psql supabase neon timescale timescaledb cockroach cockroachdb pgvector dsql alloydb citus postgis':
    ['postgresql'],
  'mysql mariadb percona vitess planetscale tidb singlestore mysql8': ['mysql'],
  'sqlite sqlite3 libsql turso d1': ['sqlite'],
  'mssql sqlserver tsql synapse': ['mssql'],
  'snowflake snowpark': ['snowflake'],
  'bigquery bq googlesql': ['bigquery'],
  redshift: ['redshift', 'postgresql'],
  'clickhouse chdb': ['clickhouse'],
  'duckdb motherduck': ['duckdb', 'postgresql'],
  databricks: ['databricks'],
  'spark sparksql': ['spark', 'databricks', 'hive'],
  'hive impala': ['hive'],
  'athena presto trino': ['hive', 'generic', 'ansi', 'postgresql'],
  'oracle plsql': ['oracle'],
  teradata: ['teradata'],
};
const OF_NAME = new Map(
  Object.entries(DIALECTS).flatMap(([names, dialects]) => names.split(' ').map((name) => [name, dialects] as const)),
);
const CLAIMS = ['dialect', 'engine', 'database_type', 'db_type'];

/** The dialects that a call may speak. */
export interface Spoken {
  /** What the target, the tool and its server say: the names that the operator gave. */
  known: readonly Dialect[];
  /** What the arguments say. It cannot be relied on alone: the agent wrote it. */
  claimed: readonly Dialect[];
}

/** Which dialects the names of a call speak of. */
export function dialectsOf({ type, target, tool, context }: ClassifiedAction): Spoken {
  const names = [target, tool?.server ?? '', tool?.name ?? '', type];
  const claims = CLAIMS.map((key) => context[key]).filter((value) => typeof value === 'string');
  return { known: inNames(names), claimed: inNames(claims) };
}

function inNames(names: readonly string[]): Dialect[] {
  const words = names.flatMap((name) => tokenize(name.slice(0, 200)));
  const pairs = words.slice(1).map((word, index) => `${words[index] ?? ''}${word}`);
  return [...new Set([...words, ...pairs].flatMap((word) => OF_NAME.get(word) ?? []))];
}
