import type { CompiledCondition } from '../cel.ts';
import { VARIABLES } from '../cel.ts';
import { textOf } from '../node-text.ts';

type Node = Extract<CompiledCondition, { ok: true }>['ast'];

/** What a condition is made of: the texts that stand between `&&` and `||`, and the fields that it looks at. */
export interface ConditionParts {
  texts: string[];
  fields: string[][];
}

const KNOWN: ReadonlySet<string> = new Set([...VARIABLES, 'params']);
const MOST = 30;

/** Takes a condition apart, at most 30 of each kind. */
export function partsOfCondition(ast: Node): ConditionParts {
  const texts: string[] = [];
  const split = (node: Node): void => {
    if (node.op === '&&' || node.op === '||') node.args.forEach(split);
    else texts.push(textOf(node));
  };
  split(ast);
  const fields = new Map<string, string[]>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (isNode(value)) {
      const path = pathOf(value);
      if (path === null) visit(value.args);
      else if (path.length > 1) fields.set(path.join('.'), path);
    }
  };
  visit(ast);
  return { texts: texts.slice(0, MOST), fields: [...fields.values()].slice(0, MOST) };
}

/** `args.order.total` as its steps; null for anything that is no chain of fields from a known variable. */
function pathOf(node: Node): string[] | null {
  if (node.op === 'id') return KNOWN.has(node.args) ? [node.args] : null;
  if (node.op !== '.') return null;
  const base = pathOf(node.args[0]);
  return base === null ? null : [...base, node.args[1]];
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value && 'start' in value;
}
