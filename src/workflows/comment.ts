import type { ApprovalTerms } from '@gatehouse/sdk/contract';

/** As much as the gate takes; what came by a signal may be longer. */
const LONGEST_COMMENT = 5000;

/** What is missing in the comment of an approval under these terms, or null when nothing is. */
export function missingIn(
  comment: string | null,
  { commentRequired, tickets }: Pick<ApprovalTerms, 'commentRequired' | 'tickets'>,
): string | null {
  if (commentRequired && !saysSomething(comment)) return 'An approval of this needs a comment that says why';
  const words = wordsOf(comment ?? '');
  const missing = tickets.find((pattern) => !words.some((word) => fitsTicket(pattern, word)));
  return missing === undefined ? null : `The comment must name a ticket such as ${missing}`;
}

/** True for a text with a letter or a digit that can be seen. */
export function saysSomething(comment: string | null): boolean {
  return /[\p{L}\p{N}]/u.test((comment ?? '').replace(/\p{Default_Ignorable_Code_Point}/gu, ''));
}

/** The words of a comment as they stand there, and without the marks around them: `(see OPS-12).` names OPS-12. */
function wordsOf(comment: string): string[] {
  const words = comment.slice(0, LONGEST_COMMENT).split(/[\s,;()]+/);
  return [
    ...words,
    ...words.map((word) => word.replace(/^[^\p{L}\p{N}]{1,9}/u, '').replace(/[^\p{L}\p{N}]{1,9}$/u, '')),
  ];
}

/** `*` stands for any characters, `#` for one digit or more; everything else for itself. Linear in the length of the word. */
export function fitsTicket(pattern: string, word: string): boolean {
  // Positions in the pattern that can be reached, as in Thompson's construction: no backtracking on a hostile comment.
  let at = closure(pattern, new Set([0]));
  for (const character of word.slice(0, 200)) {
    const next = new Set<number>();
    for (const position of at) {
      const token = pattern[position];
      if (token === '*') next.add(position);
      else if (token === '#' && character >= '0' && character <= '9') next.add(position).add(position + 1);
      else if (token === character) next.add(position + 1);
    }
    at = closure(pattern, next);
    if (at.size === 0) return false;
  }
  return at.has(pattern.length);
}

function closure(pattern: string, from: ReadonlySet<number>): Set<number> {
  const all = new Set(from);
  for (const position of all) if (pattern[position] === '*') all.add(position + 1);
  return all;
}
