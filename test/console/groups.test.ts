import type { ApprovalView } from '@gatehouse/sdk/contract';
import type { Browser } from 'playwright-core';
import { createKey } from '../../src/store/keys.ts';
import { setPrincipal } from '../../src/store/principals.ts';
import { approvalOf, ask } from '../support/asking.ts';
import { describeWithChromium } from '../support/chromium.ts';
import { flood } from '../support/flood.ts';
import { startStack, type Stack } from '../support/stack.ts';
import type { Desk } from './support/people.ts';
import { arrive, openCard, startBrowser } from './support/people.ts';
import { CONSOLE_POLICY } from './support/policy.ts';

/** The width of a phone. */
const WIDTH = 360;

describeWithChromium('F19 the inbox under a flood, on a phone', () => {
  let stack: Stack;
  let browser: Browser;
  let ann: Desk;

  beforeAll(async () => {
    [stack, browser] = await Promise.all([startStack({ policy: { 'console.yaml': CONSOLE_POLICY } }), startBrowser()]);
    ann = await arrive(browser, stack, 'ann', { viewport: { width: WIDTH, height: 640 } });
    const thing = { type: 'held_thing' };
    await flood(stack.core, 1, () => ({ ...thing, agent: 'quiet-agent', target: 'quiet-target' }));
    await flood(stack.core, 440, () => ({ ...thing, agent: 'noisy-agent', target: 'noisy-target' }));
    await flood(stack.core, 60, (n) => ({ ...thing, agent: 'noisy-agent', target: `other-target-${String(n)}` }));
  });
  afterAll(async () => {
    await browser.close();
    await stack.stop();
  });
  afterEach(() => {
    expect(ann.wrongs).toEqual([]);
  });

  const rows = () => ann.page.locator('.inbox-row');
  const row = (target: string) => rows().filter({ hasText: target });
  const openInbox = (query = '') => ann.page.goto(`${stack.url}/console/approvals?${query}`);
  const overflow = (): Promise<number> =>
    ann.page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

  it('has what another agent asks on its first page, to tick and answer, and nothing wider than the screen', async () => {
    await openInbox();
    expect(await rows().count()).toBe(50);
    expect(await row('quiet-target').getByRole('checkbox').count()).toBe(1);
    expect(await overflow()).toBe(0);
  });

  it('has the five hundredth like the others in one line, in which there is nothing to tick', async () => {
    await openInbox('order=oldest');
    await row('noisy-target').getByText('440 like this').waitFor();
    expect(await row('noisy-target').count()).toBe(1);
    expect(await row('noisy-target').getByRole('checkbox').count()).toBe(0);
  });

  it('F24 opens the line to what stands behind it, where exactly what is ticked is answered', async () => {
    const asked = await Promise.all(
      [1, 2, 3].map((n) => ask(stack, 'held_thing', { target: 'alike', context: { n } })),
    );
    await openInbox();
    await row('alike').getByRole('link').click();
    await ann.page.getByText('Only those that are alike').waitFor();
    expect(await rows().count()).toBe(3);
    expect(await overflow()).toBe(0);
    await rows().filter({ hasText: '"n":2' }).getByRole('checkbox').check();
    await ann.page.getByRole('button', { name: 'Reject ticked' }).click();
    await ann.page.getByText('All that were ticked were answered.').waitFor();
    const statuses = asked.map(async ({ approvalId }) => (await approvalOf(stack, approvalId, 0)).status);
    expect(await Promise.all(statuses)).toEqual(['pending', 'denied', 'pending']);
    await ann.page.getByText('Only those that are alike').waitFor();
    expect(await rows().count()).toBe(2);
    await ann.page.getByRole('link', { name: 'Back to all' }).click();
    await row('alike').getByText('2 like this').waitFor();
  });

  it('lists them one by one for whoever wants that', async () => {
    await openInbox();
    await ann.page.getByRole('link', { name: 'one by one' }).click();
    await ann.page.getByRole('link', { name: 'one by one' }).and(ann.page.locator('[aria-current]')).waitFor();
    expect(await ann.page.getByText('like this').count()).toBe(0);
    expect(await rows().count()).toBe(50);
  });

  it('tells of one more of the same without a reload', async () => {
    await ask(stack, 'held_thing', { target: 'growing', context: { n: 1 } });
    await openInbox();
    await row('growing').getByRole('checkbox').waitFor();
    await ask(stack, 'held_thing', { target: 'growing', context: { n: 2 } });
    await row('growing').getByText('2 like this').waitFor();
  });

  it('shows on the card who is behind the agent', async () => {
    const { store } = stack.core;
    const by = { actor: 'operator:test', at: Date.now() };
    for (const name of ['planner', 'middle', 'leaf']) await createKey(store, 'agent', name);
    await setPrincipal(store, 'middle', { parent: 'planner' }, by);
    const key = await createKey(store, 'agent', 'leaf');
    await setPrincipal(store, 'leaf', { parent: 'middle', owner: 'maria', team: 'payments' }, by);
    const response = await fetch(`${stack.url}/api/v1/guard`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ action: { type: 'held_thing', target: 'behind', context: {} } }),
    });
    const { approvalId } = (await response.json()) as Pick<ApprovalView, 'approvalId'>;
    await openCard(ann, stack, approvalId);
    const facts = ann.page.locator('#asked dl');
    for (const said of ['maria', 'payments', 'middle, which acts for planner']) await facts.getByText(said).waitFor();
    expect(await overflow()).toBe(0);
  });
});
