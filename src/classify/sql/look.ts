import { SHOWING_PRAGMAS } from './dialects/pragma.ts';

const SHOWS = /^(?:show|describe|desc)(?:\s+(?:[a-z_][\w.$]*|"[^"]+"|`[^`]+`))+(?:\s+like\s+'[^'\\]*')?$/i;
const PRAGMA = /^pragma\s+(?:\w+\.)?(\w+)\s*\(\s*["'`]?[\w.]+["'`]?\s*\)$/i;
const MAX_LENGTH = 500;

/** True for one statement that only shows something, of the kinds that parsers of dialects leave out. */
export function onlyShows(text: string): boolean {
  const statement = text.trim().replace(/\s*;$/, '');
  if (statement.length > MAX_LENGTH) return false;
  const pragma = PRAGMA.exec(statement)?.[1];
  return SHOWS.test(statement) || (pragma !== undefined && SHOWING_PRAGMAS.has(pragma.toLowerCase()));
}
