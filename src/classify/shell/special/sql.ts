import type { Deed } from '../effect.ts';
import { deed } from '../effect.ts';
import type { Programs } from '../program.ts';
import { touch } from '../read/paths.ts';
import type { Call } from '../read/reading.ts';
import type { Arg } from '../words/expand.ts';
import { hasExactly, takeApart, valuesOf } from '../words/options.ts';
import { judgeSql } from './sql-text.ts';

/** How a client of a database is given statements. */
interface Client {
  dialect: string;
  valued: string;
  /** Options whose value is a statement. */
  statements: string;
  /** Options whose value is a file of statements. */
  files?: string;
  /** Statements are the plain words from here on. */
  plainFrom?: number;
  /** Options that only look. */
  looks?: string;
  longDash?: true;
}

const CLIENTS: Readonly<Record<string, Client>> = {
  'psql pgcli': {
    dialect: 'postgresql',
    valued: '-d -h -p -U -v -F -R -P -L --dbname --host --port --username --set --variable --pset --field-separator',
    statements: '-c --command',
    files: '-f --file',
    looks: '-l --list',
  },
  'mysql mariadb mycli': {
    dialect: 'mysql',
    valued: '-h -P -u -D -S --host --port --user --database --socket --protocol --default-character-set --delimiter',
    statements: '-e --execute',
  },
  'sqlite3 sqlite': {
    dialect: 'sqlite',
    valued: '-separator -newline -nullvalue -vfs -mmap -maxsize',
    statements: '-cmd',
    files: '-init',
    plainFrom: 1,
    longDash: true,
  },
  duckdb: {
    dialect: 'duckdb',
    valued: '-separator -newline -nullvalue',
    statements: '-c -s -cmd',
    files: '-f -init',
    plainFrom: 1,
    longDash: true,
  },
  'sqlcmd osql': {
    dialect: 'mssql',
    valued: '-S -d -U -P -H -l -t -h -s -w -v -W --server --database --user-name',
    statements: '-Q -q --query --initial-query',
    files: '-i --input-file',
    plainFrom: 1,
  },
  'clickhouse-client clickhouse': {
    dialect: 'clickhouse',
    valued: '--host --port --user --password --database',
    statements: '--query -q',
    files: '--queries-file',
  },
  'snowsql snow': { dialect: 'snowflake', valued: '-a -u -d -s -w -c', statements: '-q --query', files: '-f' },
};

/** Clients of databases: their statements are read as SQL. */
export const DATABASES: Programs = Object.fromEntries(
  Object.entries(CLIENTS).map(([names, client]) => [names, { special: (call: Call) => ask(client, call) }]),
);

function ask(client: Client, call: Call): Deed[] {
  const list = (texts: string | undefined): string[] => (texts ?? '').split(' ').filter(Boolean);
  const valued = new Set([
    ...list(client.valued),
    ...list(client.statements),
    ...list(client.files),
    '-o',
    '--output',
    '-L',
    '--log-file',
  ]);
  const options = takeApart(call.args, { valued, longDash: client.longDash ?? false });
  if (hasExactly(options, ['--help', '--version', '-help', '-version', '-V', '-?', ...list(client.looks)])) {
    return [deed('look', call.at, `"${call.name}" only looks`, { kind: 'database' })];
  }
  const plain = client.plainFrom === undefined ? [] : options.plain.slice(client.plainFrom);
  const statements = [...valuesOf(options, ...list(client.statements)), ...plain];
  // Lists of words without quotes, as people write them: psql -c DROP TABLE users.
  const loose = statements.length === 1 && client.plainFrom === undefined ? spilled(options.plain) : [];
  const files = valuesOf(options, ...list(client.files));
  const deeds = [...statements, ...loose].flatMap((arg) => sqlOf(arg, client.dialect, call));
  deeds.push(
    ...files.map((arg) => deed('run', arg, `runs the statements of "${arg.text.slice(0, 60)}"`, { kind: 'database' })),
  );
  deeds.push(...valuesOf(options, '-o', '--output', '-L', '--log-file').flatMap((arg) => touch(arg, 'write')));
  if (statements.length === 0 && files.length === 0) {
    if (call.input.text !== undefined) deeds.push(...judgeSql(call.input.text, client.dialect, call.at));
    else deeds.push(deed('run', call.at, `opens "${call.name}"`, { kind: 'database' }));
  }
  return deeds;
}

function spilled(plain: readonly Arg[]): Arg[] {
  const first = plain.findIndex((arg) => /^(table|database|schema|from|index|user)$/i.test(arg.text));
  const at = plain[first];
  return at === undefined ? [] : [{ ...at, text: `DROP ${plain.map((arg) => arg.text).join(' ')}` }];
}

function sqlOf(arg: Arg, dialect: string, call: Call): Deed[] {
  if (!arg.known)
    return [deed('blind', arg, 'runs a statement that only the running shell knows', { kind: 'database' })];
  const shell = /^\s*(?:\\!|\.shell\s|\.system\s|system\s)\s*(.*)$/s.exec(arg.text)?.[1];
  if (shell !== undefined) return call.reading.script(shell, arg);
  return judgeSql(arg.text, dialect, arg);
}
