import { createSecretKey, generateKeyPairSync } from 'node:crypto';
import { SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';
import { createAgentTokens } from '../../src/api/agent-tokens.ts';
import { createKey } from '../../src/store/keys.ts';
import { disablePrincipal, findPrincipal, setPrincipal } from '../../src/store/principals.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { TokenIssuer } from './support/token-issuer.ts';

const POLICY = `
version: 1
name: tokens
defaults: { unmatched: block }
rules:
  - id: production-team
    reason: The team may look.
    match: { action: ['read_*'], agent: ['billing-agent'], team: [billing], tag: [nightly] }
    effect: allow
`;

describe('an agent with a token of its issuer', () => {
  let stack: Stack;
  const issuer = new TokenIssuer();

  beforeAll(async () => {
    await issuer.start();
    stack = await startStack({
      policy: { 'policy.yaml': POLICY },
      env: { GATEHOUSE_AGENT_ISSUER: issuer.url },
      worker: false,
    });
  });
  afterAll(async () => {
    await stack.stop();
    issuer.stop();
  });

  const call = async (token: string, method = 'GET', path = '/api/v1/actions', body?: unknown) => {
    const response = await fetch(`${stack.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const by = { actor: 'admin:dev-admin', at: Date.now() };
  const guard = (token: string, type = 'read_invoices') =>
    call(token, 'POST', '/api/v1/guard', { action: { type, target: 'ledger', context: {} } });

  it('is who the token says, with what it says of it', async () => {
    const token = await issuer.token({ sub: 'billing-agent', team: 'billing', tags: ['nightly'] });
    const asked = await guard(token);
    expect([asked.status, asked.body['decision']]).toEqual([200, 'ALLOW']);
    const action = await stack.call('admin', 'GET', `/api/v1/actions/${String(asked.body['actionId'])}`);
    expect(action.body).toMatchObject({ agent: 'billing-agent' });
    const other = await issuer.token({ sub: 'billing-agent', team: 'sales', tags: ['nightly'] });
    expect((await guard(other, 'read_more')).body['decision']).toBe('BLOCK');
  });

  it('sees its own actions alone, and may nothing that people may, whatever the token claims', async () => {
    const token = await issuer.token({ sub: 'climber', role: 'admin', roles: ['owner'], groups: ['gate-admins'] });
    expect((await call(token)).body['actions']).toEqual([]);
    const verdict = { verdict: 'approve', actionDigest: 'a'.repeat(64) };
    expect((await call(token, 'POST', '/api/v1/approvals/verdicts', { ...verdict, approvals: [] })).status).not.toBe(
      200,
    );
    expect((await call(token, 'GET', '/api/v1/grants')).status).toBe(403);
  });

  const wrong: [string, () => Promise<string> | string][] = [
    ['of another issuer', () => issuer.token({ sub: 'a' }, { issuer: 'http://127.0.0.1:1' })],
    ['for another audience', () => issuer.token({ sub: 'a' }, { audience: 'other-service' })],
    ['that is over', () => issuer.token({ sub: 'a' }, { expiresIn: -31 })],
    ['that never ends', () => issuer.token({ sub: 'a' }, { expiresIn: null })],
    ['that is not valid yet', () => issuer.token({ sub: 'a', nbf: Math.floor(Date.now() / 1000) + 300 })],
    ['made in the future', () => issuer.token({ sub: 'a', iat: Math.floor(Date.now() / 1000) + 300 })],
    ['of another type', () => issuer.token({ sub: 'a' }, { typ: 'logout+jwt' })],
    ['that is an ID token', () => issuer.token({ sub: 'a', nonce: 'n' })],
    ['that Keycloak made as an ID token', () => issuer.token({ sub: 'a', typ: 'ID' })],
    ['bound to a key', () => issuer.token({ sub: 'a', cnf: { jkt: 'x' } })],
    ['without a subject', () => issuer.token({})],
    ['with a subject that is no name', () => issuer.token({ sub: 'agent with spaces' })],
    ['with a subject that hides', () => issuer.token({ sub: 'billing\u200bagent' })],
    ['with a team that is no name', () => issuer.token({ sub: 'a', team: ['x'] })],
    ['with the name of a person', () => issuer.token({ sub: 'dev-reviewer' })],
    ['without a signature', () => unsigned({ sub: 'a' })],
    ['with the signature cut off', async () => (await issuer.token({ sub: 'a' })).replace(/\.[^.]+$/, '.')],
    ['with another payload', async () => swapPayload(await issuer.token({ sub: 'a' }), { sub: 'billing-agent' })],
    ['signed by another key of the same name', () => signedByAnother({ sub: 'a' })],
    ['signed with the public key as a secret', () => signedWithPublicKey({ sub: 'a' })],
  ];
  it.each(wrong)('is refused with a token %s', async (_what, make) => {
    const { status, body } = await call(await make());
    expect([status, body['code']]).toEqual([401, 'unauthenticated']);
  });

  it('is given 30 seconds by which clocks may differ', async () => {
    expect((await call(await issuer.token({ sub: 'late' }, { expiresIn: -5 }))).status).toBe(200);
  });

  it('may present a key as before', async () => {
    expect((await call(await createKey(stack.core.store, 'agent', 'with-a-key'))).status).toBe(200);
    expect((await call(stack.keys.agent)).status).toBe(200);
  });

  it('is known by name from its first token on, and refused as soon as that name is disabled', async () => {
    const token = await issuer.token({ sub: 'newcomer' });
    expect((await call(token)).status).toBe(200);
    const { store } = stack.core;
    expect(await findPrincipal(store, 'newcomer')).toMatchObject({ kind: 'agent', disabledAt: null });
    await disablePrincipal(store, 'newcomer', true, by);
    // Another process: this one may remember for a second.
    const check = createAgentTokens({ issuer: issuer.url, audience: 'gatehouse', nameClaim: 'sub' }, store);
    await expect(check(token)).rejects.toMatchObject({ code: 'unauthenticated' });
    const onItsBehalf = await issuer.token({ sub: 'newcomer', act: { sub: 'helper' } });
    await expect(check(onItsBehalf)).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it('has the owner, the team and the parents that are on record here, over what its token says', async () => {
    const { store } = stack.core;
    await setPrincipal(store, 'planner', { kind: 'agent' }, by);
    await setPrincipal(store, 'worker', { kind: 'agent', parent: 'planner', owner: 'maria', tags: ['known'] }, by);
    const check = createAgentTokens({ issuer: issuer.url, audience: 'gatehouse', nameClaim: 'sub' }, store);
    const token = await issuer.token({ sub: 'worker', owner: 'nobody', team: 'claimed', tags: ['claimed'] });
    expect(await check(token)).toMatchObject({
      ...{ owner: 'maria', team: 'claimed', chain: ['planner'] },
      tags: ['claimed', 'known'],
    });
  });

  function claimsOf(claims: JWTPayload): JWTPayload {
    return { iss: issuer.url, aud: 'gatehouse', exp: Math.floor(Date.now() / 1000) + 300, ...claims };
  }
  function unsigned(claims: JWTPayload): string {
    return new UnsecuredJWT(claimsOf(claims)).encode();
  }
  function swapPayload(token: string, claims: JWTPayload): string {
    const [header, , signature] = token.split('.');
    const payload = Buffer.from(JSON.stringify(claimsOf(claims))).toString('base64url');
    return [header, payload, signature].join('.');
  }
  function signedByAnother(claims: JWTPayload): Promise<string> {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    return new SignJWT(claimsOf(claims)).setProtectedHeader(issuer.header()).sign(privateKey);
  }
  function signedWithPublicKey(claims: JWTPayload): Promise<string> {
    const secret = createSecretKey(Buffer.from(JSON.stringify(issuer.publicJwk())));
    return new SignJWT(claimsOf(claims)).setProtectedHeader(issuer.header({ alg: 'HS256' })).sign(secret);
  }
});

describe("the keys of the agents' issuer", () => {
  let stack: Stack;
  const down = new TokenIssuer();
  beforeAll(async () => {
    await down.start();
    down.isUp = false;
    const env = { GATEHOUSE_AGENT_ISSUER: down.url };
    stack = await startStack({ policy: { 'policy.yaml': POLICY }, env, worker: false });
  });
  afterAll(() => down.stop());
  afterAll(() => stack.stop());
  afterEach(() => jest.restoreAllMocks());

  const checking = async (more: { jwks?: boolean } = {}) => {
    const issuer = new TokenIssuer();
    await issuer.start();
    const jwks = more.jwks === true ? { jwks: `${issuer.url}/keys` } : {};
    const settings = { issuer: issuer.url, audience: 'gatehouse', nameClaim: 'sub', ...jwks };
    return { issuer, check: createAgentTokens(settings, stack.core.store) };
  };
  /** Lets the time pass after which keys are looked for again. */
  const later = (ms: number): void => {
    const real = Date.now.bind(Date);
    jest.spyOn(Date, 'now').mockImplementation(() => real() + ms);
  };

  it('are fetched once for many tokens', async () => {
    const { issuer, check } = await checking({ jwks: true });
    for (let times = 0; times < 5; times += 1) await check(await issuer.token({ sub: 'a' }));
    expect(issuer.asked).toBe(1);
    issuer.stop();
  });

  it.each(['ES256', 'RS256', 'PS256', 'EdDSA'])('are taken over when they change, with %s', async (alg) => {
    const { issuer, check } = await checking();
    const before = await issuer.token({ sub: 'a' });
    await check(before);
    await issuer.rotate(alg);
    later(11_000);
    expect(await check(await issuer.token({ sub: 'b' }))).toMatchObject({ principal: 'b', role: 'agent', via: 'jwt' });
    await expect(check(before)).rejects.toMatchObject({ code: 'unauthenticated' });
    issuer.stop();
  });

  it('are not asked for again by every token that names none of them', async () => {
    const { issuer, check } = await checking();
    await check(await issuer.token({ sub: 'a' }));
    const stranger = new TokenIssuer();
    await stranger.start();
    for (let times = 0; times < 5; times += 1) {
      const token = await stranger.token({ sub: 'a' }, { issuer: issuer.url });
      await expect(check(token)).rejects.toMatchObject({ code: 'unauthenticated' });
    }
    expect(issuer.asked).toBe(1);
    for (const each of [issuer, stranger]) each.stop();
  });

  it('F26 that nobody can fetch are an outage and no refusal, until the issuer is back', async () => {
    const { issuer, check } = await checking();
    const token = await issuer.token({ sub: 'a' });
    issuer.isUp = false;
    await expect(check(token)).rejects.not.toMatchObject({ code: 'unauthenticated' });
    issuer.isUp = true;
    expect(await check(token)).toMatchObject({ principal: 'a' });
    // Keys that are held are enough for as long as they are fresh; after that it is an outage again.
    issuer.isUp = false;
    expect(await check(token)).toMatchObject({ principal: 'a' });
    const long = await issuer.token({ sub: 'a' }, { expiresIn: 3_600 });
    later(601_000);
    await expect(check(long)).rejects.not.toMatchObject({ code: 'unauthenticated' });
    issuer.stop();
  });

  it('F26 that cannot be fetched stop no start and no key, and are answered as an outage', async () => {
    const asked = async (token: string) => {
      const answer = await fetch(`${stack.url}/api/v1/actions`, { headers: { authorization: `Bearer ${token}` } });
      const { code } = (await answer.json()) as { code?: string };
      return [answer.status, code];
    };
    expect(await asked(await down.token({ sub: 'a' }))).toEqual([503, 'unavailable']);
    expect(await asked(stack.keys.agent)).toEqual([200, undefined]);
  });

  it('vouch for a whole chain: who acts, and for whom', async () => {
    const { issuer, check } = await checking();
    const act = { sub: 'mail-agent', act: { sub: 'planner', act: { sub: 'orchestrator' } } };
    const token = await issuer.token({ sub: 'ann', act, owner: 'ann', environment: 'production' });
    expect(await check(token)).toMatchObject({
      principal: 'mail-agent',
      role: 'agent',
      owner: 'ann',
      environment: 'production',
      chain: ['planner', 'orchestrator', 'ann'],
    });
    const endless = { sub: 'x0' } as Record<string, unknown>;
    let innermost = endless;
    for (let depth = 1; depth < 12; depth += 1) {
      innermost['act'] = { sub: `x${String(depth)}` };
      innermost = innermost['act'] as Record<string, unknown>;
    }
    await expect(check(await issuer.token({ sub: 'ann', act: endless }))).rejects.toMatchObject({
      code: 'unauthenticated',
    });
    issuer.stop();
  });
});
