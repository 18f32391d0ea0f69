import type { Json } from '@gatehouse/sdk/contract';

/** What comes from the key, the path and the gate's own signature, whatever a body says of it. */
const NEVER_SAID = [
  ...['reviewer', 'principal', 'actor', 'role', 'groups', 'chain', 'authenticatedAt'],
  ...['approvalId', 'actionId', 'verdictId', 'at', 'keyId', 'signature'],
] as const;

/** The fields by which the body of a verdict says whose it is or what it is for, in a fixed order. Its schema refuses them all. */
export function namedByItself(body: Json): string[] {
  if (body === null || typeof body !== 'object') return [];
  return NEVER_SAID.filter((name) => Object.hasOwn(body, name));
}
