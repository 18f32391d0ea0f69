import { loadModule, parseSync } from 'libpg-query';
import { init, SUPPORTED_DIALECTS, validate } from '@guanmingchiu/sqlparser-ts';
import { affordableDialects, beyondBounds } from '../../src/classify/sql/bounds.ts';
import { codeKind } from './code.ts';
import { loadHostile } from './hostile.ts';
import type { Kind } from './kind.ts';

/** Sixteen dialects would take longer for more than what is measured takes. */
const MAX_TRIED = 2000;

/** SQL from the generator of its tests. Unreadable is what the parsers of no dialect take. */
export async function sqlKind(): Promise<Kind> {
  await Promise.all([loadModule(), init()]);
  const hostile = await loadHostile('sql', 'hostileSql');
  const action = (sql: string) => ({ type: 'query', target: 'database', context: { sql } });
  return codeKind('sql', action, 'SELECT 1', hostile, (sql) => isTooMuch(sql) || isReadable(sql));
}

/** What would take a parser all of its stack, or minutes, is taken as readable: nobody can say. */
function isTooMuch(sql: string): boolean {
  return sql.length > MAX_TRIED || beyondBounds(sql) !== undefined || affordableDialects(sql) < 2;
}

function isReadable(sql: string): boolean {
  const tries = [() => parseSync(sql), ...SUPPORTED_DIALECTS.map((dialect) => () => validate(sql, dialect))];
  return tries.some((attempt) => {
    try {
      attempt();
      return true;
    } catch {
      return false;
    }
  });
}
