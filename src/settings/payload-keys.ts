import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';

/** A key of 256 bits for AES-GCM, and the name under which what it encrypted says so. */
export interface PayloadKey {
  id: string;
  secret: Buffer;
}

/** With which keys everything is encrypted that Temporal gets to keep. */
export interface PayloadSettings {
  /** The first one encrypts; all of them decrypt. */
  keys: readonly [PayloadKey, ...PayloadKey[]];
  /** What becomes of what is not encrypted: accepted while one changes over, refused otherwise. */
  plain: 'accept' | 'refuse';
}

export const KEY_BYTES = 32;
const KEY_LINE = /^([\w.-]{1,64})\s+([A-Za-z0-9_-]{43})$/;

export const payloadVariables = {
  GATEHOUSE_PAYLOAD_KEYS: z
    .string()
    .superRefine((path, context) => {
      const read = parseFile(path);
      if (typeof read === 'string') context.addIssue({ code: 'custom', message: read });
    })
    .optional(),
  GATEHOUSE_PAYLOAD_PLAIN: z
    .enum(['accept', 'refuse'], { error: (issue) => `${JSON.stringify(issue.input)} is not one of accept, refuse` })
    .default('refuse'),
};

export const PAYLOAD_FIXES = {
  GATEHOUSE_PAYLOAD_KEYS: 'Make the file with: gatehouse payload-keys new --file payload-keys.txt; then give its path',
  GATEHOUSE_PAYLOAD_PLAIN:
    'Set it to refuse, or to accept while actions are open that began before payloads were encrypted',
};

/** The keys that the variables name, or undefined where payloads are not encrypted. */
export function payloadSettings(
  path: string | undefined,
  plain: 'accept' | 'refuse',
  cwd: string,
): PayloadSettings | undefined {
  if (path === undefined) return undefined;
  const keys = parseFile(resolve(cwd, path));
  if (typeof keys === 'string')
    throw new Error(`GATEHOUSE_PAYLOAD_KEYS: ${keys}. ${PAYLOAD_FIXES.GATEHOUSE_PAYLOAD_KEYS}`);
  return { keys, plain };
}

/**
 * Reads a file of keys: one a line, its id and 32 bytes as base64url with white space between; lines that begin with #
 * are comments. Returns what is wrong as text, which never repeats key material.
 */
export function parsePayloadKeys(text: string): PayloadSettings['keys'] | string {
  const keys: PayloadKey[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    const [, id, secret] = KEY_LINE.exec(trimmed) ?? [];
    const where = `line ${String(index + 1)}`;
    if (id === undefined || secret === undefined) return `${where} is not an id and 32 bytes as base64url`;
    if (keys.some((one) => one.id === id)) return `${where} has the id ${id} of a line before it`;
    keys.push({ id, secret: Buffer.from(secret, 'base64url') });
  }
  const [first, ...others] = keys;
  return first === undefined ? 'the file holds no key' : [first, ...others];
}

function parseFile(path: string): PayloadSettings['keys'] | string {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return `there is no readable file at ${JSON.stringify(path.slice(0, 200))}`;
  }
  return parsePayloadKeys(text);
}
