import type { Document, Node, LineCounter } from 'yaml';
import { isMap, isNode, isScalar, isSeq, Scalar } from 'yaml';

export type Path = readonly (string | number)[];
export interface Place {
  line: number;
  column: number;
}

/** Finds the line and column of any part of one YAML file. */
export class SourceMap {
  constructor(
    private readonly document: Document,
    private readonly text: string,
    private readonly lines: LineCounter,
  ) {}

  /** Where an offset of the text is. */
  at(offset: number): Place {
    const { line, col } = this.lines.linePos(Math.min(offset, this.text.length));
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  }

  /** Where the value at a path begins, or the nearest thing around it that is there. */
  value(path: Path): Place {
    for (let length = path.length; length >= 0; length--) {
      const node = this.node(path.slice(0, length));
      if (node?.range) return this.at(node.range[0]);
    }
    return { line: 1, column: 1 };
  }

  /** Where a key of the map at a path is written. */
  key(path: Path, key: string): Place {
    const map = this.node(path);
    const pair = isMap(map) ? map.items.find((item) => keyText(item.key) === key) : undefined;
    return isNode(pair?.key) && pair.key.range ? this.at(pair.key.range[0]) : this.value(path);
  }

  /** Where the character at `offset` of the text at a path stands in the file, as near as its YAML style lets one say. */
  inText(path: Path, offset: number): Place {
    const node = this.node(path);
    if (!isScalar(node) || !node.range || typeof node.value !== 'string') return this.value(path);
    const [start, end] = node.range;
    if (node.type === Scalar.BLOCK_LITERAL) return this.inBlock(start, node.value, offset);
    const quoted = node.type === Scalar.QUOTE_DOUBLE || node.type === Scalar.QUOTE_SINGLE ? 1 : 0;
    const asWritten = this.text.slice(start + quoted, end - quoted) === node.value;
    return this.at(asWritten ? start + quoted + offset : start);
  }

  private inBlock(start: number, value: string, offset: number): Place {
    const before = value.slice(0, offset).split('\n');
    const line = this.at(start).line + before.length;
    const written = this.text.split('\n')[line - 1] ?? '';
    const indent = written.length - (value.split('\n')[before.length - 1] ?? '').length;
    return { line, column: Math.max(indent, 0) + (before.at(-1)?.length ?? 0) + 1 };
  }

  private node(path: Path): Node | undefined {
    let node: unknown = this.document.contents;
    for (const step of path) {
      if (isMap(node)) node = node.items.find((item) => keyText(item.key) === String(step))?.value;
      else if (isSeq(node)) node = node.items[Number(step)];
      else return undefined;
    }
    return isNode(node) ? node : undefined;
  }
}

function keyText(key: unknown): string {
  return String(isScalar(key) ? key.value : key);
}
