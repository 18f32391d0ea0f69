import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ParsedPolicy, PolicyFile } from '../policy/index.ts';
import { parsePolicy } from '../policy/index.ts';

/** The packs that Gatehouse comes with. */
const SHIPPED_PACKS = fileURLToPath(new URL('../../policies/packs', import.meta.url));

/**
 * Loads every `*.yaml` and `*.yml` of a folder: the policy, or every problem with its files or the folder. The packs that
 * it may use stand in its own folder `packs`, or come with Gatehouse; of the same name its own count. Never throws.
 */
export function loadPolicyFolder(dir: string): ParsedPolicy {
  try {
    const files = yamlFiles(dir).map(readPolicyText);
    if (files.length > 0) return parsePolicy(files, [...packsIn(ownPacks(dir)), ...packsIn(SHIPPED_PACKS)]);
    return broken(dir, 'there is no policy file here', 'add a .yaml file');
  } catch (error) {
    return broken(dir, `the policy folder cannot be read: ${textOf(error)}`, 'create it, or name another');
  }
}

/** Names, sizes, times and inodes of the policy files and packs: equal as long as nobody has touched them. Never throws. */
export function fingerprint(dir: string): string {
  try {
    const packs = existsSync(ownPacks(dir)) ? yamlFiles(ownPacks(dir)) : [];
    return [...yamlFiles(dir), ...packs]
      .map((path) => {
        const { size, mtimeNs, ino } = statSync(path, { bigint: true });
        return `${path}:${size}:${mtimeNs}:${ino}`;
      })
      .join('|');
  } catch (error) {
    return `unreadable: ${textOf(error)}`;
  }
}

function ownPacks(dir: string): string {
  return join(dir, 'packs');
}

function packsIn(dir: string): PolicyFile[] {
  return existsSync(dir) ? yamlFiles(dir).map(readPolicyText) : [];
}

function readPolicyText(path: string): PolicyFile {
  return { path, text: readFileSync(path, 'utf8') };
}

function yamlFiles(dir: string): string[] {
  // Cases for `gatehouse policy test` stand beside the policy and are no part of it.
  const names = readdirSync(dir).filter((name) => /(?<!\.test)\.ya?ml$/.test(name) && !name.startsWith('.'));
  return names.sort().map((name) => join(dir, name));
}

function broken(file: string, message: string, fix: string): ParsedPolicy {
  return { ok: false, problems: [{ file, line: 1, column: 1, message, fix }] };
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
