import type { Json, JsonObject } from '@gatehouse/sdk/contract';

/** How frameworks write a tool down: how one is told by its fields, and where its parts are. The first that fits counts. */
export interface ToolShape {
  framework: string;
  fits(entry: JsonObject): boolean;
  partsOf(entry: JsonObject): { name: Json | undefined; description: Json | undefined; schema: Json | undefined };
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const TOOL_SHAPES: readonly ToolShape[] = [
  {
    framework: 'OpenAI (chat completions)',
    fits: ({ function: inner }) => isObject(inner),
    partsOf: ({ function: inner }) => {
      const { name, description, parameters } = isObject(inner) ? inner : {};
      return { name, description, schema: parameters };
    },
  },
  {
    framework: 'Anthropic',
    fits: (entry) => 'input_schema' in entry,
    partsOf: (entry) => ({ name: entry['name'], description: entry['description'], schema: entry['input_schema'] }),
  },
  {
    framework: 'MCP or AI SDK',
    fits: (entry) => 'inputSchema' in entry,
    partsOf: ({ name, description, inputSchema }) => ({ name, description, schema: inputSchema }),
  },
  {
    framework: 'LangChain',
    fits: (entry) => 'args_schema' in entry || 'schema' in entry,
    partsOf: (entry) => ({
      name: entry['name'],
      description: entry['description'],
      schema: entry['args_schema'] ?? entry['schema'],
    }),
  },
  {
    framework: 'OpenAI (responses) or AI SDK',
    fits: (entry) => 'parameters' in entry,
    partsOf: ({ name, description, parameters }) => ({ name, description, schema: parameters }),
  },
  {
    framework: 'LangChain (arguments by name)',
    fits: ({ args }) => isObject(args),
    partsOf: ({ name, description, args }) => ({
      name,
      description,
      schema: { type: 'object', properties: isObject(args) ? args : {} },
    }),
  },
  {
    // Tools that the provider runs, such as { "type": "web_search" }, have a type and at most a name.
    framework: 'a tool without arguments',
    fits: ({ name, type }) => typeof name === 'string' || (typeof type === 'string' && type !== 'function'),
    partsOf: (entry) => ({
      name: entry['name'] ?? entry['type'],
      description: entry['description'],
      schema: undefined,
    }),
  },
];
