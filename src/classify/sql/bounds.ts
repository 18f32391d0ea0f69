/** Beyond these a text is not parsed: time grows with its tokens, and a parser that runs out of stack stays broken. */
const MAX_LENGTH = 50_000;
const MAX_TOKENS = 6000;
/** Both parsers go down one level for one operator of a chain; they were measured to stand 600. */
const MAX_DEPTH = 400;

/** Words that make an expression, a join or a set of queries one level deeper. */
const DEEPER = new Set(
  `and or not is isnull notnull like ilike rlike regexp glob match similar in between case when then else collate at div mod xor
  escape member overlaps operator union intersect except minus join select all any some exists array interval prior binary`.split(
    /\s+/,
  ),
);
const WORD = /[\p{L}\p{N}_$]/u;
const OPENING = '([{';
const CLOSING = ')]}';
const PARTING = ',;';
/** Neither whitespace nor these make anything deeper. */
const FLAT = new Set(`'"\`.\\`);

/**
 * Why a text is not given to a parser, or undefined when it may be. Looks at quotes and comments as at everything else:
 * dialects differ on where they end, and what one of them takes for a text, another takes for a thousand brackets.
 */
export function beyondBounds(text: string): string | undefined {
  if (text.length > MAX_LENGTH) return 'it is too long to be read';
  if (text.includes('\0')) return 'it holds a NUL character, at which some parsers stop';
  let tokens = 0;
  let depth = 0;
  let word = '';
  const levels: number[] = [];
  let chain = 0;
  const deepen = (): boolean => {
    chain += 1;
    depth += 1;
    return depth > MAX_DEPTH;
  };
  for (const character of `${text} `) {
    if (WORD.test(character)) {
      word += character;
      continue;
    }
    if (word !== '') {
      tokens += 1;
      if (DEEPER.has(word.toLowerCase()) && deepen()) return TOO_DEEP;
      word = '';
    }
    if (/\s/.test(character)) continue;
    if (++tokens > MAX_TOKENS) return 'it has too many words to be read';
    if (OPENING.includes(character)) {
      if (deepen()) return TOO_DEEP;
      levels.push(chain);
      chain = 0;
    } else if (CLOSING.includes(character)) {
      depth -= chain;
      chain = levels.pop() ?? 0;
    } else if (PARTING.includes(character)) {
      depth -= chain;
      chain = 0;
    } else if (!FLAT.has(character) && deepen()) return TOO_DEEP;
  }
  return tokens > MAX_TOKENS ? 'it has too many words to be read' : undefined;
}

const TOO_DEEP = 'it is nested too deeply to be read';

/**
 * The second parser tries each bracket, each INTERVAL and each dot of a name in several ways: its time doubles with each of
 * them, and is about 10 ms at eight.
 */
const MAX_NESTED = 8;
const MAX_TRIED = 20_000;
const COMMENTS = /\/\*[\s\S]*?\*\/|(?:--|#)[^\n]*/g;
/** A name of more than seven parts. */
const DOTS = /(?:\.\s*(?:"[^"]*"|`[^`]*`|\[[^\]]*\]|[^\s.,;()'"`[\]]+)?\s*){7}/;
/** Fewer than so many are as a rule not in each other. */
const FEW_INTERVALS = 3;

/**
 * How many dialects of the second parser a text may be tried in, by how deep it goes and how long it is; 0 when it would
 * take too long even in one.
 */
export function affordableDialects(text: string): number {
  const plain = text.replace(COMMENTS, ' ');
  if (DOTS.test(plain)) return 0;
  const intervals = text.match(/interval/gi)?.length ?? 0;
  const depth = nestingOf(text) + (intervals > FEW_INTERVALS ? intervals : 0);
  if (depth > MAX_NESTED) return 0;
  return Math.max(1, Math.min(2 ** (MAX_NESTED - depth), Math.floor(MAX_TRIED / Math.max(1, text.length))));
}

function nestingOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const character of text) {
    if (OPENING.includes(character)) deepest = Math.max(deepest, (depth += 1));
    else if (CLOSING.includes(character)) depth = Math.max(0, depth - 1);
  }
  return deepest;
}
