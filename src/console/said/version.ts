import { createHash } from 'node:crypto';

/** A word that changes whenever what a page shows does. */
export function versionOf(...shown: unknown[]): string {
  return createHash('sha256').update(JSON.stringify(shown)).digest('base64url').slice(0, 22);
}
