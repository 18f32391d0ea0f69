/** Longer scripts are not read: the parser takes about a millisecond for each 800 characters. */
const MAX_LENGTH = 16_384;
const MAX_NESTING = 40;

/**
 * The parser's time grows with the square of some things when they come in hundreds, and its tree is walked recursively:
 * these are counted before it sees the text.
 */
const MOST: readonly { what: RegExp; times: number; says: string }[] = [
  { what: /\|/g, times: 200, says: 'pipes' },
  { what: /<</g, times: 40, says: 'here-documents' },
  { what: /=\(/g, times: 40, says: 'lists' },
  { what: /[<>]/g, times: 300, says: 'redirects' },
  { what: /[<>]{4}/g, times: 0, says: 'redirect signs in a row' },
  { what: /&&/g, times: 400, says: 'commands' },
  { what: /\$\{/g, times: 400, says: 'expansions' },
  { what: /;/g, times: 800, says: 'commands' },
  { what: /\\/g, times: 2000, says: 'backslashes' },
  { what: /\|{3}/g, times: 0, says: 'pipes in a row' },
];

/** Why a text is not given to the parser, or undefined. Linear in its length. */
export function outOfBounds(text: string): string | undefined {
  if (text.length > MAX_LENGTH) return `it is longer than ${String(MAX_LENGTH)} characters`;
  if (text.includes('\0')) return 'it has a NUL character';
  if (deepest(text) > MAX_NESTING) return `it is nested more than ${String(MAX_NESTING)} deep`;
  const many = MOST.find(({ what, times }) => (text.match(what) ?? []).length > times);
  return many === undefined ? undefined : `it has too many ${many.says}`;
}

/** How deep brackets nest, quotes ignored: more than there can be, never less. Back-ticks and keywords count as they come. */
function deepest(text: string): number {
  let depth = 0;
  let most = 0;
  let unopened = 0;
  for (const character of text) {
    if ('({['.includes(character)) most = Math.max(most, ++depth);
    else if (!')}]'.includes(character)) continue;
    else if (depth > 0) depth--;
    else unopened++;
  }
  const ticks = (text.match(/`/g) ?? []).length / 4;
  const keywords = (text.match(/\b(if|for|while|until|case|select)\b/g) ?? []).length;
  const closed = (text.match(/\b(fi|done|esac)\b/g) ?? []).length;
  return Math.max(most, unopened, ticks, keywords - closed);
}
