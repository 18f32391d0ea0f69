import { revokeKey } from '../../src/store/key-changes.ts';
import { createKey, listKeys } from '../../src/store/keys.ts';
import { makeLink } from '../../src/store/sessions.ts';
import { WORD_POLICY } from '../support/policies.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { Visitor } from './support/visitor.ts';

describe('signing in to the console', () => {
  let stack: Stack;

  beforeAll(async () => {
    stack = await startStack({ policy: { 'words.yaml': WORD_POLICY }, worker: false });
  });
  afterAll(() => stack.stop());

  it('leads to the page that was asked for', async () => {
    const visitor = new Visitor(stack.url);
    const asked = await visitor.get('/console/approvals?view=approved');
    expect(asked.status).toBe(303);
    expect(asked.headers.get('location')).toBe('/console/sign-in?next=%2Fconsole%2Fapprovals%3Fview%3Dapproved');
    const entered = await visitor.signIn(stack.keys.reviewer, '/console/approvals?view=approved');
    expect([entered.status, entered.headers.get('location')]).toEqual([303, '/console/approvals?view=approved']);
    expect((await visitor.get('/console/approvals?view=approved')).status).toBe(200);
  });

  it.each([
    ['another site', 'https://evil.example/'],
    ['another site without a scheme', '//evil.example'],
    ['another site behind a backslash', '/\\evil.example'],
    ['a path out of the console', '/console/../api'],
    ['a script', 'javascript:alert(1)'],
    ['a header', '/console\r\nset-cookie: a=b'],
  ])('never leads to %s', async (_what, next) => {
    const entered = await new Visitor(stack.url).signIn(stack.keys.reviewer, next);
    expect(entered.headers.get('location')).toBe('/console/approvals');
    expect(entered.headers.getSetCookie()).toHaveLength(1);
  });

  it.each([
    ['an unknown key', () => 'gh_reviewer_nobody', 'does not sign anybody in'],
    ['no key', () => '', 'does not sign anybody in'],
    ['the key of an agent', () => stack.keys.agent, 'is the key of an agent'],
  ])('is refused to %s', async (_what, key, says) => {
    const visitor = new Visitor(stack.url);
    const refused = await visitor.signIn(key());
    expect(refused.status).toBe(401);
    expect(refused.text).toContain(says);
    expect(refused.headers.getSetCookie()).toEqual([]);
    expect((await visitor.get('/console/approvals')).status).toBe(303);
  });

  it('keeps the session out of reach of scripts and of other sites, and for a working day', async () => {
    const before = Date.now();
    const [cookie = ''] = (await new Visitor(stack.url).signIn(stack.keys.reviewer)).headers.getSetCookie();
    expect(cookie).toMatch(/^gatehouse_session=[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Strict$/);
    const expires = Date.parse(/Expires=([^;]+)/.exec(cookie)?.[1] ?? '');
    expect(expires - before).toBeGreaterThan(7.9 * 3_600_000);
    expect(expires - before).toBeLessThan(8.1 * 3_600_000);
  });

  it('away from this machine takes a cookie over TLS from this host alone', async () => {
    const visitor = new Visitor(stack.url, { host: 'gate.example' });
    const [cookie = ''] = (await visitor.signIn(stack.keys.reviewer)).headers.getSetCookie();
    expect(cookie).toMatch(/^__Host-gatehouse_session=[\w-]{43}; Path=\/; .*HttpOnly; Secure; SameSite=Strict$/);
  });

  it('gives each sign-in a session of its own, and ends the one before', async () => {
    const visitor = new Visitor(stack.url);
    await visitor.signIn(stack.keys.reviewer);
    const first = visitor.copy();
    await visitor.signIn(stack.keys.reviewer);
    expect(visitor.session).not.toBe(first.session);
    expect((await first.get('/console/approvals')).status).toBe(303);
  });

  it('takes over no session that somebody planted', async () => {
    const visitor = new Visitor(stack.url);
    visitor.session = 'a'.repeat(43);
    expect((await visitor.get('/console/approvals')).status).toBe(303);
    await visitor.signIn(stack.keys.reviewer);
    expect(visitor.session).not.toBe('a'.repeat(43));
  });

  it('ends for every copy of the cookie when the person signs out', async () => {
    const visitor = new Visitor(stack.url);
    await visitor.signIn(stack.keys.reviewer);
    const copy = visitor.copy();
    const out = await visitor.post('/console/sign-out', { token: await visitor.formToken() });
    expect([out.status, out.headers.get('location')]).toEqual([303, '/console/sign-in']);
    expect((await copy.get('/console/approvals')).status).toBe(303);
  });

  it('ends when the key is revoked', async () => {
    const key = await createKey(stack.core.store, 'reviewer', 'gone-tomorrow');
    const visitor = new Visitor(stack.url);
    await visitor.signIn(key);
    expect((await visitor.get('/console/approvals')).status).toBe(200);
    const entry = (await listKeys(stack.core.store)).find(({ principal }) => principal === 'gone-tomorrow');
    await revokeKey(stack.core.store, entry!.id);
    expect((await visitor.get('/console/approvals')).status).toBe(303);
  });

  it('works by a link once, and opening it uses nothing up', async () => {
    const entry = (await listKeys(stack.core.store)).find(({ role }) => role === 'reviewer');
    const { token } = await makeLink(stack.core.store, entry!.id, Date.now());
    const path = `/console/sign-in?link=${token}`;
    const visitor = new Visitor(stack.url);
    for (const page of [await visitor.get(path), await visitor.get(path)])
      expect(page.text).toContain(`value="${token}"`);
    const entered = await visitor.post('/console/sign-in', { link: token });
    expect([entered.status, entered.headers.get('location')]).toEqual([303, '/console/approvals']);
    expect((await visitor.get('/console/approvals')).status).toBe(200);
    expect((await new Visitor(stack.url).post('/console/sign-in', { link: token })).status).toBe(401);
  });

  it('is asked from a page of ours again when a link elsewhere led here, as the cookie does not come along then', async () => {
    const page = await new Visitor(stack.url, { 'sec-fetch-site': 'cross-site' }).get('/console/approvals/apr_x_1');
    expect([page.status, page.headers.get('refresh')]).toEqual([200, '0; url=/console/approvals/apr_x_1']);
  });
});

describe('a form of the console', () => {
  let stack: Stack;
  let visitor: Visitor;

  beforeAll(async () => {
    stack = await startStack({ policy: { 'words.yaml': WORD_POLICY }, worker: false });
    visitor = new Visitor(stack.url);
    await visitor.signIn(stack.keys.reviewer);
  });
  afterAll(() => stack.stop());

  it.each([
    ['without the token of its session', {}, {}],
    ['with another token', { token: 'b'.repeat(43) }, {}],
    ['from another site', null, { origin: 'https://evil.example' }],
    ['from nowhere', null, { origin: 'null' }],
    ['from another site, as the browser says', null, { 'sec-fetch-site': 'cross-site' }],
  ])('is refused %s', async (_what, fields, headers) => {
    const form = fields ?? { token: await visitor.formToken() };
    for (const path of ['/console/approvals', '/console/approvals/apr_x_1/verdict', '/console/sign-out']) {
      const refused = await visitor.post(path, { verdict: 'approve', ...form }, headers);
      expect(refused.status).toBe(403);
      expect(refused.headers.get('content-type')).toBe('text/html; charset=utf-8');
    }
    expect((await visitor.get('/console/approvals')).status).toBe(200);
  });

  it('is refused with the token of somebody else', async () => {
    const other = new Visitor(stack.url);
    await other.signIn(stack.keys.admin);
    expect((await visitor.post('/console/approvals', { token: await other.formToken() })).status).toBe(403);
  });

  it('signs nobody in from another site', async () => {
    const refused = await new Visitor(stack.url).post(
      '/console/sign-in',
      { key: stack.keys.reviewer },
      { origin: 'https://evil.example' },
    );
    expect(refused.status).toBe(403);
  });

  it('leads somebody whose session is over to sign in, and back to the card', async () => {
    const moved = await new Visitor(stack.url).post('/console/approvals/apr_x_1/verdict', { verdict: 'approve' });
    expect(moved.headers.get('location')).toBe('/console/sign-in?next=%2Fconsole%2Fapprovals%2Fapr_x_1');
  });
});

describe('the pages of the console', () => {
  let stack: Stack;
  let visitor: Visitor;

  beforeAll(async () => {
    stack = await startStack({ policy: { 'words.yaml': WORD_POLICY }, worker: false });
    visitor = new Visitor(stack.url);
    await visitor.signIn(stack.keys.reviewer);
  });
  afterAll(() => stack.stop());

  it('may load nothing but our own files, and are kept by nobody', async () => {
    for (const path of [
      '/console/approvals',
      '/console/sign-in',
      '/console/nowhere',
      '/console/approvals/apr_none_1',
    ]) {
      const { headers } = await visitor.get(path);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("form-action 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe');
      expect(headers.get('cache-control')).toBe('no-store');
    }
  });

  it('say what is not there as a page', async () => {
    for (const path of ['/console/nowhere', '/console/approvals/apr_none_1']) {
      const page = await visitor.get(path);
      expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
    }
  });

  it('take files of ours for good, as their address changes with them', async () => {
    const { text } = await visitor.get('/console/sign-in');
    const paths = [...text.matchAll(/(?:href|src)="(\/console\/assets\/[^"]+)"/g)].map((match) => match[1] ?? '');
    expect(paths).toHaveLength(4);
    for (const path of paths) {
      const file = await visitor.get(path);
      expect([file.status, file.headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable']);
    }
  });
});
