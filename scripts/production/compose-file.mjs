import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';

const COMPOSE_FILE = new URL('../../docker-compose.yml', import.meta.url);

/** What docker-compose.yml says, with its anchors and merge keys resolved and its variables still in place. */
export async function readComposeFile() {
  return parse(await readFile(COMPOSE_FILE, 'utf8'), { merge: true });
}

/**
 * Puts values in place of `${NAME}`, `${NAME:-default}` and `${NAME:?message}`, in all strings of a part of the file.
 * @param {unknown} part
 * @param {Record<string, string>} values
 */
export function interpolate(part, values) {
  if (typeof part === 'string') {
    return part.replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name, kind, rest) => {
      const value = values[name];
      if (value !== undefined && value !== '') return value;
      if (kind === '?') throw new Error(`required variable ${name} is missing a value: ${rest}`);
      return rest ?? '';
    });
  }
  if (Array.isArray(part)) return part.map((one) => interpolate(one, values));
  if (part === null || typeof part !== 'object') return part;
  return Object.fromEntries(Object.entries(part).map(([name, one]) => [name, interpolate(one, values)]));
}
