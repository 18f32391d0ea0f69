import { randomBytes } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Path of a new file with one key, as GATEHOUSE_PAYLOAD_KEYS wants it. */
export function payloadKeysFile(): string {
  const file = join(mkdtempSync(join(tmpdir(), 'gatehouse-payload-keys-')), 'keys.txt');
  writeFileSync(file, `test-key ${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 });
  return file;
}
