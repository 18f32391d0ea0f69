import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '@gatehouse/sdk/contract';
import { parse } from 'yaml';
import { maskArguments } from '../../../src/audit/arguments/mask.ts';
import { sensitiveNames } from '../../../src/audit/arguments/sensitive-names.ts';
import { readyForTexts } from '../../../src/classify/index.ts';

type Row = [what: string, given: JsonObject, left: JsonObject];
const cases = parse(readFileSync(join(__dirname, 'mask-cases.yaml'), 'utf8')) as Row[];

describe('masked arguments', () => {
  const isSensitive = sensitiveNames(['customer_note']);
  beforeAll(readyForTexts);

  test.each(cases)('%s', (_what, given, left) => {
    expect(maskArguments(given, isSensitive)).toEqual(left);
  });

  test('masking again changes nothing', () => {
    for (const [, , left] of cases) expect(maskArguments(left, isSensitive)).toEqual(left);
  });

  test('nothing of a text is kept that is longer than what is looked through', () => {
    const { text } = maskArguments({ text: 'a word '.repeat(20_000) }, isSensitive);
    expect(text).toBe('[redacted: not looked through]');
  });

  test('a text that is made to be slow to look through is masked like any other', () => {
    const hostile = [
      'a'.repeat(90_000),
      '-'.repeat(90_000),
      'a@'.repeat(45_000),
      'a="'.repeat(30_000),
      '1-'.repeat(45_000),
    ];
    for (const text of hostile) {
      const masked = maskArguments({ text: `${text} ada@example.com` }, isSensitive);
      expect(JSON.stringify(masked)).not.toContain('ada@example.com');
    }
  });
});
