import { KIND_OF_WORD } from '../words.ts';

const words = (list: string): Set<string> => new Set(list.split(/\s+/).filter(Boolean));

/** Verbs that hand something over by themselves (`pods_exec`), and those that must name what (`run_command`). */
const HANDING_OVER = words('execute exec invoke eval evaluate query');
const HANDING_WHAT = words('run call perform make use send raw do tool request');
const HANDED_OVER =
  words(`sql query queries command commands cmd shell bash sh zsh script scripts code statement statements tool
  tools function functions request requests api http https rest graphql terminal mcp python javascript node cypher psql mysql
  sqlite powershell ssh url curl transaction snippet subprocess console interpreter repl`);
const BESIDE = words('db remote local raw single multi in on a the new custom any generic and');
/** Stores whose `query` takes a language that can also write. A query of metrics or logs cannot. */
const ENGINES = words(`sql database db postgres postgresql mysql mariadb sqlite mssql oracle snowflake bigquery redshift
  clickhouse athena trino presto databricks d1 duckdb mongodb mongo cassandra cql neo4j cypher influxdb dynamodb`);
const ALONE_NO_CARRIER = words('do use make raw call perform send');
const CODE_KEYS = words('sql statement statements command cmd commands script code shell bash');

/**
 * True for a name that only says that something is handed over to be run: `execute_sql`, `bash`, `call_tool`, `query`.
 * Every word of it must be such a word, or say where it runs.
 */
export function isCarrier(words: readonly string[]): boolean {
  if (words.length === 1 && ALONE_NO_CARRIER.has(words[0] ?? '')) return false;
  const hands = (word: string) =>
    HANDING_OVER.has(word) || HANDED_OVER.has(word) || (words.length === 1 && word === 'run');
  const fits = (word: string) =>
    hands(word) || HANDING_WHAT.has(word) || BESIDE.has(word) || ENGINES.has(word) || isPlace(word);
  return words.some(hands) && words.every(fits);
}

/** True for arguments of which one takes code, by its name. */
export function takesCode(argumentNames: readonly string[]): boolean {
  return argumentNames.some((name) => CODE_KEYS.has(name));
}

function isPlace(word: string): boolean {
  const kind = KIND_OF_WORD.get(word);
  return kind === 'database' || kind === 'shell' || (kind === 'cloud' && word !== 'deploy' && word !== 'scale');
}
