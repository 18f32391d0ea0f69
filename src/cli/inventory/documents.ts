import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Json, JsonObject } from '@gatehouse/sdk/contract';
import { parse } from 'yaml';
import { readOpenApi } from '../../inventory/read-openapi.ts';
import { readToolList } from '../../inventory/read-tool-list.ts';
import { SourceError } from '../../inventory/source-error.ts';
import { boundedFetch, MAX_SOURCE_BYTES } from './bounded-fetch.ts';
import { maskUrl } from './mask.ts';
import type { ReadSource } from './read-source.ts';

export interface DocumentPlace {
  /** A file, relative to `cwd`, or an http(s) address. */
  place: string;
  cwd: string;
  headers: Readonly<Record<string, string>>;
  timeoutMs: number;
}

/** Reads the operations of an OpenAPI 3 document, JSON or YAML. Throws `SourceError`. */
export async function readOpenApiDocument(from: DocumentPlace): Promise<ReadSource> {
  const document = parseText(await textOf(from), from.place);
  const version = isObject(document) ? document['openapi'] : undefined;
  if (!isObject(document) || typeof version !== 'string' || !version.startsWith('3.')) {
    throw new SourceError([
      `${maskUrl(from.place)} is no OpenAPI 3 document: it must have openapi: 3.x. Convert it first.`,
    ]);
  }
  const external = externalReferences(document);
  if (external.length > 0) {
    throw new SourceError([
      `The document refers to other files (${external.slice(0, 3).join(', ')}): bundle it into one file first.`,
    ]);
  }
  // Loaded here: it brings a validator that nothing else needs.
  const { dereference, validate } = await import('@readme/openapi-parser');
  const options = { resolve: { external: false, file: false }, timeoutMs: from.timeoutMs };
  const checked = await validate(structuredClone(document) as never, options).catch((error: unknown) => {
    throw new SourceError([`The document cannot be read: ${messageOf(error)}`], { cause: error });
  });
  const resolved = await dereference(document as never, { ...options, dereference: { circular: 'ignore' } });
  const { title, version: apiVersion, tools } = readOpenApi(resolved);
  const warnings = checked.valid ? [] : warningsOf(checked.errors, checked.additionalErrors);
  return { kind: 'openapi', title, version: apiVersion, location: maskUrl(from.place), tools, warnings };
}

/** Reads a list of tools, JSON or YAML. Throws `SourceError`. */
export async function readToolListFile(from: DocumentPlace): Promise<ReadSource> {
  const tools = readToolList(parseText(await textOf(from), from.place));
  const title = from.place.replace(/^.*[\\/]/, '').replace(/\.\w+$/, '');
  return { kind: 'tools', title, version: undefined, location: maskUrl(from.place), tools, warnings: [] };
}

async function textOf({ place, cwd, headers, timeoutMs }: DocumentPlace): Promise<string> {
  try {
    if (!/^https?:\/\//i.test(place)) {
      const file = resolve(cwd, place);
      if ((await stat(file)).size > MAX_SOURCE_BYTES) throw new Error(`it has more than ${MAX_SOURCE_BYTES} bytes`);
      return await readFile(file, 'utf8');
    }
    const response = await boundedFetch()(place, { headers, signal: AbortSignal.timeout(timeoutMs) });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return await response.text();
  } catch (error) {
    throw new SourceError([`${maskUrl(place)} cannot be read: ${messageOf(error)}.`], { cause: error });
  }
}

/** Large documents in use break their own specification here and there: that is told, and they are read all the same. */
function warningsOf(errors: readonly { message: string }[], more: number): string[] {
  const shown = errors.slice(0, 3).map(({ message }) => {
    // The validator counts the lines of the document as indented JSON.
    const line = /^> *(\d+) \|/m.exec(message)?.[1];
    return `${oneLine(message)}${line === undefined ? '' : ` (line ${line} of it as indented JSON)`}`;
  });
  return [`The document breaks the OpenAPI specification in ${errors.length + more} places, such as:`, ...shown];
}

/** YAML is a superset of JSON; aliases are bounded by the parser, and JSON goes a faster way. */
function parseText(text: string, place: string): Json {
  try {
    return (/^\s*[[{]/.test(text) ? JSON.parse(text) : parse(text, { maxAliasCount: 1000 })) as Json;
  } catch (error) {
    const message = oneLine(messageOf(error));
    throw new SourceError([`${maskUrl(place)} is neither JSON nor YAML: ${message}`], { cause: error });
  }
}

/** References that would have files or addresses be read that nobody named. */
function externalReferences(document: JsonObject): string[] {
  const found = new Set<string>();
  const open: Json[] = [document];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (value === null || typeof value !== 'object') continue;
    for (const [key, field] of Object.entries(value)) {
      if (key === '$ref' && typeof field === 'string' && !field.startsWith('#')) found.add(field);
      // Examples hold data, in which $ref means nothing.
      if (key !== 'example' && key !== 'examples') open.push(field);
    }
  }
  return [...found];
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function oneLine(text: string): string {
  return (text.split('\n')[0] ?? '').slice(0, 300);
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}
