import type { Json } from '@gatehouse/sdk/contract';

/**
 * Visits every named value of a syntax tree, in the order of the tree. `visit` answers false where it has looked after what
 * is below by itself. Not recursive: trees are as deep as their text is long.
 */
export function walkTree(root: Json, visit: (name: string, value: Json) => boolean): void {
  const open: Json[] = [root];
  while (open.length > 0) {
    const next = open.pop();
    // What a parser leaves out is undefined in the trees of one of them.
    if (next === null || typeof next !== 'object') continue;
    if (Array.isArray(next)) {
      for (let index = next.length - 1; index >= 0; index -= 1) open.push(next[index] as Json);
      continue;
    }
    const below: Json[] = [];
    for (const [name, value] of Object.entries(next)) if (visit(name, value)) below.push(value);
    for (let index = below.length - 1; index >= 0; index -= 1) open.push(below[index] as Json);
  }
}
