import type { Language, Parser, Tree } from '@vscode/tree-sitter-wasm';
import { outOfBounds } from './bounds.ts';

/** The parts of the package that are used. */
interface Package {
  Parser: { new (): Parser; init(): Promise<void> };
  Language: { load(path: string): Promise<Language> };
}

const PACKAGE = '@vscode/tree-sitter-wasm';
/** A broken text of this length is given up as soon as the parser meets its first error: recovering can take seconds. */
const PATIENT_LENGTH = 1000;

/** To read one node takes about ten microseconds; what a here-document holds is one. */
const MAX_NODES = 2000;

let parser: Parser | undefined;
let loading: Promise<void> | undefined;

export function isGrammarReady(): boolean {
  return parser !== undefined;
}

/** Loads the parser and the grammar of bash (some 35 ms), once. A failure leaves every script unread. */
export function loadGrammar(): Promise<void> {
  loading ??= load().catch(() => undefined);
  return loading;
}

async function load(): Promise<void> {
  // This room is pure but for this: the grammar is a file of the package, read once. Nothing is read to judge a script.
  const { createRequire } = await import('node:module');
  const require = createRequire(import.meta.url);
  const { Parser: ParserClass, Language: LanguageClass } = require(PACKAGE) as Package;
  await ParserClass.init();
  const language = await LanguageClass.load(require.resolve(`${PACKAGE}/wasm/tree-sitter-bash.wasm`));
  const made = new ParserClass();
  made.setLanguage(language);
  parser = made;
}

export type Parsed = { tree: Tree; text: string } | { refused: string };

/** Parses a script, or says why not. The caller deletes the tree. Bounded in time for any text. */
export function parse(text: string): Parsed {
  const reason = outOfBounds(text);
  if (reason !== undefined) return { refused: reason };
  if (parser === undefined) return { refused: 'the parser is not loaded' };
  for (const candidate of [text, ...repaired(text)]) {
    const tree = attempt(parser, candidate);
    const isSound = tree?.rootNode.hasError === false;
    const isShort = tree !== null && tree.rootNode.descendantCount <= MAX_NODES;
    if (isSound && isShort) return { tree, text: candidate };
    tree?.delete();
    if (isSound) return { refused: 'it has too many parts' };
  }
  return { refused: 'it is not a script that can be parsed' };
}

function attempt(with_: Parser, text: string): Tree | null {
  const impatient = text.length > PATIENT_LENGTH;
  try {
    return with_.parse(text, null, { progressCallback: (state) => impatient && state.hasError });
  } catch {
    return null;
  } finally {
    with_.reset();
  }
}

const DUPLICATION = /\d*[<>]&(\d+-?|-)(?=\s|$)|\d+>\s*\/dev\/null\b/g;
const REDIRECT_BEFORE_TEXT = /(\s+\d*>{1,2}\s*[^\s<>|&;]+)(\s*<<<\s*(?:"[^"]*"|'[^']*'|[^\s;|&<>]+))/g;

/**
 * Legal bash that the grammar does not know, in the same length as what it knows: `2>&1 <<<text` without its duplication,
 * `>file <<<text` the other way round, `3<>file` as a write.
 */
function repaired(text: string): string[] {
  if (text.length > PATIENT_LENGTH) return [];
  const blank = (found: string): string => ' '.repeat(found.length);
  const repairs: ((from: string) => string)[] = [
    (from) => from.replace(DUPLICATION, blank),
    (from) => from.replace(/(\d*)<>/g, '$1> '),
    (from) => from.replace(REDIRECT_BEFORE_TEXT, '$2$1'),
  ];
  const alone = repairs.map((repair) => repair(text));
  const together = repairs.reduce((from, repair) => repair(from), text);
  return [...alone, together].filter((candidate) => candidate !== text);
}
