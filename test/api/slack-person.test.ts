import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { personBehind, type SlackPeople } from '../../src/api/slack-person.ts';
import { admit } from '../../src/console/session/oidc/admit.ts';
import type { OidcSettings } from '../../src/settings.ts';
import { createKey } from '../../src/store/keys.ts';
import { openStore, type Store } from '../../src/store/open.ts';

const OIDC: OidcSettings = {
  issuer: 'https://sso.example.com',
  clientId: 'gatehouse',
  scopes: 'openid',
  nameClaim: 'preferred_username',
  groupsClaim: 'groups',
  roles: { oncall: 'reviewer', readers: 'viewer' },
};
const USER = 'U0000000ANN';
const HOUR_MS = 3_600_000;
const NOW = 1_800_000_000_000;

describe('whom a Slack user stands for', () => {
  const dir = mkdtempSync(join(tmpdir(), 'gatehouse-slack-person-'));
  let store: Store;
  let files = 0;
  beforeEach(async () => {
    files += 1;
    store = await openStore({ url: join(dir, `${String(files)}.db`) });
  });
  afterEach(() => store.close());
  afterAll(() => {
    rmSync(dir, { recursive: true, force: true });
  });

  const signIn = (groups: string[], { issuer = OIDC.issuer, at = NOW } = {}) =>
    admit(
      { store, oidc: { ...OIDC, issuer }, now: () => at },
      { issuer, subject: 's1', claims: { preferred_username: 'ann', groups }, idToken: null, authenticatedAt: at },
    );
  const known = (over: Partial<SlackPeople> = {}): SlackPeople => ({
    ...{ store, oidc: OIDC, now: () => NOW },
    slack: { people: new Map([[USER, 'ann']]), signedInWithinMs: 8 * HOUR_MS },
    ...over,
  });

  it('is nobody whom no operator has named', async () => {
    await signIn(['oncall']);
    expect(await personBehind(known(), 'U000SOMEBODY')).toBe('not_named');
  });

  it('is the person with the groups of their last sign-in, of which none counts as recent', async () => {
    await signIn(['oncall', 'leads']);
    expect(await personBehind(known(), USER)).toMatchObject({
      ...{ principal: 'ann', role: 'reviewer', groups: ['oncall', 'leads'], authenticatedAt: 0 },
    });
  });

  it('is nobody from the moment at which the provider gives them no group with a role any more', async () => {
    await signIn(['oncall']);
    expect(await signIn(['somebody-else'])).toBe('no_role');
    expect(await personBehind(known(), USER)).toBe('no_reviewer');
  });

  it('has the role that the groups have in the settings now', async () => {
    await signIn(['oncall']);
    const roles = { oncall: 'viewer' } as const;
    expect(await personBehind(known({ oidc: { ...OIDC, roles } }), USER)).toMatchObject({ role: 'viewer' });
    expect(await personBehind(known({ oidc: { ...OIDC, roles: {} } }), USER)).toBe('no_reviewer');
  });

  it('is nobody whom another provider vouched for, or who signed in while there was one', async () => {
    await signIn(['oncall'], { issuer: 'https://the-old-one.example.com' });
    expect(await personBehind(known(), USER)).toBe('no_reviewer');
    expect(await personBehind(known({ oidc: undefined }), USER)).toBe('no_reviewer');
  });

  it('must sign in anew when the time that the file gives is over', async () => {
    await signIn(['oncall'], { at: NOW - 8 * HOUR_MS });
    expect(await personBehind(known(), USER)).toBe('stale_sign_in');
    await signIn(['oncall'], { at: NOW - 8 * HOUR_MS + 1 });
    expect(await personBehind(known(), USER)).toMatchObject({ principal: 'ann' });
  });

  it('is the holder of a key before the person of the provider', async () => {
    await signIn(['oncall']);
    await createKey(store, 'admin', 'ann', { groups: ['owners'] });
    expect(await personBehind(known(), USER)).toMatchObject({ role: 'admin', groups: ['owners'], authenticatedAt: 0 });
  });
});
