import { createRequire } from 'node:module';
import type TreeSitter from '@vscode/tree-sitter-wasm';
import { codeKind } from './code.ts';
import { loadHostile } from './hostile.ts';
import type { Kind } from './kind.ts';

/** Longer texts are taken as readable: to recover from their errors takes this parser longer than all that is measured. */
const MAX_TRIED = 1500;
/** The grammar takes a long row of equals signs for an error; to bash it is one assignment, which does nothing. */
const ASSIGNMENT = /^\w+=[\w=]*(>&\d)?$/;

/** Commands from the generator of their tests. Unreadable is what the grammar of bash has errors in. */
export async function shellKind(): Promise<Kind> {
  const require = createRequire(import.meta.url);
  const { Language, Parser } = require('@vscode/tree-sitter-wasm') as typeof TreeSitter;
  await Parser.init();
  const parser = new Parser();
  parser.setLanguage(await Language.load(require.resolve('@vscode/tree-sitter-wasm/wasm/tree-sitter-bash.wasm')));
  const isReadable = (command: string): boolean => {
    const tree = parser.parse(command);
    const sound = tree?.rootNode.hasError === false;
    tree?.delete();
    return sound;
  };
  const hostile = await loadHostile('shell', 'hostileShell');
  const action = (command: string) => ({ type: 'bash', target: 'shell', context: { command } });
  return codeKind(
    'shell',
    action,
    'ls',
    hostile,
    (command) => command.length > MAX_TRIED || ASSIGNMENT.test(command) || isReadable(command),
  );
}
