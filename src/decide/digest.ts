import type { JsonObject } from '@gatehouse/sdk/contract';
import canonicalize from 'canonicalize';
import { createHash } from 'node:crypto';

/** The parts of an action that a decision and an approval are bound to. */
export interface DigestedAction {
  type: string;
  target: string;
  arguments: JsonObject;
  agent: string;
}

/**
 * The identity of an action: `sha256:` and the hex SHA-256 of its canonical JSON (RFC 8785). The order of keys and the
 * way numbers were written do not matter. Throws for what JSON cannot hold (NaN, infinities) or what nests too deep.
 */
export function digestAction(action: DigestedAction): string {
  const { type, target, agent } = action;
  const canonical = canonicalize({ type, target, arguments: action.arguments, agent });
  if (canonical === undefined) throw new TypeError('the action cannot be written as JSON');
  return `sha256:${createHash('sha256').update(canonical, 'utf8').digest('hex')}`;
}
