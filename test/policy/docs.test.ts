import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatProblem, formatWarning, parsePolicy } from '../../src/policy/index.ts';

const ROOT = join(__dirname, '..', '..');
const PACKS = join(ROOT, 'policies', 'packs');
const packs = readdirSync(PACKS).map((path) => ({ path, text: readFileSync(join(PACKS, path), 'utf8') }));
const page = readFileSync(join(ROOT, 'docs', 'policies.md'), 'utf8');
const examples = [...page.matchAll(/```yaml\n(.*?)```/gs)].map((match) => match[1] ?? '');

test('the page has examples', () => expect(examples.length).toBeGreaterThanOrEqual(9));

test.each(examples)(
  'an example of docs/policies.md is a sound policy, and nothing in it is hardly meant: %#',
  (text) => {
    const parsed = parsePolicy([{ path: 'docs/policies.md', text }], packs);
    expect(parsed.ok ? parsed.warnings.map(formatWarning) : parsed.problems.map(formatProblem)).toEqual([]);
  },
);

test('the page names every pack that is shipped', () => {
  const named = packs.map(({ path }) => `\`${path.replace('.yaml', '')}\``);
  expect(named.filter((name) => !page.includes(name))).toEqual([]);
});
