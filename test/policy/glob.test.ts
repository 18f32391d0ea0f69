import { nameForms } from '../../src/classify/index.ts';
import { compilePatterns } from '../../src/policy/glob.ts';

test.each([
  ['delete_records', 'delete_records', true],
  ['delete_records', 'deleteRecords', true],
  ['delete_records', 'Delete-Records', true],
  ['delete_*', 'deleteRecords', true],
  ['delete_*', 'deleted', false],
  ['s3:Delete*', 's3:DeleteObject', true],
  ['*_database', 'production_database', true],
  ['*a*b*', 'xxaxxbxx', true],
  ['*a*b*', 'xxbxxaxx', false],
  ['ab*ba', 'aba', false],
  ['*', 'anything', true],
  ['a.c', 'abc', false],
])('%s on %s: %s', (pattern, name, expected) => {
  expect(compilePatterns([pattern])(nameForms(name))).toBe(expected);
});
