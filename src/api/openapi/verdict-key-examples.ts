import type { VerdictKeyList } from '@gatehouse/sdk/contract';

const list: VerdictKeyList = {
  keys: [
    {
      keyId: '9b1c3d5e7f902a4c',
      algorithm: 'Ed25519',
      publicKeyPem:
        '-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=\n-----END PUBLIC KEY-----\n',
      jwk: {
        kty: 'OKP',
        crv: 'Ed25519',
        x: 'JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs',
        kid: '9b1c3d5e7f902a4c',
        alg: 'EdDSA',
        use: 'sig',
      },
      createdAt: '2026-02-03T09:00:00.000Z',
      revokedAt: null,
    },
  ],
};

/** Examples of the keys that sign verdicts, by component. */
export const VERDICT_KEY_EXAMPLES = { VerdictKeyList: list };
