import type { Configuration, DiscoveryRequestOptions } from 'openid-client';
import type { OidcSettings } from '../../../settings.ts';
import { NotVouchedFor, providerProblem } from './provider-problem.ts';

/** People wait for it, and a sign-in makes up to four calls. */
const TIMEOUT_SECONDS = 5;
/** So that a provider that moves its addresses is followed without a restart. */
const KEPT_MS = 3_600_000;

/** Where to send the browser, and what must fit when it comes back. */
export interface Begun {
  url: string;
  state: string;
  nonce: string;
  verifier: string;
}

/** What the provider vouches for. */
export interface Vouch {
  issuer: string;
  subject: string;
  claims: Readonly<Record<string, unknown>>;
  idToken: string | null;
  /** When they last proved who they are, in milliseconds since the epoch; 0 where the provider does not say. */
  authenticatedAt: number;
}

/** The OIDC provider by which people sign in. Its methods throw `GateProblem` `unavailable` when it does not answer as one. */
export interface OidcProvider {
  /** `fresh` asks for a new proof of who it is, whatever the provider remembers. */
  begin(fresh: boolean): Promise<Begun>;
  /**
   * Checks what the browser came back with: state, issuer, code with its PKCE verifier, the ID token's signature, audience, nonce
   * and times. `query` is what follows the question mark.
   * @throws {NotVouchedFor} when any of it does not fit, or the provider refused
   */
  finish(query: string, begun: Omit<Begun, 'url'> & { fresh: boolean }): Promise<Vouch>;
  /** Where to send a browser that signs out, or null where the provider has no such place or does not answer. */
  signOutUrl(idToken: string): Promise<string | null>;
}

/** The provider of the settings. It is asked for its addresses at the first sign-in, so that one that is down stops no start. */
export function createOidcProvider(settings: OidcSettings, publicUrl: string, now: () => number): OidcProvider {
  const callback = `${publicUrl}/console/sign-in/callback`;
  let kept: { configuration: Promise<Configuration>; at: number } | undefined;

  const configured = async (): Promise<Configuration> => {
    if (kept !== undefined && now() - kept.at < KEPT_MS) return kept.configuration;
    const asked = { configuration: discover(settings), at: now() };
    kept = asked;
    // What failed is not kept: the next sign-in asks again.
    asked.configuration.catch(() => {
      if (kept === asked) kept = undefined;
    });
    return asked.configuration;
  };

  return {
    begin: async (fresh) => {
      try {
        const client = await import('openid-client');
        const configuration = await configured();
        const [state, nonce, verifier] = [client.randomState(), client.randomNonce(), client.randomPKCECodeVerifier()];
        const url = client.buildAuthorizationUrl(configuration, {
          redirect_uri: callback,
          scope: settings.scopes,
          state,
          nonce,
          code_challenge: await client.calculatePKCECodeChallenge(verifier),
          code_challenge_method: 'S256',
          ...(fresh ? { prompt: 'login', max_age: '0' } : {}),
        });
        return { url: url.href, state, nonce, verifier };
      } catch (error) {
        throw providerProblem(error);
      }
    },

    finish: async (query, { state, nonce, verifier, fresh }) => {
      try {
        const client = await import('openid-client');
        const configuration = await configured();
        const tokens = await client.authorizationCodeGrant(configuration, new URL(`${callback}?${query}`), {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
          ...(fresh ? { maxAge: 0 } : {}),
        });
        const claims = tokens.claims();
        if (claims === undefined) throw new NotVouchedFor('The provider sent no ID token');
        const more = await moreClaims(configuration, claims, tokens.access_token, settings);
        return {
          issuer: claims.iss,
          subject: claims.sub,
          claims: { ...more, ...claims },
          idToken: tokens.id_token ?? null,
          authenticatedAt: Math.min((claims.auth_time ?? 0) * 1000, now()),
        };
      } catch (error) {
        throw error instanceof NotVouchedFor ? error : providerProblem(error);
      }
    },

    signOutUrl: async (idToken) => {
      try {
        const { buildEndSessionUrl } = await import('openid-client');
        const configuration = await configured();
        if (configuration.serverMetadata().end_session_endpoint === undefined) return null;
        return buildEndSessionUrl(configuration, {
          id_token_hint: idToken,
          post_logout_redirect_uri: `${publicUrl}/console/sign-in`,
        }).href;
      } catch {
        // Here they are signed out whatever the provider says.
        return null;
      }
    },
  };
}

async function discover({ issuer, clientId, clientSecret }: OidcSettings): Promise<Configuration> {
  const client = await import('openid-client');
  const authentication = clientSecret === undefined ? client.None() : client.ClientSecretBasic(clientSecret);
  const execute: DiscoveryRequestOptions['execute'] = [client.enableNonRepudiationChecks];
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the settings take http for this machine only
  if (new URL(issuer).protocol === 'http:') execute.push(client.allowInsecureRequests);
  return client.discovery(new URL(issuer), clientId, undefined, authentication, { execute, timeout: TIMEOUT_SECONDS });
}

/** Some providers have the groups, or the name, in the answer of their userinfo endpoint alone. */
async function moreClaims(
  configuration: Configuration,
  claims: Readonly<Record<string, unknown>> & { sub: string },
  accessToken: string,
  { groupsClaim, nameClaim }: OidcSettings,
): Promise<Readonly<Record<string, unknown>>> {
  const hasAll = [groupsClaim, nameClaim].every((name) => name in claims || (name.split('.')[0] ?? '') in claims);
  if (hasAll || configuration.serverMetadata().userinfo_endpoint === undefined) return {};
  const { fetchUserInfo } = await import('openid-client');
  return fetchUserInfo(configuration, accessToken, claims.sub);
}
