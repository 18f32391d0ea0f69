import type { Browser } from 'playwright-core';
import { freePort } from '../../../src/temporal/ports.ts';
import { approvalOf, ask } from '../../support/asking.ts';
import { describeWithChromium } from '../../support/chromium.ts';
import { startProvider, type TestProvider } from '../../support/oidc.ts';
import { startStack, type Stack } from '../../support/stack.ts';
import { openDesk, startBrowser, type Desk } from '../support/people.ts';

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

describeWithChromium('signing in by an OIDC provider, in a browser', () => {
  let stack: Stack;
  let provider: TestProvider;
  let browser: Browser;
  let desk: Desk;

  beforeAll(async () => {
    const port = await freePort(0);
    // Two names of this machine, so that the provider is another site to the browser.
    const publicUrl = `http://localhost:${String(port)}`;
    const accounts = { ben: { preferred_username: 'ben', groups: ['oncall'] } };
    provider = await startProvider({ publicUrl, accounts });
    [stack, browser] = await Promise.all([
      startStack({ policy: { 'policy.yaml': POLICY }, env: { ...provider.env, GATEHOUSE_PORT: String(port) } }),
      startBrowser(),
    ]);
    desk = await openDesk(browser, { baseURL: publicUrl });
  });
  afterAll(async () => {
    await browser.close();
    await stack.stop();
    await provider.stop();
  });

  const signInAtProvider = async (): Promise<void> => {
    await desk.page.getByLabel('Account').fill('ben');
    await desk.page.getByRole('button', { name: 'Continue' }).click();
  };

  it('goes from a card that was asked for to the provider and back, again for what is critical, and out', async () => {
    const { page } = desk;
    const question = await ask(stack, 'delete_records', CRITICAL);
    const card = `/console/approvals/${question.approvalId ?? ''}`;
    await page.goto(card);
    await page.getByRole('link', { name: 'Sign in with your organisation' }).click();
    await signInAtProvider();
    await page.waitForURL(`**${card}`);
    await page.getByText('ben (reviewer)').waitFor();

    const authenticated_at = Date.now() - SIXTEEN_MINUTES_MS;
    await stack.core.store.db.updateTable('sessions').set({ authenticated_at }).execute();
    await page.getByLabel('Comment', { exact: true }).first().fill('the copy of last night is good');
    await page.getByRole('button', { name: 'Approve', exact: true }).click();
    await signInAtProvider();
    await page.getByText('Nothing was sent yet').waitFor();
    expect(await page.getByLabel('Comment', { exact: true }).first().inputValue()).toContain('the copy of last night');
    expect((await approvalOf(stack, question.approvalId, 0)).status).toBe('pending');
    await page.getByRole('button', { name: 'Approve', exact: true }).click();
    await page.getByText('Your approval counts.').waitFor();
    expect(await approvalOf(stack, question.approvalId)).toMatchObject({
      ...{ status: 'approved', resolvedBy: 'ben', unsigned: false },
      comment: 'the copy of last night is good',
    });

    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign out here too' }).click();
    await page.getByRole('link', { name: 'Sign in with your organisation' }).waitFor();
    expect(page.url()).toContain('/console/sign-in');
    await page.goto(card);
    expect(page.url()).toContain('/console/sign-in?next=');
    expect(desk.wrongs).toEqual([]);
  });
});
