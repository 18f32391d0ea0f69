import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { read, ROOT } from './support/pages.ts';

const NOT_OURS = new Set(['node_modules', 'dist', '.git', 'coverage', '.gatehouse', 'results']);
const LARGEST = 1_000_000;

/** Written in pieces, so that this file does not hold what it looks for. */
const FOREIGN = ['work', 'root', 'Users']
  .map((folder) => `/${folder}/`)
  .concat(['farm', '-'].join(''), ['..', 'shared'].join('/'), ['', 'tmp', 'tb'].join('/'));

function files(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    if (NOT_OURS.has(entry.name)) return [];
    const name = path.join(folder, entry.name);
    if (entry.isDirectory()) return files(name);
    return entry.isFile() && statSync(path.join(ROOT, name)).size <= LARGEST ? [name] : [];
  });
}

test('nothing in the tree names a place on the machine it was written on', () => {
  const found = files('.').flatMap((file) => {
    const text = readFileSync(path.join(ROOT, file), 'utf8');
    return FOREIGN.filter((word) => text.includes(word)).map((word) => `${file}: ${word}`);
  });
  expect(found).toEqual([]);
});

test('every room of the source is in the architecture', () => {
  const page = read('docs/architecture.md');
  const rooms = readdirSync(path.join(ROOT, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(rooms.map(({ name }) => name).filter((name) => !page.includes(`| \`${name}\``))).toEqual([]);
});

test.each(['I1', 'I2', 'I3', 'I4', 'I5', 'I6'])(
  'the promise %s is in the architecture, and tests carry its name',
  (promise) => {
    expect(read('docs/architecture.md')).toMatch(new RegExp(`^\\| ${promise} +\\| \\*\\*`, 'm'));
    const tests = [...files('test'), ...files('sdk/test')].filter((file) => file.endsWith('.test.ts'));
    const named = new RegExp(`\\b(?:it|test|describe)\\w*(?:\\.\\w+\\([^\\n]*\\))?\\(\\s*['"\`]${promise} `);
    expect(tests.filter((file) => named.test(read(file)))).not.toEqual([]);
  },
);
