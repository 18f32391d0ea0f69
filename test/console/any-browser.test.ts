import type { GuardAnswer } from '@gatehouse/sdk/contract';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { revokeKey } from '../../src/store/key-changes.ts';
import { listKeys } from '../../src/store/keys.ts';
import { approvalOf, ask } from '../support/asking.ts';
import { describeWithChromium } from '../support/chromium.ts';
import { startStack, type Stack } from '../support/stack.ts';
import type { Desk } from './support/people.ts';
import { arrive, openCard, openDesk, signIn, startBrowser } from './support/people.ts';
import { CONSOLE_POLICY } from './support/policy.ts';

describeWithChromium('the console', () => {
  let stack: Stack;
  let browser: Browser;
  const desks: Desk[] = [];

  beforeAll(async () => {
    [stack, browser] = await Promise.all([startStack({ policy: { 'console.yaml': CONSOLE_POLICY } }), startBrowser()]);
  });
  afterAll(async () => {
    await browser.close();
    await stack.stop();
  });
  afterEach(async () => {
    expect(desks.flatMap(({ wrongs }) => wrongs)).toEqual([]);
    for (const { page } of desks.splice(0)) await page.context().close();
  });

  const enter = async (name: string, options: BrowserContextOptions = {}): Promise<Desk> => {
    const desk = await arrive(browser, stack, name, options);
    desks.push(desk);
    return desk;
  };
  const held = (type = 'held_thing'): Promise<GuardAnswer> =>
    ask(stack, type, {
      target: 'shop',
      context: { note: 'n'.repeat(300), table: 'users', 'a-very-long-name-without-a-break': 1 },
    });
  const statusOf = async ({ approvalId }: GuardAnswer): Promise<string> =>
    (await approvalOf(stack, approvalId, 0)).status;

  it('needs no script: sign in, look, edit, ask, answer many', async () => {
    const { page } = await enter('no-script', { javaScriptEnabled: false });
    const [asked, edited, bulk] = [await held(), await held(), await held()];
    await page.goto(`${stack.url}/console/approvals/${asked.approvalId ?? ''}`);
    await page.locator('summary', { hasText: 'Ask the agent' }).click();
    await page.getByLabel('Question').fill('Why?');
    await page.getByRole('button', { name: 'Ask', exact: true }).click();
    await page.getByText('The agent was asked.').waitFor();
    await page.getByRole('button', { name: 'Reject' }).click();
    await page.getByText('It is rejected').waitFor();
    await page.goto(`${stack.url}/console/approvals/${edited.approvalId ?? ''}`);
    await page.locator('summary', { hasText: 'Edit the arguments' }).click();
    await page.locator('#edit-arguments').fill('{ "table": "none" }');
    await page.getByRole('button', { name: 'Approve as edited' }).click();
    await page.getByText('The edited arguments were approved').waitFor();
    await page.goto(`${stack.url}/console/approvals`);
    await page.getByRole('checkbox').first().check();
    await page.getByRole('button', { name: 'Approve ticked' }).click();
    await page.getByText('All that were ticked were answered.').waitFor();
    expect(await Promise.all([asked, edited, bulk].map(statusOf))).toEqual(['denied', 'approved', 'approved']);
  });

  it('is worked by the keyboard alone', async () => {
    const { page } = await enter('keyboard');
    const question = await held();
    await page.goto(`${stack.url}/console/approvals`);
    await page.keyboard.press('Tab');
    expect(await focused(page)).toContain('Skip to the content');
    await page.keyboard.press('Enter');
    await tabTo(page, 'held_thing on shop');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'What is asked' }).waitFor();
    await tabTo(page, 'Decide');
    await page.keyboard.press('Enter');
    await tabTo(page, 'comment');
    await page.keyboard.type('read it\n');
    await tabTo(page, 'Approve');
    await page.keyboard.press('Enter');
    await page.getByText('Your approval counts.').waitFor();
    expect(await approvalOf(stack, question.approvalId)).toMatchObject({ status: 'approved', comment: 'read it' });
  });

  it.each([360, 1280])('fits a window of %i pixels, with all that can be said', async (width) => {
    const desk = await enter(`wide-${String(width)}`, { viewport: { width, height: 740 } });
    const { page } = desk;
    const question = await held();
    await expectToFit(page);
    await openCard(desk, stack, question.approvalId);
    for (const summary of await page.locator('summary').all()) await summary.click();
    await expectToFit(page);
    // Fingers need room.
    for (const button of await page.locator('main button').all()) {
      expect((await button.boundingBox())?.height ?? 0).toBeGreaterThanOrEqual(40);
    }
    await page.getByRole('button', { name: 'Approve', exact: true }).click();
    await page.getByText('Your approval counts.').waitFor();
    await expectToFit(page);
  });

  it('names every field and every button, and has one heading of the first rank', async () => {
    const desk = await enter('reader');
    const { page } = desk;
    const question = await held();
    for (const open of [
      () => page.goto(`${stack.url}/console/approvals`),
      () => openCard(desk, stack, question.approvalId),
    ]) {
      await open();
      const nameless = await page.locator('input:not([type=hidden]), textarea, button, select').evaluateAll((fields) =>
        fields.filter((field) => {
          const { labels } = field as unknown as { labels: ArrayLike<unknown> | null };
          const isNamed = field.hasAttribute('aria-label') || field.textContent.trim() !== '';
          return field.tagName === 'BUTTON'
            ? !isNamed
            : (labels?.length ?? 0) === 0 && !field.hasAttribute('aria-label');
        }),
      );
      expect(nameless).toEqual([]);
      expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
      expect(await page.locator('html').getAttribute('lang')).toBe('en');
    }
  });

  it.each(['light', 'dark'] as const)('has text that stands out where the system is %s', async (colorScheme) => {
    const desk = await enter(`in-the-${colorScheme}`, { colorScheme });
    const question = await held();
    await openCard(desk, stack, question.approvalId);
    expect(await desk.page.evaluate(WEAK_TEXT)).toEqual([]);
  });

  it('F14 opens a card from a link elsewhere for whoever is signed in', async () => {
    const { page } = await enter('from-a-chat');
    const question = await held();
    const card = `${stack.url}/console/approvals/${question.approvalId ?? ''}`;
    // Another name of the same machine is another site.
    const elsewhere = stack.url.replace('127.0.0.1', 'localhost');
    await page.route(`${elsewhere}/chat`, (route) =>
      route.fulfill({ contentType: 'text/html', body: `<a href="${card}">card</a>` }),
    );
    await page.goto(`${elsewhere}/chat`);
    await page.getByRole('link', { name: 'card' }).click();
    await page.getByRole('heading', { name: 'What is asked' }).waitFor();
  });

  it('tells whoever has a page open that the session is over', async () => {
    const { page } = await enter('about-to-go');
    await page.goto(`${stack.url}/console/approvals`);
    const key = (await listKeys(stack.core.store)).find(({ principal }) => principal === 'about-to-go');
    await revokeKey(stack.core.store, key!.id);
    await page.getByText('Your session is over.').waitFor();
    await page.getByRole('link', { name: 'Look at it again' }).click();
    await page.getByLabel('Your key').waitFor();
  });

  it('is signed in and out of', async () => {
    const desk = await openDesk(browser);
    desks.push(desk);
    await signIn(desk, stack, stack.keys.reviewer);
    await desk.page.getByRole('button', { name: 'Sign out' }).click();
    await desk.page.getByLabel('Your key').waitFor();
    await desk.page.goto(`${stack.url}/console/approvals`);
    await desk.page.getByLabel('Your key').waitFor();
  });
});

/** The text, or the id, of what has the focus. */
function focused(page: Page): Promise<string> {
  return page.evaluate('document.activeElement.id || document.activeElement.textContent');
}

/** Presses Tab until something of that text or id has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  const seen: string[] = [];
  while (seen.length < 60) {
    await page.keyboard.press('Tab');
    seen.push((await focused(page)).trim());
    if (seen.at(-1) === name) return;
  }
  throw new Error(`Tab never came to ${name}: ${seen.join(' | ')}`);
}

async function expectToFit(page: Page): Promise<void> {
  const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
  expect(await page.evaluate(overflow)).toBe(0);
}

/** The texts of a page whose contrast with their ground is less than 4.5 to 1 (WCAG 2.2, 1.4.3). */
const WEAK_TEXT = `(() => {
  const probe = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgb = (color) => {
    probe.clearRect(0, 0, 1, 1);
    probe.fillStyle = color;
    probe.fillRect(0, 0, 1, 1);
    return [...probe.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, at) => sum + v * [0.2126, 0.7152, 0.0722][at], 0);
  const groundOf = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const color = rgb(getComputedStyle(each).backgroundColor);
      if (color[3] === 255) return color;
    }
    return [255, 255, 255, 255];
  };
  const weak = [];
  for (const element of document.querySelectorAll('main *, header *')) {
    if (![...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '')) continue;
    const [a, b] = [light(rgb(getComputedStyle(element).color)), light(groundOf(element))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) weak.push(element.className + ' ' + element.textContent.slice(0, 40) + ' ' + ratio.toFixed(2));
  }
  return weak;
})()`;
