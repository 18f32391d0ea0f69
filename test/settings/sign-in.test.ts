import { readSettings, SettingsError } from '../../src/settings.ts';

const OIDC = {
  GATEHOUSE_PUBLIC_URL: 'https://gate.example.com/',
  GATEHOUSE_OIDC_ISSUER: 'https://sso.example.com/realms/main',
  GATEHOUSE_OIDC_CLIENT_ID: 'gatehouse',
  GATEHOUSE_OIDC_ROLES: '/gate/admins=admin, on=call=reviewer ,boss=owner',
};

function problemsOf(env: Record<string, string>): string[] {
  try {
    readSettings(env, '/');
    return [];
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return error.problems.map(({ variable, problem }) => `${variable}: ${problem}`);
  }
}

describe('the settings of signing in', () => {
  it('leave keys the way in where nothing is set', () => {
    const { signIn } = readSettings({}, '/');
    expect(signIn).toEqual({ keySignIn: true, stepUpMs: 15 * 60_000 });
  });

  it('make a provider the way in, and keys none unless it is said', () => {
    const { signIn, publicUrl } = readSettings(OIDC, '/');
    expect([signIn.keySignIn, publicUrl]).toEqual([false, 'https://gate.example.com']);
    expect(signIn.oidc).toEqual({
      issuer: OIDC.GATEHOUSE_OIDC_ISSUER,
      clientId: 'gatehouse',
      scopes: 'openid profile email',
      nameClaim: 'preferred_username',
      groupsClaim: 'groups',
      roles: { '/gate/admins': 'admin', 'on=call': 'reviewer', boss: 'owner' },
    });
    expect(readSettings({ ...OIDC, GATEHOUSE_KEY_SIGN_IN: 'on' }, '/').signIn.keySignIn).toBe(true);
  });

  it('take the tokens of an issuer for this gate alone', () => {
    const { signIn } = readSettings({ GATEHOUSE_AGENT_ISSUER: 'https://sso.example.com/realms/main' }, '/');
    expect(signIn.agentTokens).toMatchObject({ audience: 'gatehouse', nameClaim: 'sub' });
  });

  it.each([
    [{ ...OIDC, GATEHOUSE_PUBLIC_URL: '' }, 'GATEHOUSE_PUBLIC_URL: it is not set'],
    [{ ...OIDC, GATEHOUSE_PUBLIC_URL: 'http://gate.example.com' }, 'GATEHOUSE_PUBLIC_URL: people sign in there'],
    [
      { ...OIDC, GATEHOUSE_PUBLIC_URL: 'https://example.com/gate' },
      'GATEHOUSE_PUBLIC_URL: the console cannot be below',
    ],
    [{ ...OIDC, GATEHOUSE_OIDC_ISSUER: 'http://sso.example.com' }, 'GATEHOUSE_OIDC_ISSUER: it is not an https address'],
    [
      { ...OIDC, GATEHOUSE_OIDC_CLIENT_ID: '' },
      'GATEHOUSE_OIDC_CLIENT_ID: it is not set, but GATEHOUSE_OIDC_ISSUER is',
    ],
    [{ ...OIDC, GATEHOUSE_OIDC_ROLES: '' }, 'GATEHOUSE_OIDC_ROLES: it is not set, but GATEHOUSE_OIDC_ISSUER is'],
    [{ ...OIDC, GATEHOUSE_OIDC_ROLES: 'bots=agent' }, 'GATEHOUSE_OIDC_ROLES: "agent" is not one of'],
    [{ ...OIDC, GATEHOUSE_OIDC_ROLES: 'admins' }, 'GATEHOUSE_OIDC_ROLES: "admins" is not group=role'],
    [{ ...OIDC, GATEHOUSE_OIDC_SCOPES: 'profile' }, 'GATEHOUSE_OIDC_SCOPES: it does not begin with openid'],
    [{ GATEHOUSE_OIDC_ROLES: 'a=admin' }, 'GATEHOUSE_OIDC_ISSUER: it is not set, but GATEHOUSE_OIDC_ROLES is'],
    [{ GATEHOUSE_AGENT_JWKS: 'https://sso.example.com/keys' }, 'GATEHOUSE_AGENT_ISSUER: it is not set'],
    [{ GATEHOUSE_AGENT_ISSUER: 'http://sso.example.com' }, 'GATEHOUSE_AGENT_ISSUER: it is not an https address'],
    [{ GATEHOUSE_STEP_UP_MINUTES: '0' }, 'GATEHOUSE_STEP_UP_MINUTES: "0" is not a whole number from 1 to 480'],
    [{ GATEHOUSE_KEY_SIGN_IN: 'yes' }, 'GATEHOUSE_KEY_SIGN_IN: "yes" is not one of on, off'],
  ])('are refused with what is wrong: %j', (env, says) => {
    expect(problemsOf(env)).toEqual([expect.stringContaining(says)]);
  });

  it('never repeat the secret', () => {
    const wrong = { GATEHOUSE_OIDC_CLIENT_SECRET: 'hush-hush', GATEHOUSE_OIDC_CLIENT_ID: 'x' };
    expect(problemsOf(wrong).join()).not.toContain('hush-hush');
  });

  it('take http for providers and pages of this machine', () => {
    const local = {
      ...OIDC,
      GATEHOUSE_PUBLIC_URL: 'http://localhost:4280',
      GATEHOUSE_OIDC_ISSUER: 'http://127.0.0.1:8080',
    };
    expect(problemsOf(local)).toEqual([]);
  });
});
