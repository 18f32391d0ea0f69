import { existsSync } from 'node:fs';
import path from 'node:path';
import { PAGES, read, ROOT } from './support/pages.ts';

const OUTSIDE = /^(https?:|mailto:)/;

function withoutCode(page: string): string {
  return read(page)
    .replace(/^```[\s\S]*?^```$/gm, '')
    .replace(/`[^`\n]*`/g, 'code');
}

/** The anchors that a page has, as GitHub makes them from its headings. */
function anchorsOf(page: string): string[] {
  const prose = read(page).replace(/^```[\s\S]*?^```$/gm, '');
  return [...prose.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-'),
  );
}

test.each(PAGES)('every link of %s leads somewhere', (page) => {
  const targets = [...withoutCode(page).matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '');
  const broken = targets
    .filter((target) => !OUTSIDE.test(target))
    .filter((target) => {
      const [file = '', anchor] = target.split('#');
      const found = file === '' ? page : path.join(path.dirname(page), file);
      if (!existsSync(path.join(ROOT, found))) return true;
      return anchor !== undefined && !anchorsOf(found).includes(anchor);
    });
  expect(broken).toEqual([]);
});

test('every page of docs is reached from README', () => {
  const readme = read('README.md');
  const unreached = PAGES.filter((page) => page.startsWith('docs/') && !readme.includes(`](${page}`));
  expect(unreached).toEqual([]);
});
