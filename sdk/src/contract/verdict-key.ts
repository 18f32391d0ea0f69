import { z } from 'zod';

/** The public half of a key that signs verdicts. */
export const verdictKeySchema = z.object({
  keyId: z.string(),
  algorithm: z.literal('Ed25519'),
  publicKeyPem: z.string().describe('SubjectPublicKeyInfo, PEM'),
  jwk: z.object({
    kty: z.literal('OKP'),
    crv: z.literal('Ed25519'),
    x: z.string(),
    kid: z.string(),
    alg: z.literal('EdDSA'),
    use: z.literal('sig'),
  }),
  createdAt: z.string(),
  revokedAt: z.string().nullable().describe('From when on nothing counts that it signed; null as long as it holds'),
});
export type PublishedVerdictKey = z.infer<typeof verdictKeySchema>;

/** Every key that ever signed verdicts here, the newest first. */
export const verdictKeyListSchema = z.object({ keys: z.array(verdictKeySchema) });
export type VerdictKeyList = z.infer<typeof verdictKeyListSchema>;
