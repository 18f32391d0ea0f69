import { parse } from './grammar.ts';
import { statementsOf } from './statements.ts';
import type { Statement } from './tree.ts';

export type Script = { statements: Statement[] } | { refused: string };

/** The statements of a script, or why it was not read. Never throws. */
export function readScript(text: string): Script {
  const parsed = parse(text);
  if ('refused' in parsed) return parsed;
  try {
    return { statements: statementsOf(parsed.tree.rootNode, parsed.text) };
  } catch {
    return { refused: 'it is too involved to be read' };
  } finally {
    parsed.tree.delete();
  }
}
