/** The longest text of a block, in characters, by Slack's documentation; a little is left for what is put around it. */
export const LONGEST_TEXT = 2_900;

/** A text as Slack's markup shows it as it is: no link, no mention, no emphasis comes of it. */
export function escapeMarkup(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
  return text.replace(/[&<>]/g, (character) => entities[character] ?? '');
}

/** A text as an object that Slack shows as it is, cut where it is too long for one. */
export function plain(text: string, longest = LONGEST_TEXT): { type: 'plain_text'; text: string; emoji: false } {
  const fits = text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
  return { type: 'plain_text', text: fits === '' ? '-' : fits, emoji: false };
}

/** A long text in pieces that each fit into a block, cut between lines where there are any. Nothing is left out. */
export function chunksOf(text: string, longest = LONGEST_TEXT): string[] {
  const chunks: string[] = [];
  for (let rest = text; rest !== '';) {
    if (rest.length <= longest) return [...chunks, rest];
    const line = rest.lastIndexOf('\n', longest);
    let end = line > longest / 2 ? line + 1 : longest;
    // Never between the halves of one character.
    if (/[\uD800-\uDBFF]/.test(rest.charAt(end - 1))) end -= 1;
    chunks.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return chunks;
}
