import type { Json, JsonObject } from '@gatehouse/sdk/contract';
import type { ToolDefinition } from '../decide/tool-digest.ts';
import { fitDefinition } from './fit.ts';
import { SourceError } from './source-error.ts';
import { TOOL_SHAPES } from './tool-shapes.ts';

const MAX_PROBLEMS = 20;
const SHAPES = 'send the tools as OpenAI, Anthropic, LangChain, the AI SDK or MCP (tools/list) write them';

/**
 * The tools of a list in any of the shapes of `TOOL_SHAPES`, alone, in an array, under `tools`, as the result of
 * `tools/list`, or as an object with the names as keys. Throws `SourceError` with every entry that is wrong.
 */
export function readToolList(list: Json): ToolDefinition[] {
  const problems: string[] = [];
  const tools: ToolDefinition[] = [];
  const places = new Map<string, string>();
  for (const { place, entry, key } of entriesOf(list)) {
    const read = readEntry(entry, key);
    if (typeof read === 'string') {
      problems.push(`${place}: ${read}.`);
      continue;
    }
    const tool = fitDefinition(read);
    const other = places.get(tool.name);
    if (other === undefined) tools.push(tool);
    else problems.push(`${place}: the name ${JSON.stringify(tool.name)} is taken by ${other}: name each tool once.`);
    places.set(tool.name, place);
  }
  if (problems.length === 0 && tools.length === 0) problems.push(`There is no tool in it: ${SHAPES}.`);
  if (problems.length > MAX_PROBLEMS) {
    problems.splice(MAX_PROBLEMS, Infinity, `… and ${problems.length - MAX_PROBLEMS} more entries are wrong.`);
  }
  if (problems.length > 0) throw new SourceError(problems);
  return tools;
}

interface Entry {
  place: string;
  entry: Json;
  /** The name, where the entry stands under it. */
  key?: string;
}

function entriesOf(list: Json): Entry[] {
  if (Array.isArray(list)) return list.map((entry, at) => ({ place: `Entry ${at}`, entry }));
  if (!isObject(list)) return [{ place: 'The list', entry: list }];
  const inner = isObject(list['result']) ? list['result']['tools'] : (list['tools'] ?? list['functions']);
  if (Array.isArray(inner) || isObject(inner)) return entriesOf(inner);
  if (TOOL_SHAPES.some((shape) => shape.fits(list))) return [{ place: 'The tool', entry: list }];
  return Object.entries(list).map(([key, entry]) => ({ place: `Entry ${JSON.stringify(key)}`, entry, key }));
}

/** The tool, or what is wrong with the entry and how to mend it. */
function readEntry(entry: Json, key: string | undefined): ToolDefinition | string {
  if (!isObject(entry)) return `it is no object: ${SHAPES}`;
  const shape = TOOL_SHAPES.find((each) => each.fits(entry));
  // Under a name of its own an entry needs nothing else.
  const parts = shape?.partsOf(entry) ?? (key === undefined ? undefined : entry);
  if (parts === undefined) return `it has the shape of no known tool: ${SHAPES}`;
  const { description } = parts;
  const name = key ?? parts['name'];
  if (typeof name !== 'string' || name === '') return 'it has no name: give it one, as a text';
  if (description !== undefined && description !== null && typeof description !== 'string') {
    return `the description of ${JSON.stringify(name)} is no text: make it one, or leave it out`;
  }
  const schema = schemaOf(shape === undefined ? undefined : parts['schema']);
  if (typeof schema === 'string') return `the schema of ${JSON.stringify(name)} ${schema}`;
  const annotations = entry['annotations'];
  return {
    name,
    ...(typeof description === 'string' ? { description } : {}),
    ...(schema === undefined ? {} : { inputSchema: schema }),
    ...(isObject(annotations) ? { annotations } : {}),
  };
}

function schemaOf(schema: Json | undefined): JsonObject | string | undefined {
  if (schema === undefined || schema === null) return undefined;
  if (!isObject(schema)) return 'is no object: send it as JSON Schema';
  // The AI SDK's own wrapper around JSON Schema.
  if (isObject(schema['jsonSchema'])) return schema['jsonSchema'];
  if ('_def' in schema || '_zod' in schema || 'def' in schema) {
    return 'is a zod schema that was written as JSON: convert it with z.toJSONSchema before';
  }
  return schema;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
