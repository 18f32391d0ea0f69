import type { Json, JsonObject } from '@gatehouse/sdk/contract';
import { definitionSchema } from '../../src/inventory/wire.ts';
import { fitDefinition } from '../../src/inventory/fit.ts';

function nested(levels: number, leaf: Json): JsonObject {
  let inner: JsonObject = { leaf };
  for (let level = 0; level < levels; level += 1) inner = { properties: { a: inner } };
  return inner;
}

test('what fits stays as it is', () => {
  const definition = { name: 'a', description: 'b', inputSchema: nested(5, 'x'), annotations: { readOnlyHint: true } };
  expect(fitDefinition(definition)).toEqual(definition);
});

test.each<[string, JsonObject, JsonObject]>([
  ['too deep', nested(200, 'x'), nested(200, 'y')],
  ['too wide', wide('x'), wide('y')],
])('a schema that is %s is cut, and a change in what was cut is a change all the same', (_, before, after) => {
  const [old, now] = [before, after].map((inputSchema) => fitDefinition({ name: 'a', inputSchema }));
  expect(definitionSchema.safeParse(old).success).toBe(true);
  expect(JSON.stringify(old).length).toBeLessThan(70_000);
  expect(JSON.stringify(old)).toContain('sha256:');
  expect(old).not.toEqual(now);
  expect(fitDefinition({ name: 'a', inputSchema: before })).toEqual(old);
});

test('a long name and a long description are cut with the digest of the whole', () => {
  const [old, now] = ['x', 'y'].map((end) =>
    fitDefinition({ name: `${'n'.repeat(500)}${end}`, description: `${'d'.repeat(50_000)}${end}` }),
  );
  expect(old?.name).toHaveLength(200);
  expect(old?.description).toHaveLength(20_000);
  expect([old?.name, old?.description]).not.toContain(now?.name);
  expect(old?.description).not.toBe(now?.description);
});

test('what a store or a reader would stumble over is replaced, and keys that reach a prototype are left out', () => {
  const inputSchema = JSON.parse('{"__proto__":{"x":1},"constructor":2,"a\\u0000":"\\ud800"}') as JsonObject;
  const fitted = fitDefinition({ name: 'a\0b', description: '\udfff', inputSchema });
  expect(fitted).toMatchObject({ name: 'a\ufffdb', description: '\ufffd', inputSchema: { 'a\ufffd': '\ufffd' } });
  expect(Object.keys(fitted.inputSchema ?? {})).toEqual(['a\ufffd', '$comment']);
});

test('keywords may be left out, and properties of that name stay', () => {
  const inputSchema = { example: 1, properties: { example: { type: 'string', example: 'x' } } };
  expect(fitDefinition({ name: 'a', inputSchema }, new Set(['example'])).inputSchema).toEqual({
    properties: { example: { type: 'string' } },
  });
});

function wide(last: string): JsonObject {
  return Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`k${at}`, { enum: [at, last] }]));
}
