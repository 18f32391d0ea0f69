import { createPublicKey } from 'node:crypto';
import type { PublishedVerdictKey, VerdictKeyList } from '@gatehouse/sdk/contract';
import { listVerdictKeys, type VerdictKey } from '../../store/verdict-keys.ts';
import type { GatewayDeps } from './deps.ts';

/** The public halves of all keys that ever signed verdicts, for whoever checks the record by themselves. */
export async function verdictKeys({ store }: Pick<GatewayDeps, 'store'>): Promise<VerdictKeyList> {
  return { keys: (await listVerdictKeys(store)).map(published) };
}

function published({ id, publicKeyPem, createdAt, revokedAt }: VerdictKey): PublishedVerdictKey {
  const { x = '' } = createPublicKey(publicKeyPem).export({ format: 'jwk' });
  return {
    keyId: id,
    algorithm: 'Ed25519',
    publicKeyPem,
    jwk: { kty: 'OKP', crv: 'Ed25519', x, kid: id, alg: 'EdDSA', use: 'sig' },
    createdAt: new Date(createdAt).toISOString(),
    revokedAt: revokedAt === null ? null : new Date(revokedAt).toISOString(),
  };
}
