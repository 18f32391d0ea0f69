import { parsePostgres } from '../libraries.ts';
import type { Effect, Reading } from '../read/effect.ts';
import { at, listOf, nodeOf } from '../read/tree.ts';
import { Source } from './source.ts';
import { readStatement } from './statements.ts';
import { unitsOf } from './units.ts';

/** Reads a text as PostgreSQL, by its own parser. Never throws. */
export function readPostgres(text: string): Reading {
  const parsed = parsePostgres(text);
  if ('unread' in parsed) {
    if (parsed.atByte === undefined) return { unread: parsed.unread };
    const start = unitsOf(text)(parsed.atByte);
    return { unread: parsed.unread, at: { start, end: Math.min(start + 1, text.length) } };
  }
  const statements = listOf(at(parsed.tree, 'stmts'));
  const source = new Source(text);
  const effects: Effect[] = [];
  for (const statement of statements) {
    const { kind, node } = nodeOf(at(statement, 'stmt')) ?? { kind: 'nothing', node: null };
    const start = Number(at(statement, 'stmt_location') ?? 0);
    const place = source.statement(start, Number(at(statement, 'stmt_len') ?? 0));
    effects.push(...readStatement(kind, node, source, place));
  }
  effects.push(...source.transactions.close());
  return { effects, names: source.names };
}
