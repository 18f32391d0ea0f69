import type { ASTNode } from '@marcbachmann/cel-js';

const QUOTED = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g;

/** The text of a part of a condition. The parser leaves out the parentheses at both of its ends, so they are put back. */
export function textOf({ input, start, end }: ASTNode): string {
  const { missing, open } = parentheses(input.slice(start, end));
  return input.slice(extend(input, start - 1, -1, missing, '(') + 1, extend(input, end, 1, open, ')'));
}

/** How many parentheses are closed that were never opened, and how many are never closed. */
function parentheses(text: string): { missing: number; open: number } {
  let [missing, open] = [0, 0];
  for (const character of text.replace(QUOTED, '')) {
    if (character === '(') open += 1;
    else if (character === ')' && open > 0) open -= 1;
    else if (character === ')') missing += 1;
  }
  return { missing, open };
}

/** Goes on from a place until so many more parentheses are passed; where there is something else, it ends before that. */
function extend(input: string, from: number, step: 1 | -1, wanted: number, parenthesis: '(' | ')'): number {
  let at = from;
  for (let left = wanted; left > 0 && /[\s()]/.test(input[at] ?? ''); at += step) {
    if (input[at] === parenthesis) left -= 1;
  }
  return at;
}
