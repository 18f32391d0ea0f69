import type { Node } from '@vscode/tree-sitter-wasm';
import type { Redirect, Word } from './tree.ts';
import type { WordBuilder } from './words.ts';

/** A redirect out of the parser's node. The grammar takes words behind its target for further targets: they are given back. */
export function redirectOf(node: Node, builder: WordBuilder): { redirect: Redirect | undefined; words: Word[] } {
  const span = { start: node.startIndex, end: node.endIndex };
  const descriptor = node.childForFieldName('descriptor')?.text ?? '';
  if (node.type === 'heredoc_redirect') {
    const named = node.namedChildren.filter((child): child is Node => child !== null);
    const mark = named.find((child) => child.type === 'heredoc_start')?.text ?? '';
    const body = named.find((child) => child.type === 'heredoc_body');
    const words = node.childrenForFieldName('argument').flatMap((one) => (one === null ? [] : [builder.word(one)]));
    const target = body === undefined ? { pieces: [], ...span } : builder.document(body, /['"\\]/.test(mark));
    return { redirect: { operator: '<<', descriptor, target, ...span }, words };
  }
  const operator = node.children.find((child) => child !== null && /^[<>&|-]+$/.test(child.type))?.type ?? '>';
  const targets = node.namedChildren.filter(
    (child): child is Node => child !== null && child.type !== 'file_descriptor',
  );
  const [first, ...others] = targets.map((child) => builder.word(child));
  const redirect = first === undefined ? undefined : { operator, descriptor, target: first, ...span };
  return { redirect, words: others };
}
