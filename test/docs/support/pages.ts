import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const ROOT = path.resolve(__dirname, '../../..');

/** Every page of documentation, relative to the root. */
export const PAGES: readonly string[] = [
  'README.md',
  'AGENTS.md',
  'CHANGELOG.md',
  'sdk/README.md',
  ...readdirSync(path.join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** The text of a file of the tree. */
export function read(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}

export interface CodeBlock {
  page: string;
  /** The line of its opening fence, from 1. */
  line: number;
  language: string;
  text: string;
}

/** The fenced blocks of a page, in order. */
export function codeBlocks(page: string): CodeBlock[] {
  const text = read(page);
  return [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map((match) => ({
    page,
    line: text.slice(0, match.index).split('\n').length,
    language: match[1] ?? '',
    text: match[2] ?? '',
  }));
}

/** Everything on a page that is code: its blocks, and what stands between backticks. */
export function codeOf(page: string): string[] {
  const prose = read(page).replace(/^```\w*\n[\s\S]*?^```$/gm, '');
  return [
    ...codeBlocks(page).map(({ text }) => text),
    ...[...prose.matchAll(/`([^`\n]+)`/g)].map((match) => match[1] ?? ''),
  ];
}
