import type { Node } from '@vscode/tree-sitter-wasm';
import { decodeEscapes, unescapeBare, unescapeQuoted } from './escapes.ts';
import type { Piece, Statement, Word } from './tree.ts';

/** Reads the commands inside a substitution. */
export type ReadBody = (node: Node) => Statement[];

/** Builds words of a script out of the parser's nodes. */
export class WordBuilder {
  constructor(
    private readonly text: string,
    private readonly readBody: ReadBody,
  ) {}

  word(node: Node): Word {
    return { pieces: this.pieces(node, false), start: node.startIndex, end: node.endIndex };
  }

  /** What stands in a here-document: text as it is when its mark is quoted, else with expansions. */
  document(node: Node, literal: boolean): Word {
    const span = { start: node.startIndex, end: node.endIndex };
    if (literal) return { pieces: [{ kind: 'text', text: this.slice(span.start, span.end), quoted: true }], ...span };
    return { pieces: this.between(node, span.start, span.end), ...span };
  }

  private slice(start: number, end: number): string {
    return this.text.slice(start, end);
  }

  private pieces(node: Node, quoted: boolean): Piece[] {
    const text = this.slice(node.startIndex, node.endIndex);
    switch (node.type) {
      case 'raw_string':
        return [{ kind: 'text', text: text.slice(1, -1), quoted: true }];
      case 'ansi_c_string':
        return [{ kind: 'text', text: decodeEscapes(text.slice(2, -1)), quoted: true }];
      case 'string':
        return this.between(node, node.startIndex + 1, node.endIndex - 1);
      case 'translated_string':
      case 'concatenation':
      case 'command_name':
        if (node.namedChildCount > 0) return children(node).flatMap((child) => this.pieces(child, quoted));
        return [bare(text)];
      case 'simple_expansion':
        return [{ kind: 'variable', name: text.slice(1), operator: '', fallback: [], quoted }];
      case 'expansion':
        return [this.expansion(node, quoted)];
      case 'command_substitution':
        return [{ kind: 'output', body: this.readBody(node), process: '', quoted }];
      case 'process_substitution':
        return [{ kind: 'output', body: this.readBody(node), process: text.startsWith('>') ? '>' : '<', quoted }];
      case 'arithmetic_expansion':
        return [{ kind: 'unknown', body: this.readBody(node) }];
      default:
        // A word, a number, a pattern; in patterns and array subscripts there may be expansions still.
        return node.namedChildCount === 0 ? [bare(text)] : [bare(text), { kind: 'unknown', body: this.readBody(node) }];
    }
  }

  /** Text with expansions in it: what is not a node is taken from the script itself, as the grammar drops some spaces. */
  private between(node: Node, start: number, end: number): Piece[] {
    const pieces: Piece[] = [];
    let from = start;
    const text = (until: number): void => {
      if (until <= from) return;
      const raw = this.slice(from, until);
      pieces.push({ kind: 'text', text: unescapeQuoted(raw), quoted: true });
      // The grammar overlooks back-ticks in here-documents.
      if (/(^|[^\\])`/.test(raw)) pieces.push({ kind: 'unread' });
    };
    for (const child of children(node)) {
      if (child.type === 'string_content' || child.type === 'heredoc_content') continue;
      text(child.startIndex);
      pieces.push(...this.pieces(child, true));
      from = child.endIndex;
    }
    text(end);
    return pieces.length > 0 ? pieces : [{ kind: 'text', text: '', quoted: true }];
  }

  private expansion(node: Node, quoted: boolean): Piece {
    const all = children(node);
    const at = all.findIndex((child) => /^(variable_name|special_variable_name|subscript)$/.test(child.type));
    const name = at < 0 ? '' : (all[at]?.text ?? '');
    const rest = all.slice(at + 1);
    const inner = this.slice(node.startIndex + 2, node.endIndex - 1);
    const operator = at < 0 ? inner : inner.startsWith(name) ? inner.slice(name.length) : inner.slice(0, 1);
    return { kind: 'variable', name, operator, fallback: rest.flatMap((child) => this.pieces(child, quoted)), quoted };
  }
}

function bare(text: string): Piece {
  return { kind: 'text', text: text.includes('\\') ? unescapeBare(text) : text, quoted: text.includes('\\') };
}

function children(node: Node): Node[] {
  return node.namedChildren.filter((child): child is Node => child !== null);
}
