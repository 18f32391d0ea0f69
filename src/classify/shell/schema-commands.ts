import type { Json, JsonObject } from '@gatehouse/sdk/contract';
import { toSnake } from '../tokens.ts';

/** How descriptions of arguments say that they take a command line. */
const SAYS =
  /\b((shell|bash|terminal|console|unix|linux|command[- ]line|cli|system|os)\s+(command|script|commands|scripts)|commands?( line)? to (run|execute|be (run|executed))|(bash|shell) (code|snippet|one-liner))\b/i;
const MAX_ARGUMENTS = 500;
const MAX_DESCRIPTION = 1000;

/** The arguments, in snake case, that a tool's own schema describes as commands for a shell. */
export function schemaCommands(schema: JsonObject | undefined): ReadonlySet<string> {
  const properties = Object.entries(objectOf(schema?.['properties'])).slice(0, MAX_ARGUMENTS);
  const names = properties.filter(([, property]) => {
    const { description } = objectOf(property);
    return typeof description === 'string' && SAYS.test(description.slice(0, MAX_DESCRIPTION));
  });
  return new Set(names.map(([name]) => toSnake(name.slice(0, 100))));
}

function objectOf(value: Json | undefined): JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {};
}
