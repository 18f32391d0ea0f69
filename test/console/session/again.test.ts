import { approvalOf, ask } from '../../support/asking.ts';
import { startStack, type Stack } from '../../support/stack.ts';
import { type Arrival, Wanderer } from '../support/wanderer.ts';

const POLICY = `
version: 1
name: signing-in-again
defaults: { unmatched: block }
rules:
  - id: somebody-looks
    reason: A person must look at this.
    match: { action: ['*'] }
    effect: require_approval
`;
const CRITICAL = { target: 'production_database', context: { table: 'users', count: 50_000 } };
const SIX_MINUTES_MS = 6 * 60_000;

describe('signing in again, where people sign in by key', () => {
  let stack: Stack;
  let who: Wanderer;

  beforeAll(async () => {
    stack = await startStack({ policy: { 'policy.yaml': POLICY }, env: { GATEHOUSE_STEP_UP_MINUTES: '5' } });
  });
  afterAll(() => stack.stop());
  beforeEach(async () => {
    who = new Wanderer();
    await who.send(`${stack.url}/console/sign-in`, { key: stack.keys.reviewer });
    const authenticated_at = Date.now() - SIX_MINUTES_MS;
    await stack.core.store.db.updateTable('sessions').set({ authenticated_at }).execute();
  });

  const formToken = ({ text }: Arrival): string => /name="token" value="([^"]+)"/.exec(text)?.[1] ?? '';
  const digests = ({ text }: Arrival) =>
    Object.fromEntries(
      ['actionDigest', 'policyDigest'].map((name) => [
        name,
        new RegExp(`name="${name}" value="([^"]+)"`).exec(text)?.[1] ?? '',
      ]),
    );

  it('is asked of whoever wants to let something critical run, and brings back what they typed', async () => {
    const question = await ask(stack, 'delete_records', CRITICAL);
    const card = await who.go(`${stack.url}/console/approvals/${question.approvalId ?? ''}`);
    const form = { token: formToken(card), verdict: 'approve', comment: 'looked at twice', ...digests(card) };
    const asked = await who.send(`${card.url}/verdict`, form);
    expect(asked.text).toContain('needs a sign-in of the last minutes');
    const before = who.cookie('gatehouse_session');
    const next = new URL(asked.url).searchParams.get('next') ?? '';
    const back = await who.send(`${stack.url}/console/sign-in`, { key: stack.keys.reviewer, next });
    expect(who.cookie('gatehouse_session')).not.toBe(before);
    expect(back.text).toContain('Nothing was sent yet');
    expect(back.text).toContain('looked at twice');
    await who.send(`${card.url}/verdict`, { ...form, token: formToken(back) });
    expect(await approvalOf(stack, question.approvalId)).toMatchObject({
      status: 'approved',
      comment: 'looked at twice',
    });
  });

  it('is asked for each of several that are answered together, and nothing critical runs', async () => {
    const question = await ask(stack, 'delete_records', { ...CRITICAL, context: { table: 'orders', count: 60_000 } });
    const inbox = await who.go(`${stack.url}/console/approvals`);
    const tick = [...inbox.text.matchAll(/name="tick"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="tick"/g)]
      .map(([, before, after]) => (before ?? after ?? '').replaceAll('&quot;', '"'))
      .find((value) => value.includes(question.approvalId ?? 'none'));
    expect(tick).toBeDefined();
    const answered = await who.send(inbox.url, { token: formToken(inbox), verdict: 'approve', tick: tick ?? '' });
    expect([answered.status, answered.text.includes('/console/sign-in/again')]).toEqual([409, true]);
    expect((await approvalOf(stack, question.approvalId, 0)).status).toBe('pending');
  });

  it('is not asked for what is not critical', async () => {
    const question = await ask(stack, 'read_notes', { target: 'wiki' });
    const card = await who.go(`${stack.url}/console/approvals/${question.approvalId ?? ''}`);
    const form = { token: formToken(card), verdict: 'approve', ...digests(card) };
    expect((await who.send(`${card.url}/verdict`, form)).text).toContain('Your approval counts.');
  });

  it('leads back to where it was asked for, and to no page of others', async () => {
    const from = async (referer: string) => {
      const asked = await fetch(`${stack.url}/console/sign-in/again`, {
        redirect: 'manual',
        headers: { referer, cookie: `gatehouse_session=${who.cookie('gatehouse_session') ?? ''}` },
      });
      return new URL(asked.headers.get('location') ?? '', stack.url).searchParams.get('next');
    };
    expect(await from(`${stack.url}/console/grants/grt_1/revoke`)).toBe('/console/grants');
    expect(await from('https://evil.example/elsewhere')).toBe('/console/approvals');
  });
});
