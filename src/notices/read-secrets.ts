import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** Where secrets are looked for. */
export interface SecretPlaces {
  env: NodeJS.ProcessEnv;
  /** What relative paths of files are relative to. */
  folder: string;
}

/** A secret that cannot be had, and the key that names it. Never repeats any of it. */
export interface MissingSecret {
  key: string;
  says: string;
}

type Named = string | readonly string[] | undefined;

/** Reads the secrets that `<of>Env` and `<of>File` name, in their order. */
export function readSecrets(
  of: string,
  given: Readonly<Record<string, unknown>>,
  { env, folder }: SecretPlaces,
): { secrets: string[]; missing: MissingSecret[] } {
  const secrets: string[] = [];
  const missing: MissingSecret[] = [];
  for (const variable of listOf(given[`${of}Env`] as Named)) {
    const value = env[variable]?.trim() ?? '';
    if (value === '') missing.push({ key: `${of}Env`, says: `names ${variable}, which is not set` });
    else secrets.push(value);
  }
  for (const name of listOf(given[`${of}File`] as Named)) {
    const value = textOf(resolve(folder, name));
    if (value === null) missing.push({ key: `${of}File`, says: `names ${name}, which cannot be read or is empty` });
    else secrets.push(value);
  }
  return { secrets, missing };
}

function listOf(named: Named): readonly string[] {
  if (named === undefined) return [];
  return typeof named === 'string' ? [named] : named;
}

function textOf(path: string): string | null {
  try {
    const text = readFileSync(path, 'utf8').trim();
    return text === '' ? null : text;
  } catch {
    return null;
  }
}
