import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { verdictKeyListSchema } from '@gatehouse/sdk/contract';
import { startApi } from '../../../src/cli/serve/api.ts';
import { revokeVerdictKey } from '../../../src/store/verdict-keys.ts';
import { approvalOf, ask, giveVerdict, record } from '../../support/asking.ts';
import { WORD_POLICY } from '../../support/policies.ts';
import { startStack, type Stack } from '../../support/stack.ts';

describe('the keys that sign verdicts', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ policy: { 'words.yaml': WORD_POLICY } });
  });
  afterAll(() => stack.stop());

  const published = async (url = stack.url) =>
    verdictKeyListSchema.parse(await (await fetch(`${url}/api/v1/verdict-keys`)).json()).keys;

  it('are published to anybody, as PEM and as JWK, and their making is on record', async () => {
    const [key] = await published();
    const fromJwk = createPublicKey({ key: key!.jwk, format: 'jwk' });
    expect(fromJwk.export({ type: 'spki', format: 'pem' })).toBe(key!.publicKeyPem);
    expect(key).toMatchObject({ algorithm: 'Ed25519', revokedAt: null, jwk: { kid: key!.keyId } });
    const rows = await stack.core.store.db.selectFrom('events').selectAll().where('action_id', '=', 'keys').execute();
    expect(rows.map(({ kind, key: name }) => [kind, name])).toContainEqual([
      'key_made',
      `verdict-key-made:${key!.keyId}`,
    ]);
  });

  it('rotate: a new one signs, and the one before stays valid for what it signed', async () => {
    const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const settings = { ...stack.core.settings, port: 0, verdictKey: { kind: 'pem', pem } as const };
    const next = await startApi({ ...stack.core, settings }, stack.link);
    try {
      expect((await published(next.url)).map(({ revokedAt }) => revokedAt)).toEqual([null, null]);
      // Both are in use for as long as both processes run.
      for (const url of [stack.url, next.url]) {
        const question = await ask(stack, 'held_refund', { context: { url } });
        const { approvalId, actionDigest } = question;
        const answer = await fetch(`${url}/api/v1/approvals/${approvalId ?? ''}/verdict`, {
          method: 'POST',
          headers: { authorization: `Bearer ${stack.keys.reviewer}`, 'content-type': 'application/json' },
          body: JSON.stringify({ verdict: 'approve', actionDigest }),
        });
        expect(answer.status).toBe(200);
        expect(await approvalOf(stack, approvalId)).toMatchObject({ status: 'approved', unsigned: false });
      }
    } finally {
      await next.close();
    }
  });

  it('count for nothing once they are revoked, and no API starts with one', async () => {
    const question = await ask(stack, 'held_refund', { context: { revoked: true } });
    const store = stack.core.store;
    for (const { keyId } of await published())
      await revokeVerdictKey(store, keyId, { actor: 'operator:test', reason: 'stolen', at: Date.now() });
    const answer = await giveVerdict(stack, question, 'approve');
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(await approvalOf(stack, question.approvalId, 0)).toMatchObject({ status: 'pending' });
    expect(JSON.stringify((await record(stack, question.actionId)).timeline)).toContain('was revoked at');
    const settings = { ...stack.core.settings, port: 0 };
    await expect(startApi({ ...stack.core, settings }, stack.link)).rejects.toThrow(/was revoked/);
  });
});
