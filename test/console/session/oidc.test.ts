import type { GuardAnswer } from '@gatehouse/sdk/contract';
import { createKey, findKey } from '../../../src/store/keys.ts';
import { readTimeline } from '../../../src/store/events.ts';
import { disablePrincipal } from '../../../src/store/principals.ts';
import { makeLink } from '../../../src/store/sessions.ts';
import { freePort } from '../../../src/temporal/ports.ts';
import { approvalOf, ask } from '../../support/asking.ts';
import { CLIENT_SECRET, startProvider, type TestProvider } from '../../support/oidc.ts';
import { startStack, type Stack } from '../../support/stack.ts';
import { type Arrival, Wanderer } from '../support/wanderer.ts';

const ACCOUNTS = {
  ann: { preferred_username: 'ann', groups: ['gate-admins', 'oncall', 'leads'] },
  ben: { preferred_username: 'ben', groups: ['oncall'] },
  vic: { preferred_username: 'vic', groups: ['readers'] },
  eve: { preferred_username: 'eve', groups: ['somebody-else'] },
  bot: { preferred_username: 'dev-agent', groups: ['oncall'] },
  twin: { preferred_username: 'ann', groups: ['oncall'] },
  odd: { preferred_username: 'odd one\u202e', groups: ['oncall'] },
};
const POLICY = `
version: 1
name: signing-in
defaults: { unmatched: block }
rules:
  - id: somebody-looks
    reason: A person must look at this.
    match: { action: ['*'] }
    effect: require_approval
`;
const CRITICAL = { target: 'production_database', context: { table: 'users', count: 50_000 } };
const SIXTEEN_MINUTES_MS = 16 * 60_000;

describe('signing in by an OIDC provider', () => {
  let stack: Stack;
  let provider: TestProvider;

  beforeAll(async () => {
    const port = await freePort(0);
    provider = await startProvider({ publicUrl: `http://127.0.0.1:${String(port)}`, accounts: ACCOUNTS });
    stack = await startStack({
      policy: { 'policy.yaml': POLICY },
      env: { ...provider.env, GATEHOUSE_PORT: String(port) },
    });
  });
  afterAll(async () => {
    await stack.stop();
    await provider.stop();
  });

  const start = (who: Wanderer, next = '/console/approvals'): Promise<Arrival> =>
    who.go(`${stack.url}/console/sign-in/start?next=${encodeURIComponent(next)}`);
  const signIn = async (who: Wanderer, account: string, next?: string): Promise<Arrival> =>
    who.signInAt(await start(who, next), account);
  const signedIn = async (account: string): Promise<Wanderer> => {
    const who = new Wanderer();
    await signIn(who, account);
    return who;
  };
  const session = (who: Wanderer): string | undefined => who.cookie('gatehouse_session');
  const formToken = ({ text }: Arrival): string => /name="token" value="([^"]+)"/.exec(text)?.[1] ?? '';
  /** Lets the last sign-in of everybody be long ago. */
  const letTimePass = async (): Promise<void> => {
    const authenticated_at = Date.now() - SIXTEEN_MINUTES_MS;
    await stack.core.store.db.updateTable('sessions').set({ authenticated_at }).execute();
  };
  const signInRecords = async () =>
    (await readTimeline(stack.core.store.db, 'keys')).filter(({ kind }) => kind === 'refused_attempt');

  it('leads to the page that was asked for, as the person and with the role of the best of the groups', async () => {
    const who = new Wanderer();
    const asked = await who.go(`${stack.url}/console/approvals?view=approved`);
    expect(asked.text).toContain('Sign in with your organisation');
    const entered = await signIn(who, 'ann', '/console/approvals?view=approved');
    expect([entered.status, entered.url]).toEqual([200, `${stack.url}/console/approvals?view=approved`]);
    expect(entered.text).toMatch(/ann <span class="quiet">\(admin\)/);
    const asViewer = await signIn(new Wanderer(), 'vic');
    expect(asViewer.text).toMatch(/vic <span class="quiet">\(viewer\)/);
  });

  it('gives approvals the groups of the provider', async () => {
    const question = await ask(stack, 'rename_thing', { context: { name: 'x' } });
    const who = await signedIn('ben');
    const card = await who.go(`${stack.url}/console/approvals/${question.approvalId ?? ''}`);
    await who.send(`${card.url}/verdict`, {
      ...{ token: formToken(card), verdict: 'approve' },
      ...{ actionDigest: question.actionDigest, policyDigest: question.policyDigest },
    });
    expect(await approvalOf(stack, question.approvalId)).toMatchObject({ status: 'approved', resolvedBy: 'ben' });
    const rows = await stack.core.store.db.selectFrom('sessions').select('groups_json').execute();
    expect(rows.map((row) => row.groups_json)).toContain('["oncall"]');
  });

  it.each([
    ['eve', 403, 'none of your groups has a role', 'no_role'],
    ['bot', 403, 'somebody else’s', 'name_taken'],
    ['odd', 403, 'not by a name', 'no_name'],
  ])('lets %s in nowhere, says why, and puts it on record', async (account, status, says, code) => {
    const who = new Wanderer();
    const refused = await signIn(who, account);
    expect([refused.status, session(who)]).toEqual([status, undefined]);
    expect(refused.text).toContain(says);
    expect((await signInRecords()).map(({ data }) => data)).toContainEqual(
      expect.objectContaining({ what: 'sign_in', code, subject: account }),
    );
  });

  it('takes nobody for another who has the same name at the provider', async () => {
    await signedIn('ann');
    const refused = await signIn(new Wanderer(), 'twin');
    expect(refused.status).toBe(403);
  });

  it('takes no answer of a sign-in that this browser did not begin', async () => {
    const [victim, attacker] = [new Wanderer(), new Wanderer()];
    const callback = await attacker.signInAt(await start(attacker), 'ben', '/console/sign-in/callback');
    expect((await victim.go(callback.url)).status).toBe(401);
    await start(victim);
    expect((await victim.go(callback.url)).status).toBe(401);
    expect(session(victim)).toBeUndefined();
  });

  it.each([
    ['another state', (url: URL) => url.searchParams.set('state', 'forged')],
    ['no state', (url: URL) => url.searchParams.delete('state')],
    ['another code', (url: URL) => url.searchParams.set('code', 'forged')],
    ['another issuer', (url: URL) => url.searchParams.set('iss', 'http://127.0.0.1:1')],
    ['a refusal', (url: URL) => url.searchParams.set('error', 'access_denied')],
  ])('takes no answer with %s', async (_what, forge) => {
    const who = new Wanderer();
    const callback = new URL((await who.signInAt(await start(who), 'ben', '/console/sign-in/callback')).url);
    forge(callback);
    expect((await who.go(callback.href)).status).toBe(401);
    expect(session(who)).toBeUndefined();
  });

  it('takes no answer whose nonce is of another sign-in', async () => {
    const who = new Wanderer();
    const callback = await who.signInAt(await start(who), 'ben', '/console/sign-in/callback');
    const db = stack.core.store.db;
    for (const { id, data_json: json } of await db.selectFrom('sign_ins').selectAll().execute()) {
      const changed = json.replace(/"nonce":"[^"]+"/, '"nonce":"of another sign-in"');
      await db.updateTable('sign_ins').set({ data_json: changed }).where('id', '=', id).execute();
    }
    expect((await who.go(callback.url)).status).toBe(401);
    expect(session(who)).toBeUndefined();
  });

  it('takes an answer once', async () => {
    const who = new Wanderer();
    const callback = await who.signInAt(await start(who), 'ben', '/console/sign-in/callback');
    const held = who.cookies.slice();
    expect((await who.go(callback.url)).status).toBe(200);
    const thief = new Wanderer();
    thief.cookies = held;
    expect((await thief.go(callback.url)).status).toBe(401);
    expect(session(thief)).toBeUndefined();
  });

  it('gives every sign-in a session of its own, and ends the one before', async () => {
    const who = new Wanderer();
    who.cookies.push({ name: 'gatehouse_session', value: 'f'.repeat(43), path: '/' });
    await signIn(who, 'ben');
    const first = session(who);
    expect(first).not.toBe('f'.repeat(43));
    // The provider remembers ben: no form this time.
    expect((await start(who)).url).toBe(`${stack.url}/console/approvals`);
    expect(session(who)).not.toBe(first);
    const copy = new Wanderer();
    copy.cookies.push({ name: 'gatehouse_session', value: first ?? '', path: '/' });
    expect((await copy.go(`${stack.url}/console/approvals`)).url).toContain('/console/sign-in?next=');
  });

  it.each(['https://evil.example/', '//evil.example/console', '/console/../evil', 'javascript:alert(1)'])(
    'leads to no page but ours afterwards: %s',
    async (next) => {
      expect((await signIn(new Wanderer(), 'ben', next)).url).toBe(`${stack.url}/console/approvals`);
    },
  );

  it('signs out here and at the provider', async () => {
    const who = new Wanderer();
    const inbox = await signIn(who, 'ben');
    const before = session(who);
    const asked = await who.send(`${stack.url}/console/sign-out`, { token: formToken(inbox) });
    expect([asked.url.startsWith(`${provider.issuer}/session/end?`), session(who)]).toEqual([true, undefined]);
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(asked.text)?.[1] ?? '';
    const left = await who.send(`${provider.issuer}/session/end/confirm`, { xsrf, logout: 'yes' });
    expect(left.url).toBe(`${stack.url}/console/sign-in`);
    expect((await start(who)).url).toContain(`${provider.issuer}/interaction/`);
    const copy = new Wanderer();
    copy.cookies.push({ name: 'gatehouse_session', value: before ?? '', path: '/' });
    expect((await copy.go(`${stack.url}/console/approvals`)).url).toContain('/console/sign-in?next=');
  });

  it('signs nobody out by a form from elsewhere', async () => {
    const who = await signedIn('ben');
    for (const [form, headers] of [
      [{ token: 'forged' }, {}],
      [{}, { origin: 'https://evil.example' }],
    ] as const)
      expect((await who.send(`${stack.url}/console/sign-out`, form, headers)).status).toBe(403);
    expect((await who.go(`${stack.url}/console/approvals`)).status).toBe(200);
  });

  it('is the way in, and keys are none; a one-time link of the operator is', async () => {
    const key = await createKey(stack.core.store, 'reviewer', 'with-a-key');
    const refused = await new Wanderer().send(`${stack.url}/console/sign-in`, { key });
    expect([refused.status, refused.text.includes('Keys sign nobody in here')]).toEqual([401, true]);
    const { token } = await makeLink(stack.core.store, (await findKey(stack.core.store, key))!.id, Date.now());
    const entered = await new Wanderer().send(`${stack.url}/console/sign-in`, { link: token });
    expect(entered.text).toMatch(/with-a-key <span class="quiet">\(reviewer\)/);
  });

  describe('for a critical action', () => {
    let question: GuardAnswer;
    beforeEach(async () => {
      question = await ask(stack, 'delete_records', CRITICAL);
      expect((await approvalOf(stack, question.approvalId, 0)).severity).toBe('critical');
    });
    const answerOn = (who: Wanderer, card: Arrival, verdict: string, comment: string): Promise<Arrival> =>
      who.send(`${stack.url}/console/approvals/${question.approvalId ?? ''}/verdict`, {
        ...{ token: formToken(card), verdict, comment },
        ...{ actionDigest: question.actionDigest, policyDigest: question.policyDigest },
      });
    const cardFor = (who: Wanderer) => who.go(`${stack.url}/console/approvals/${question.approvalId ?? ''}`);

    it('asks whoever signed in long ago once more, and keeps what they typed', async () => {
      const who = await signedIn('ben');
      await letTimePass();
      const atProvider = await answerOn(who, await cardFor(who), 'approve', 'all of it is backed up');
      expect(atProvider.url).toContain(`${provider.issuer}/interaction/`);
      const asked = new URL(atProvider.way.find((url) => url.startsWith(`${provider.issuer}/auth?`)) ?? '');
      expect([asked.searchParams.get('prompt'), asked.searchParams.get('max_age')]).toEqual(['login', '0']);
      const back = await who.signInAt(atProvider, 'ben');
      expect(back.text).toContain('Nothing was sent yet');
      expect(back.text).toContain('all of it is backed up');
      expect((await approvalOf(stack, question.approvalId, 0)).status).toBe('pending');
      await answerOn(who, back, 'approve', 'all of it is backed up');
      expect(await approvalOf(stack, question.approvalId)).toMatchObject({ status: 'approved', resolvedBy: 'ben' });
    });

    it('hands what one person typed to nobody else', async () => {
      const who = await signedIn('ben');
      await letTimePass();
      who.cookies = who.cookies.filter(({ name }) => !name.startsWith('_session'));
      const back = await who.signInAt(await answerOn(who, await cardFor(who), 'approve', 'of ben alone'), 'ann');
      expect(back.url).toContain(`/console/approvals/${question.approvalId ?? ''}`);
      expect(back.text).not.toContain('of ben alone');
    });

    it('takes no old proof for a new one', async () => {
      const who = await signedIn('ben');
      await letTimePass();
      const atProvider = await answerOn(who, await cardFor(who), 'approve', '');
      const asked = new URL(atProvider.way.find((url) => url.startsWith(`${provider.issuer}/auth?`)) ?? '');
      asked.searchParams.delete('prompt');
      asked.searchParams.delete('max_age');
      // The provider remembers ben, and vouches for the sign-in of before: a minute ago, by our clock.
      const aMinuteLater = jest
        .spyOn(Date, 'now')
        .mockImplementation(() => performance.timeOrigin + performance.now() + 60_000);
      const back = await who.go(asked.href);
      aMinuteLater.mockRestore();
      expect([back.status, back.url.includes('/console/sign-in/callback')]).toEqual([401, true]);
    });

    it('stops it without another sign-in', async () => {
      const who = await signedIn('ben');
      await letTimePass();
      await answerOn(who, await cardFor(who), 'reject', '');
      expect(await approvalOf(stack, question.approvalId)).toMatchObject({ status: 'denied', resolvedBy: 'ben' });
    });

    it('asks nobody who calls by a key', async () => {
      const { approvalId, actionDigest } = question;
      const path = `/api/v1/approvals/${approvalId ?? ''}/verdict`;
      expect((await stack.call('reviewer', 'POST', path, { verdict: 'approve', actionDigest })).status).toBe(200);
    });
  });

  it('is over at once for somebody who is disabled, and lets them in no more', async () => {
    const who = await signedIn('vic');
    await disablePrincipal(stack.core.store, 'vic', true, { actor: 'admin:ann', at: Date.now() });
    expect((await who.go(`${stack.url}/console/approvals`)).url).toContain('/console/sign-in?next=');
    expect((await signIn(new Wanderer(), 'vic')).status).toBe(403);
  });

  it('is over at once when the groups have no role any more', async () => {
    const who = await signedIn('ben');
    await stack.core.store.db.updateTable('sessions').set({ groups_json: '["somebody-else"]' }).execute();
    expect((await who.go(`${stack.url}/console/approvals`)).url).toContain('/console/sign-in?next=');
  });
});

describe('an OIDC provider that is down when Gatehouse starts', () => {
  let stack: Stack;
  let provider: TestProvider | undefined;
  const url = async (port: Promise<number>) => `http://127.0.0.1:${String(await port)}`;
  const [ours, theirs] = [freePort(0), freePort(0)];

  beforeAll(async () => {
    stack = await startStack({
      policy: { 'policy.yaml': POLICY },
      env: {
        GATEHOUSE_PORT: String(await ours),
        GATEHOUSE_PUBLIC_URL: await url(ours),
        GATEHOUSE_OIDC_ISSUER: await url(theirs),
        GATEHOUSE_OIDC_CLIENT_ID: 'gatehouse',
        GATEHOUSE_OIDC_CLIENT_SECRET: CLIENT_SECRET,
        GATEHOUSE_OIDC_ROLES: 'oncall=reviewer',
      },
      worker: false,
    });
  });
  afterAll(async () => {
    await stack.stop();
    await provider?.stop();
  });

  it('F26 stops no start, is shown as an outage, and signs people in as soon as it is back', async () => {
    const start = `${stack.url}/console/sign-in/start`;
    expect(await new Wanderer().go(start)).toMatchObject({ status: 503 });
    expect((await stack.call('reviewer', 'GET', '/api/v1/approvals')).status).toBe(200);
    const [publicUrl, port] = [stack.url, await theirs];
    provider = await startProvider({ publicUrl, accounts: ACCOUNTS, port, groupsInToken: false });
    const who = new Wanderer();
    // Its ID tokens have no groups: those come from its userinfo endpoint.
    const entered = await who.signInAt(await who.go(start), 'ben');
    expect(entered.text).toMatch(/ben <span class="quiet">\(reviewer\)/);
  });
});
