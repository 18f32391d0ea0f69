import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { referencePage } from './support/reference-page.ts';

const PAGE = join(__dirname, '../../docs/policy-reference.md');

test('the reference of the language is what its schemas say', () => {
  if (process.env['UPDATE_DOCS']) writeFileSync(PAGE, referencePage());
  expect(readFileSync(PAGE, 'utf8')).toBe(referencePage());
});

test('every key of the language says what it means', () => {
  const rows = referencePage()
    .split('\n')
    .filter((line) => line.startsWith('| `'));
  expect(rows.length).toBeGreaterThan(90);
  expect(rows.filter((row) => / \| (\*\*Required\.\*\*)? *\|$/.test(row))).toEqual([]);
});
