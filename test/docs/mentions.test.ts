import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { FIXES } from '../../src/settings/variables.ts';
import { codeOf, PAGES, read, ROOT } from './support/pages.ts';

/** Variables that are read beside the settings. */
const READ_ELSEWHERE = ['src', 'scripts', 'docker-compose.yml', 'test/support'].map(sourcesIn).join('\n');

function sourcesIn(place: string): string {
  if (/\.\w+$/.test(place)) return read(place);
  const files = readdirSync(path.join(ROOT, place), { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => /\.(ts|mjs)$/.test(file))
    .map((file) => read(path.join(place, file)))
    .join('\n');
}

/** The subcommands that a command's help lists, by asking the command itself. */
function commandsOf(...parents: string[]): Set<string> {
  const args = [path.join(ROOT, 'dist/cli/main.js'), ...parents, '--help'];
  const help = execFileSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  const listed = help.split(/^Commands:$/m)[1] ?? '';
  return new Set([...listed.matchAll(/^ {2}([a-z][a-z-]*)/gm)].map((match) => match[1] ?? ''));
}

test('every npm script that a page names is there', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const named = PAGES.flatMap((page) =>
    codeOf(page).flatMap((code) => [...code.matchAll(/npm (?:run (?:--silent )?([\w:-]+)|(start|test)\b)/g)]),
  ).map((match) => match[1] ?? match[2] ?? '');
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

test('every command that a page names is there', () => {
  const known = commandsOf();
  expect(known.has('up')).toBe(true);
  const nested = new Map<string, Set<string>>();
  const strange: string[] = [];
  let named = 0;
  for (const page of PAGES) {
    for (const code of codeOf(page)) {
      // At the start of a line or of a code span: elsewhere it is a name, not a call.
      for (const [call, , command = '', next] of code.matchAll(
        /^(\$ )?(?:npx )?gatehouse ([a-z][a-z-]*)(?: ([a-z][a-z-]*))?/gm,
      )) {
        named += 1;
        if (!nested.has(command)) nested.set(command, known.has(command) ? commandsOf(command) : new Set());
        const children = nested.get(command) ?? new Set<string>();
        const fits = known.has(command) && (children.size === 0 || next === undefined || children.has(next));
        if (!fits) strange.push(`${page}: ${call}`);
      }
    }
  }
  expect(named).toBeGreaterThan(10);
  expect(strange).toEqual([]);
}, 120_000);

test('every variable that a page names is read somewhere', () => {
  const strange = PAGES.flatMap((page) =>
    [...read(page).matchAll(/\bGATEHOUSE_[A-Z_]*[A-Z]\b/g)]
      .map(([name]) => name)
      .filter((name) => !(name in FIXES) && !new RegExp(`\\b${name}\\b`).test(READ_ELSEWHERE))
      .map((name) => `${page}: ${name}`),
  );
  expect(strange).toEqual([]);
});

test('every setting is in the table of the settings', () => {
  const table = read('docs/deploy.md');
  expect(Object.keys(FIXES).filter((name) => !table.includes(`| \`${name}\``))).toEqual([]);
});
