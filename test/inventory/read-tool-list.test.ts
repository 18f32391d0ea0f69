import type { Json } from '@gatehouse/sdk/contract';
import { readToolList } from '../../src/inventory/read-tool-list.ts';
import { SourceError } from '../../src/inventory/source-error.ts';

const SCHEMA = { type: 'object', properties: { city: { type: 'string' } } };
const TOOL = { name: 'get_weather', description: 'Get the weather.', inputSchema: SCHEMA };
const text = { name: 'get_weather', description: 'Get the weather.' };

function problemsOf(list: Json): string {
  try {
    readToolList(list);
  } catch (error) {
    if (error instanceof SourceError) return error.message;
    throw error;
  }
  return 'none';
}

test.each<[framework: string, list: Json]>([
  ['OpenAI (chat completions)', [{ type: 'function', function: { ...text, parameters: SCHEMA, strict: true } }]],
  ['OpenAI (responses)', [{ type: 'function', ...text, parameters: SCHEMA, strict: true }]],
  ['a request to OpenAI', { model: 'some', tools: [{ type: 'function', function: { ...text, parameters: SCHEMA } }] }],
  ['Anthropic', [{ ...text, input_schema: SCHEMA }]],
  ['LangChain, as JSON Schema', [{ ...text, schema: SCHEMA }]],
  ['LangChain in Python', [{ ...text, args_schema: SCHEMA }]],
  ['the AI SDK, by name', { get_weather: { description: text.description, inputSchema: { jsonSchema: SCHEMA } } }],
  ['the AI SDK of before', { get_weather: { description: text.description, parameters: SCHEMA } }],
  ['MCP', { tools: [TOOL] }],
  ['MCP on the wire', { jsonrpc: '2.0', id: 1, result: { tools: [TOOL] } }],
  ['one tool alone', { ...text, input_schema: SCHEMA }],
])('a tool as %s writes it is read', (_, list) => {
  expect(readToolList(list)).toEqual([TOOL]);
});

test('arguments by name, tools without arguments and hints are kept', () => {
  const args = { city: { type: 'string' } };
  expect(readToolList([{ ...text, args }, { type: 'web_search' }])).toEqual([TOOL, { name: 'web_search' }]);
  const annotations = { readOnlyHint: true };
  expect(readToolList([{ ...TOOL, annotations }])).toEqual([{ ...TOOL, annotations }]);
});

test('every entry that is wrong is named, with its place and the fix', () => {
  const problems = problemsOf([
    TOOL,
    3,
    { nope: 1 },
    { ...text, inputSchema: 4 },
    { name: 'a', description: 5 },
    { ...text, inputSchema: { _def: {} } },
    { input_schema: {} },
    TOOL,
  ]);
  expect(problems).toContain('Entry 1: it is no object');
  expect(problems).toContain('Entry 2: it has the shape of no known tool');
  expect(problems).toContain('Entry 3: the schema of "get_weather" is no object');
  expect(problems).toContain('Entry 4: the description of "a" is no text');
  expect(problems).toContain('convert it with z.toJSONSchema before');
  expect(problems).toContain('Entry 6: it has no name');
  expect(problems).toContain('Entry 7: the name "get_weather" is taken by Entry 0');
});

test('an empty list and a flood of mistakes are told shortly', () => {
  expect(problemsOf([])).toContain('There is no tool in it');
  const flood = problemsOf(Array.from({ length: 500 }, () => 1));
  expect(flood).toContain('480 more entries are wrong');
  expect(flood.split('\n')).toHaveLength(21);
});
