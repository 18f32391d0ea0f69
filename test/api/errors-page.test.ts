import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROBLEMS } from '@gatehouse/sdk/contract';
import { ADVICE, errorsPage } from '../../src/api/problem-advice.ts';

const PAGE = join(__dirname, '../../docs/errors.md');

describe('the page of errors', () => {
  it('is what the table of problems says', () => {
    if (process.env['UPDATE_DOCS']) writeFileSync(PAGE, errorsPage());
    expect(readFileSync(PAGE, 'utf8')).toBe(errorsPage());
  });

  it('tells what to do about every problem', () => {
    expect(Object.keys(ADVICE).sort()).toEqual(Object.keys(PROBLEMS).sort());
  });
});
