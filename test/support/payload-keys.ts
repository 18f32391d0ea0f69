import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Path of a new file with one key, as GATEHOUSE_PAYLOAD_KEYS wants it. */
export function payloadKeysFile(id = 'test-key'): string {
  return fileOf(`${id} ${randomBytes(32).toString('base64url')}\n`);
}

/** Path of a new file with the keys of these files, in this order: the first one encrypts. */
export function payloadKeysOf(...files: string[]): string {
  return fileOf(files.map((file) => readFileSync(file, 'utf8')).join(''));
}

function fileOf(text: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'gatehouse-payload-keys-')), 'keys.txt');
  writeFileSync(file, text, { mode: 0o600 });
  return file;
}
