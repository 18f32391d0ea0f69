import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatProblem, parsePolicy } from '../../src/policy/index.ts';

const page = readFileSync(join(__dirname, '..', '..', 'docs', 'policies.md'), 'utf8');
const examples = [...page.matchAll(/```yaml\n(.*?)```/gs)].map((match) => match[1] ?? '');

test('the page has examples', () => expect(examples.length).toBeGreaterThanOrEqual(3));

test.each(examples)('an example of docs/policies.md is a sound policy: %#', (text) => {
  const parsed = parsePolicy([{ path: 'docs/policies.md', text }]);
  expect(parsed.ok ? [] : parsed.problems.map(formatProblem)).toEqual([]);
});
