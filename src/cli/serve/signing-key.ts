import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Settings } from '../../settings.ts';

/** An Ed25519 private key (PEM) that signs; made on the first run where the settings say so, for the owner alone. */
export function loadSigningKey(source: Settings['verdictKey']): string {
  if (source.kind === 'pem') return source.pem;
  try {
    return readFileSync(source.path, 'utf8');
  } catch (error) {
    if (!source.makeIfMissing || !hasCode(error, 'ENOENT')) throw error;
  }
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  mkdirSync(path.dirname(source.path), { recursive: true });
  try {
    writeFileSync(source.path, pem, { mode: 0o600, flag: 'wx' });
    return pem;
  } catch (error) {
    // Another process of the same start was quicker: its key is the one.
    if (hasCode(error, 'EEXIST')) return readFileSync(source.path, 'utf8');
    throw error;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
