import type { OtherDialect } from '../dialect.ts';
import { parseOther } from '../libraries.ts';
import type { Effect, Reading } from '../read/effect.ts';
import { listOf } from '../read/tree.ts';
import { Source } from './source.ts';
import { readStatement } from './statements.ts';

/** Statements of SQL Server that need no other word, and that the parser takes for the name of a table or a column. */
const LONE_STATEMENTS = /\b(shutdown|reconfigure|revert|checkpoint)\b/i;

const LONE: Effect = {
  ...{ operation: 'execute', destructive: true, irreversible: true, confidence: 'low' },
  says: 'it has a word that is a statement by itself, without a semicolon before it',
};

/**
 * Reads a text in a dialect other than PostgreSQL's. Never throws. `isNamed`: the call speaks it, so that words of the
 * database's own tools are taken as well.
 */
export function readOther(text: string, dialect: OtherDialect, isNamed: boolean): Reading {
  const parsed = parseOther(isNamed || dialect === 'mysql' ? prepared(text, dialect) : text, dialect);
  if ('unread' in parsed) return parsed;
  const statements = listOf(parsed.tree);
  const source = new Source(text, dialect);
  const effects: Effect[] = [];
  for (const statement of statements) effects.push(...readStatement(statement, source, source.next(statement)));
  effects.push(...source.transactions.close());
  if (dialect === 'mssql' && LONE_STATEMENTS.test(text)) effects.push(LONE);
  return { effects, names: source.names };
}

/** Puts what only the database's own tools understand into words that the parser has; every place stays where it is. */
function prepared(text: string, dialect: OtherDialect): string {
  switch (dialect) {
    case 'mysql':
      // Comments that MariaDB runs.
      return text.replaceAll('/*M!', ' /*!');
    case 'mssql':
      return text.replace(/^([ \t]*)GO(?=[ \t]*$)/gim, '$1; ');
    case 'clickhouse':
      return text.replace(/\bFORMAT\s+\w+\s*;?\s*$/i, (found) => ' '.repeat(found.length));
    default:
      return text;
  }
}
