import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ParsedPolicy } from '../policy/index.ts';
import { parsePolicy } from '../policy/index.ts';

/** Loads every `*.yaml` and `*.yml` of a folder: the policy, or every problem with its files or the folder. Never throws. */
export function loadPolicyFolder(dir: string): ParsedPolicy {
  try {
    const files = policyFiles(dir).map((path) => ({ path, text: readFileSync(path, 'utf8') }));
    if (files.length > 0) return parsePolicy(files);
    return broken(dir, 'there is no policy file here', 'add a .yaml file');
  } catch (error) {
    return broken(dir, `the policy folder cannot be read: ${textOf(error)}`, 'create it, or name another');
  }
}

/** Names, sizes, times and inodes of the policy files: equal as long as nobody has touched them. Never throws. */
export function fingerprint(dir: string): string {
  try {
    return policyFiles(dir)
      .map((path) => {
        const { size, mtimeNs, ino } = statSync(path, { bigint: true });
        return `${path}:${size}:${mtimeNs}:${ino}`;
      })
      .join('|');
  } catch (error) {
    return `unreadable: ${textOf(error)}`;
  }
}

function policyFiles(dir: string): string[] {
  const names = readdirSync(dir).filter((name) => /\.ya?ml$/.test(name) && !name.startsWith('.'));
  return names.sort().map((name) => join(dir, name));
}

function broken(file: string, message: string, fix: string): ParsedPolicy {
  return { ok: false, problems: [{ file, line: 1, column: 1, message, fix }] };
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
