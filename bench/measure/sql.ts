import { classify, readyFor } from '../../src/classify/index.ts';
import type { Figure, Judged } from './figure.ts';
import { figureOf } from './figure.ts';
import { readRows } from './rows.ts';

interface SqlRow {
  id: string;
  sql: string;
  dialect: string;
  source: string;
  mutates: boolean | null;
}

const FIELDS: (keyof SqlRow)[] = ['id', 'sql', 'dialect', 'source', 'mutates'];
/** Sources that are the tests of a database or a parser; all others are the tests of guards. */
const DATABASES = /regress|sqlparser|parser-tests|conformance/i;
const GUARDS = { caught: 0.95, falseAlarms: 0.05 };
const STATEMENTS = { caught: 0.99, falseAlarms: 0.02 };
const NO_TARGET = { caught: null, falseAlarms: null };

/** SQL that changes something: the tests of guards, the tests of databases, and what nobody can say by the text alone. */
export async function measureSql(dir: string): Promise<Figure[]> {
  const guards: Judged[] = [];
  const others: Judged[] = [];
  const doubtful: Judged[] = [];
  for (const row of readRows<SqlRow>(dir, 'sql.jsonl', FIELDS)) {
    const action = { type: 'query', target: 'db', context: { sql: row.sql, dialect: row.dialect } };
    await readyFor(action);
    const { operation, evidence } = classify(action);
    const text = `${row.source} ${row.dialect} ${operation} (${evidence[0]?.says ?? ''}): ${row.sql}`;
    const judged = { id: row.id, text, should: row.mutates ?? true, does: operation !== 'read' };
    if (row.mutates === null) doubtful.push(judged);
    else (DATABASES.test(row.source) ? others : guards).push(judged);
  }
  return [
    figureOf('SQL that changes something, rows of guard tests', guards, GUARDS),
    figureOf('SQL that changes something, other rows', others, STATEMENTS),
    figureOf('SQL that changes something, all rows', [...guards, ...others], NO_TARGET),
    figureOf('  where caution is right, and nothing is wrong', doubtful, NO_TARGET),
  ];
}
