import { differencesOf } from '../../src/inventory/differences.ts';

const TOOL = {
  name: 'get_weather',
  description: 'Get the weather.',
  inputSchema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
};

test('the same has no differences', () => {
  expect(differencesOf(TOOL, structuredClone(TOOL))).toEqual([]);
});

test('each part that differs is named, with what it was and what it is', () => {
  const after = {
    ...TOOL,
    description: 'Get the weather and more.',
    inputSchema: {
      type: 'object',
      properties: { city: { type: 'number' }, 'all the rest': { anyOf: [{ type: 'string' }] } },
      required: ['city', 'all the rest'],
    },
    annotations: { readOnlyHint: true },
  };
  expect(differencesOf(TOOL, after)).toEqual([
    { part: 'description', before: TOOL.description, after: after.description },
    { part: 'inputSchema.properties.city.type', before: '"string"', after: '"number"' },
    { part: 'inputSchema.required', before: '["city"]', after: '["city","all the rest"]' },
    { part: 'inputSchema.properties["all the rest"].anyOf[0].type', before: null, after: '"string"' },
    { part: 'annotations.readOnlyHint', before: null, after: 'true' },
  ]);
});

test('of very many differences the first are shown, and the rest are counted', () => {
  const many = Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`k${at}`, at]));
  const differences = differencesOf({ name: 'a' }, { name: 'a', annotations: many });
  expect(differences).toHaveLength(201);
  expect(differences.at(-1)).toEqual({ part: '…', before: null, after: '800 more differences' });
});
