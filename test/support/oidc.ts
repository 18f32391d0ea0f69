import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../src/temporal/ports.ts';

export const CLIENT_SECRET = 'a secret of the tests, long enough for the provider';
const SCRIPT = fileURLToPath(new URL('./oidc-provider.mjs', import.meta.url));

export interface ProviderOptions {
  /** Where Gatehouse is. */
  publicUrl: string;
  /** Claims by the name with which an account signs in. */
  accounts: Record<string, Record<string, unknown>>;
  /** Whether the ID token itself has the groups; otherwise userinfo does. */
  groupsInToken?: boolean;
  /** Where to listen; any free one where it is left out. */
  port?: number;
}

export interface TestProvider {
  issuer: string;
  /** What Gatehouse must know of it. */
  env: Record<string, string>;
  stop(): Promise<void>;
}

/** Starts a real OIDC provider, as a process of its own. */
export async function startProvider({
  publicUrl,
  accounts,
  groupsInToken = true,
  port,
}: ProviderOptions): Promise<TestProvider> {
  const client = { clientId: 'gatehouse', clientSecret: CLIENT_SECRET };
  const given = { port: port ?? (await freePort(0)), ...client, publicUrl, accounts, groupsInToken };
  const child = spawn(process.execPath, [SCRIPT, JSON.stringify(given)], { stdio: ['ignore', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const ended = once(child, 'exit');
  const issuer = await Promise.race([
    once(child.stdout.setEncoding('utf8'), 'data').then(([line]) => String(line).trim()),
    ended.then(() => Promise.reject(new Error(`The provider ended: ${errors}`))),
  ]);
  return {
    issuer,
    env: {
      GATEHOUSE_PUBLIC_URL: publicUrl,
      GATEHOUSE_OIDC_ISSUER: issuer,
      GATEHOUSE_OIDC_CLIENT_ID: client.clientId,
      GATEHOUSE_OIDC_CLIENT_SECRET: client.clientSecret,
      GATEHOUSE_OIDC_ROLES: 'gate-admins=admin,oncall=reviewer,readers=viewer',
    },
    stop: async () => {
      child.kill();
      await ended;
    },
  };
}
