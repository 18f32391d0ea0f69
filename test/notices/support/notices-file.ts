import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { randomBytes } from 'node:crypto';

/** A secret of Standard Webhooks. */
export function webhookSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}

/** Writes the file of notices with the secrets beside it, each in a file of its name, and returns its path. */
export function noticesFile(yaml: string, secrets: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-notices-'));
  for (const [name, secret] of Object.entries(secrets)) writeFileSync(path.join(folder, name), secret);
  const file = path.join(folder, 'notices.yaml');
  writeFileSync(file, yaml);
  return file;
}
