import type { NameForms } from '../classify/index.ts';
import { toSnake } from '../classify/index.ts';

/** Tells whether a name fits. Compiled once when the policy loads; linear in the length of the name. */
export type NameMatcher = (name: NameForms) => boolean;

/**
 * Compiles patterns in which `*` stands for any characters. Case does not matter, and neither does the naming style:
 * `delete_*` matches `deleteRecords` and `delete-records` too, so that a rule is not passed by spelling.
 */
export function compilePatterns(patterns: readonly string[]): NameMatcher {
  const plain = new Set<string>();
  const snake = new Set<string>();
  const globs: { plain: string[]; snake: string[] }[] = [];
  for (const pattern of patterns) {
    if (pattern.includes('*')) {
      globs.push({ plain: pattern.toLowerCase().split('*'), snake: toSnake(pattern, '*').split('*') });
    } else {
      plain.add(pattern.toLowerCase());
      snake.add(toSnake(pattern).replace(/^_+|_+$/g, ''));
    }
  }
  snake.delete('');
  return (name) =>
    plain.has(name.plain) ||
    snake.has(name.snake) ||
    globs.some((glob) => fits(glob.plain, name.plain) || fits(glob.snake, name.snake));
}

/** Whether text starts with the first piece, ends with the last, and has the others in between, in order. */
function fits(pieces: readonly string[], text: string): boolean {
  const last = pieces.length - 1;
  const head = pieces[0] ?? '';
  const tail = pieces[last] ?? '';
  if (!text.startsWith(head) || !text.endsWith(tail) || text.length < head.length + tail.length) return false;
  const end = text.length - tail.length;
  let at = head.length;
  for (let index = 1; index < last; index++) {
    const piece = pieces[index] ?? '';
    const found = text.indexOf(piece, at);
    if (found < 0 || found + piece.length > end) return false;
    at = found + piece.length;
  }
  return true;
}
