import type { JWTPayload, RemoteJWKSet } from 'jose';
import { GateProblem } from '../decide/problem.ts';
import type { AgentTokenSettings } from '../settings.ts';
import type { Store } from '../store/open.ts';
import { agentOf, UnusableClaim } from './agent-claims.ts';
import { createAgentsOnRecord } from './agents-on-record.ts';
import type { Caller } from './gateway.ts';

/** Signatures that only the issuer can make. With HS* whoever can check one can make one, and `none` is none. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
/** What says of itself that it is something else, e.g. `logout+jwt`, is no access token. */
const TYPES: ReadonlySet<string> = new Set(['jwt', 'at+jwt', 'application/at+jwt', 'application/jwt']);
const CLOCK_TOLERANCE_SECONDS = 30;
const TIMEOUT_MS = 5_000;
/** A key that is not among those we hold is looked for at the issuer again, at most so often. */
const COOL_DOWN_MS = 10_000;
const KEPT_MS = 600_000;

/** Tells which agent presents a token. Throws `GateProblem` `unauthenticated` with the reason, or what it could not find out. */
export type CheckAgentToken = (token: string) => Promise<Caller>;

/** Whether what was presented is a token in form, and no key of ours. */
export function looksLikeToken(text: string): boolean {
  return /^eyJ[\w-]*\.[\w-]+\.[\w-]*$/.test(text);
}

/**
 * Checks tokens of agents against the keys of their issuer (RFC 7519, RFC 8725, RFC 9068): signature, issuer, audience, times and
 * type. The keys are fetched with the first token and kept; an issuer that is down stops no start, and is never a refusal.
 *
 * INVARIANT: I5 an agent cannot approve. A token gives the role of an agent, whatever it claims.
 */
export function createAgentTokens(settings: AgentTokenSettings, store: Store): CheckAgentToken {
  let kept: Promise<RemoteJWKSet> | undefined;
  const keysOf = (): Promise<RemoteJWKSet> => {
    const asked = (kept ??= findKeys(settings));
    asked.catch(() => {
      if (kept === asked) kept = undefined;
    });
    return asked;
  };
  const onRecord = createAgentsOnRecord(store);

  return async (token) => {
    const { jwtVerify } = await import('jose');
    const keys = await keysOf();
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      algorithms: ALGORITHMS,
      issuer: settings.issuer,
      audience: settings.audience,
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      requiredClaims: ['exp', settings.nameClaim],
    }).catch((error: unknown) => {
      throw refusalOf(error) ?? error;
    });
    refuseOtherKinds(protectedHeader.typ, payload);
    try {
      return await onRecord(agentOf(payload, settings.nameClaim));
    } catch (error) {
      throw error instanceof UnusableClaim ? refused(error.message) : error;
    }
  };
}

/** The keys of the issuer: at the address that the settings give, or the one that the issuer itself does. */
async function findKeys({ issuer, jwks }: AgentTokenSettings): Promise<RemoteJWKSet> {
  const { createRemoteJWKSet } = await import('jose');
  const address = jwks ?? (await jwksOf(issuer));
  return createRemoteJWKSet(new URL(address), {
    timeoutDuration: TIMEOUT_MS,
    cooldownDuration: COOL_DOWN_MS,
    cacheMaxAge: KEPT_MS,
  });
}

async function jwksOf(issuer: string): Promise<string> {
  const answer = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const { issuer: says, jwks_uri: jwks } = (await answer.json()) as Record<string, unknown>;
  if (says !== issuer || typeof jwks !== 'string') {
    throw new Error(`${issuer} does not describe itself: set GATEHOUSE_AGENT_JWKS to the address of its keys`);
  }
  const isAsSafe = new URL(jwks).protocol === 'https:' || new URL(issuer).protocol === 'http:';
  if (!isAsSafe) throw new Error(`${issuer} has its keys at an address without TLS`);
  return jwks;
}

/** F26: what is wrong with the token; undefined where nobody could tell, as the issuer does not answer. */
function refusalOf(error: unknown): GateProblem | undefined {
  const { code, claim } = { ...(error as { code?: string; claim?: string }) };
  switch (code) {
    case 'ERR_JWT_EXPIRED':
      return refused('is over: get a new one');
    case 'ERR_JWT_CLAIM_VALIDATION_FAILED':
      return refused(`has not the claim ${claim ?? ''} that it must have`);
    case 'ERR_JOSE_ALG_NOT_ALLOWED':
      return refused('is signed in a way that is not taken here');
    case 'ERR_JWKS_NO_MATCHING_KEY':
    case 'ERR_JWKS_MULTIPLE_MATCHING_KEYS':
    case 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED':
      return refused('is not signed by a key that its issuer has now');
    case 'ERR_JOSE_NOT_SUPPORTED':
    case 'ERR_JWS_INVALID':
    case 'ERR_JWT_INVALID':
      return refused('is no signed token');
    default:
      return undefined;
  }
}

/** Not every token of the issuer is one to act with. */
function refuseOtherKinds(typ: string | undefined, payload: JWTPayload): void {
  if (typ !== undefined && !TYPES.has(typ.toLowerCase())) throw refused(`is of the type ${JSON.stringify(typ)}`);
  // An ID token tells a client who signed in. Keycloak says in a claim what its tokens are for.
  const kind = payload['typ'];
  const isIdToken = ['nonce', 'at_hash', 'c_hash', 's_hash'].some((claim) => claim in payload);
  if (isIdToken || (typeof kind === 'string' && kind.toLowerCase() !== 'bearer')) throw refused('is no access token');
  // RFC 9449, RFC 8705: presented alone it proves less than its issuer asked for.
  if ('cnf' in payload) throw refused('is bound to a key (cnf), which is not supported');
  const ahead = (payload.iat ?? 0) - CLOCK_TOLERANCE_SECONDS;
  if (ahead > Date.now() / 1000) throw refused('was made in the future: compare the clocks');
}

function refused(what: string): GateProblem {
  return new GateProblem('unauthenticated', `The token in the header Authorization ${what}.`);
}
