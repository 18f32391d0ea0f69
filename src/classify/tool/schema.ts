import type { Json, JsonObject } from '@gatehouse/sdk/contract';
import { toSnake } from '../tokens.ts';

/** What the arguments of a tool say, by their names and the values that they take. */
export interface SchemaReading {
  names: readonly string[];
  /** A sign of writing, e.g. `dry_run`. */
  writes: string | undefined;
  /** The argument that chooses what is done, with the values that it takes. */
  chooser: { name: string; values: readonly string[] } | undefined;
}

const MAX_ARGUMENTS = 500;
const MAX_VALUES = 100;
const WRITING = new Set(
  `dry_run dryrun overwrite force confirm confirmed confirmation commit_message if_match new_name new_value new_title
   new_content updates update_mask patch upsert replace_existing delete_after idempotency_key`.split(/\s+/),
);
const CHOOSERS = new Set('action operation op method command_type mutation verb task'.split(' '));

/** Reads the JSON Schema of a tool's arguments. Looks at its first 500 properties, and no deeper. */
export function readSchema(schema: JsonObject | undefined): SchemaReading {
  const properties = Object.entries(objectOf(schema?.['properties'])).slice(0, MAX_ARGUMENTS);
  const names = properties.map(([name]) => toSnake(name.slice(0, 100)));
  const writes = names.find((name) => WRITING.has(name));
  const index = names.findIndex((name) => CHOOSERS.has(name));
  const chooser =
    index < 0 ? undefined : { name: properties[index]?.[0] ?? '', values: valuesOf(properties[index]?.[1]) };
  return { names, writes, chooser };
}

function valuesOf(property: Json | undefined): string[] {
  const { enum: listed, const: only } = objectOf(property);
  const values = Array.isArray(listed) ? listed : [only];
  return values.slice(0, MAX_VALUES).filter((value): value is string => typeof value === 'string');
}

function objectOf(value: Json | undefined): JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {};
}
