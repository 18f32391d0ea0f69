/** Where in SQL text a position stands. */
type Place = 'plain' | 'a string literal' | 'a quoted identifier' | 'a line comment' | 'a comment';

/** What the scan of a template's own text found. */
export interface Scan {
  /** What is wrong with the text, in words, or null. */
  problem: string | null;
  /** A placeholder that SQLite would take as its own parameter, or null. PostgreSQL reads these as operators. */
  placeholder: string | null;
}

const CLOSES: Record<Exclude<Place, 'plain'>, string> = {
  'a string literal': "'",
  'a quoted identifier': '"',
  'a line comment': '\n',
  'a comment': '*/',
};
const TOKEN = /[eE]'|'|"|--|\/\*|;|\$\d+|\$[A-Za-z_]*\$|\?|(?<!:)[:@$][A-Za-z_]\w*/g;

/**
 * Checks the text of a template between its interpolations: each interpolation must stand where a value can, so that it is
 * bound and never pasted into a literal; and there is one statement, without parameters of its own.
 */
export function scanTemplate(texts: readonly string[]): Scan {
  let place: Place = 'plain';
  let placeholder: string | null = null;
  const fail = (problem: string): Scan => ({ problem, placeholder });
  for (const [index, text] of texts.entries()) {
    let at = 0;
    while (at < text.length) {
      if (place !== 'plain') {
        const end: number = text.indexOf(CLOSES[place], at);
        if (end === -1) break;
        at = end + CLOSES[place].length;
        place = 'plain';
        continue;
      }
      TOKEN.lastIndex = at;
      const token = TOKEN.exec(text);
      if (!token) break;
      at = token.index + token[0].length;
      const word = token[0];
      if (word === "'") place = 'a string literal';
      else if (word === '"') place = 'a quoted identifier';
      else if (word === '--') place = 'a line comment';
      else if (word === '/*') place = 'a comment';
      else if (word === ';') return fail('there is a semicolon: write one statement, and return an array for several');
      else if (/^e'$/i.test(word) && !/\w/.test(text[token.index - 1] ?? '')) {
        return fail("E'…' strings are not taken: bind the value with ${…}");
      } else if (/^e'$/i.test(word)) place = 'a string literal';
      else if (/^\$\d/.test(word)) return fail(`${word} is a placeholder: bind the value with \${…}`);
      else if (/^\$\w*\$$/.test(word)) return fail('dollar-quoted strings are not taken: bind the value with ${…}');
      else placeholder ??= word;
    }
    const last = index === texts.length - 1;
    if (place !== 'plain') {
      return fail(
        last
          ? `${place} is not closed`
          : `\${…} number ${index + 1} stands in ${place}: take it out, it is bound as it is`,
      );
    }
  }
  return { problem: null, placeholder };
}
