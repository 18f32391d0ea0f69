import type { Json, JsonObject } from '@gatehouse/sdk/contract';
import type { ToolDefinition } from '../decide/tool-digest.ts';
import { fitDefinition } from './fit.ts';
import { SourceError } from './source-error.ts';

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;
/** Examples make a schema long and say nothing of what may be sent. */
const LEFT_OUT: ReadonlySet<string> = new Set(['example', 'examples', 'x-examples']);

/** An API as a document describes it. */
export interface ReadApi {
  title: string;
  version: string | undefined;
  tools: ToolDefinition[];
}

/**
 * The operations of a valid OpenAPI 3 document whose references are resolved: one capability each, named by its
 * `operationId` or by method and path. Throws `SourceError` where two would have one name.
 */
export function readOpenApi(document: JsonObject): ReadApi {
  const info = objectOf(document['info']);
  const base = baseUrl(document);
  const tools = Object.entries(objectOf(document['paths'])).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = objectOf(item)[method];
      return isObject(operation) ? [toTool({ path, method, item: objectOf(item), operation, base })] : [];
    }),
  );
  const names = tools.map(({ name }) => name);
  const twice = [...new Set(names.filter((name, at) => names.indexOf(name) !== at))];
  if (twice.length > 0) {
    throw new SourceError(twice.map((name) => `Two operations are named ${JSON.stringify(name)}: name each once.`));
  }
  return { title: textOf(info['title']) ?? 'api', version: textOf(info['version']), tools };
}

interface Found {
  path: string;
  method: (typeof METHODS)[number];
  item: JsonObject;
  operation: JsonObject;
  base: string;
}

function toTool({ path, method, item, operation, base }: Found): ToolDefinition {
  const said = [textOf(operation['summary']), textOf(operation['description'])].filter((text) => text !== undefined);
  const description = [...new Set(said)].join('\n\n');
  const whole = {
    name: textOf(operation['operationId']) ?? `${method.toUpperCase()} ${path}`,
    ...(description === '' ? {} : { description }),
    inputSchema: inputSchemaOf(item, operation),
    annotations: {
      method: method.toUpperCase(),
      url: `${base}${path}`,
      ...(operation['deprecated'] === true ? { deprecated: true } : {}),
    },
  };
  return fitDefinition(whole, LEFT_OUT);
}

/** Parameters by name, and the body under `body`; of two parameters with one name the later has its place in its name. */
function inputSchemaOf(item: JsonObject, operation: JsonObject): JsonObject {
  const properties: JsonObject = {};
  const required: string[] = [];
  for (const parameter of parametersOf(item, operation)) {
    const name = textOf(parameter['name']) ?? '';
    const key = Object.hasOwn(properties, name) ? `${name} (${textOf(parameter['in']) ?? ''})` : name;
    const schema = objectOf(parameter['schema'] ?? firstSchema(parameter['content']));
    const description = textOf(parameter['description']);
    properties[key] = { ...schema, ...(description === undefined ? {} : { description }) };
    if (parameter['required'] === true) required.push(key);
  }
  const body = objectOf(operation['requestBody']);
  const content = firstSchema(body['content']);
  if (content !== undefined) {
    properties['body'] = content;
    if (body['required'] === true) required.push('body');
  }
  return { type: 'object', properties, ...(required.length > 0 ? { required } : {}) };
}

/** Those of the path and of the operation; the operation's stand over those of the same name and place. */
function parametersOf(item: JsonObject, operation: JsonObject): JsonObject[] {
  const byPlace = new Map<string, JsonObject>();
  for (const parameter of [...listOf(item['parameters']), ...listOf(operation['parameters'])]) {
    byPlace.set(JSON.stringify([parameter['in'] ?? null, parameter['name'] ?? null]), parameter);
  }
  return [...byPlace.values()];
}

/** The schema of the JSON form, or of whatever other form comes first. */
function firstSchema(content: Json | undefined): Json | undefined {
  const forms = Object.entries(objectOf(content));
  const [, form] = forms.find(([media]) => /[/+]json\b/.test(media)) ?? forms[0] ?? [];
  return form === undefined ? undefined : objectOf(form)['schema'];
}

function baseUrl(document: JsonObject): string {
  const url = textOf(listOf(document['servers'])[0]?.['url']) ?? '';
  return url.replace(/\/+$/, '');
}

function listOf(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function objectOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
