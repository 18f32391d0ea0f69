import { createAgentTokens, looksLikeToken } from '../../api/agent-tokens.ts';
import type { Authenticate } from '../../api/authentication.ts';
import type { SignInSettings } from '../../settings.ts';
import type { Store } from '../../store/open.ts';
import { createKeyLookup } from './known-keys.ts';

/** Tells who calls: by a key of ours, or by a token of the issuer where one is configured. */
export function createAuthenticate({ agentTokens }: SignInSettings, store: Store): Authenticate {
  const byKey = createKeyLookup(store);
  if (agentTokens === undefined) return byKey;
  const byToken = createAgentTokens(agentTokens, store);
  return (presented) => (looksLikeToken(presented) ? byToken(presented) : byKey(presented));
}
