import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { classify } from '../../../src/classify/index.ts';

type Row = [name: string, operation: string, destructive: boolean];
const tables = parse(readFileSync(join(__dirname, 'names.yaml'), 'utf8')) as Record<string, Row[]>;

describe.each(Object.entries(tables))('names: %s', (_, rows) => {
  test.each(rows)('%s is %s, destructive: %s', (type, operation, destructive) => {
    expect(classify({ type, target: 'x', context: {} })).toMatchObject({ operation, destructive });
  });
});

test('a letter of another script that looks like a Latin one is not vouched for', () => {
  expect(classify({ type: 'get_\u0443ser', target: 'x', context: {} }).operation).toBe('unknown');
  expect(classify({ type: 'get_us\u200ber', target: 'x', context: {} }).operation).toBe('unknown');
});

test('what is sent cannot be undone, and goes to the outside', () => {
  const sent = classify({ type: 'send_message', target: 'x', context: { to: 'ann@example.com' } });
  expect(sent).toMatchObject({
    operation: 'write',
    external: true,
    reversible: false,
    reach: 'one',
    confidence: 'medium',
  });
  expect(classify({ type: 'get_message', target: 'x', context: {} })).toMatchObject({
    external: false,
    reversible: true,
  });
});

test('the reach and the sensitivity of a call are part of its class', () => {
  const { reach, sensitivity } = classify({ type: 'get_user', target: 'payroll', context: { ids: [1, 2] } });
  expect([reach, sensitivity]).toEqual(['many', ['personal']]);
  expect(classify({ type: 'update_all', target: 'x', context: {} }).reach).toBe('all');
});
