import type { ASTNode } from '@marcbachmann/cel-js';
import { textOf } from './node-text.ts';

/** Runs a part of a condition that has no variables; null where it gives no truth. */
export type RunPart = (text: string) => boolean | null;

/** What a condition always gives, whatever its variables are; null where that depends. Parameters count as variables. */
export function constantOf(node: ASTNode, run: RunPart): boolean | null {
  switch (node.op) {
    case '||':
      return either(node.args, true, run);
    case '&&':
      return either(node.args, false, run);
    case '!_': {
      const inner = constantOf(node.args, run);
      return inner === null ? null : !inner;
    }
    default:
      return hasName(node) ? null : run(textOf(node));
  }
}

/** `||` gives true as soon as one side does, whatever the other; `&&` false. */
function either([left, right]: [ASTNode, ASTNode], decides: boolean, run: RunPart): boolean | null {
  const sides = [constantOf(left, run), constantOf(right, run)];
  if (sides.includes(decides)) return decides;
  return sides.includes(null) ? null : !decides;
}

function hasName(node: unknown): boolean {
  if (Array.isArray(node)) return node.some(hasName);
  if (typeof node !== 'object' || node === null || !('op' in node) || !('args' in node)) return false;
  return node.op === 'id' || hasName(node.args);
}
