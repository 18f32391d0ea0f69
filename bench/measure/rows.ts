import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Reads one JSON object a line. Throws with what is expected when the folder or the file is not there. */
export function readRows<T>(dir: string, file: string, fields: readonly (keyof T & string)[]): T[] {
  const path = join(dir, file);
  const shape = `one JSON object a line with ${fields.join(', ')}`;
  if (!existsSync(dir)) throw new Error(`There is no folder ${dir}. --data names a folder with ${file}: ${shape}`);
  if (!existsSync(path)) throw new Error(`There is no ${file} in ${dir}. Expected: ${shape}`);
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line, index) =>
      line.trim() === '' ? [] : [readRow(line, `${path}:${String(index + 1)}`, fields)],
    ) as T[];
}

function readRow(line: string, place: string, fields: readonly string[]): object {
  let row: unknown;
  try {
    row = JSON.parse(line);
  } catch {
    throw new Error(`${place} is not JSON`);
  }
  if (typeof row !== 'object' || row === null) throw new Error(`${place} is not a JSON object`);
  const missing = fields.filter((field) => !(field in row));
  if (missing.length > 0) throw new Error(`${place} has no ${missing.join(', ')}`);
  return row;
}
