import { usageError } from '../cli-error.ts';
import { escapeText } from '../../foreign/escape.ts';

const WORD = /\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([^\s"']+))(?=\s|$)/y;

/** The words of a command line, with quotes around words that have spaces. Nothing else of a shell is understood. */
export function wordsOf(line: string): string[] {
  const words: string[] = [];
  const text = line.trim();
  WORD.lastIndex = 0;
  while (WORD.lastIndex < text.length) {
    const [, double, single, bare] = WORD.exec(text) ?? [];
    const word = double?.replace(/\\(["\\])/g, '$1') ?? single ?? bare;
    if (word === undefined) {
      throw usageError(
        `--mcp-stdio: ${JSON.stringify(line)} cannot be split into words. Quote whole words, or give them after --.`,
      );
    }
    words.push(word);
  }
  return words;
}

/** A foreign name as a word of a command line that a person may copy: escaped, and in quotes where it needs them. */
export function quoted(name: string): string {
  return escapeText(/^[\w.@:/-]+$/.test(name) ? name : `'${name.replaceAll("'", `'\\''`)}'`);
}
