import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import type { Role } from '../../../src/access/roles.ts';
import { createKey } from '../../../src/store/keys.ts';
import { testChromium } from '../../support/chromium.ts';
import type { Stack } from '../../support/stack.ts';

/** A page of a person who is signed in, and all that went wrong in it. */
export interface Desk {
  page: Page;
  /** What the content policy had to stop, and errors of scripts. Always empty. */
  wrongs: string[];
}

/** Less than a test has, so that it says what it waited for. */
const TIMEOUT_MS = 10_000;

/** Starts the Chromium that the setup found. */
export function startBrowser(): Promise<Browser> {
  const executablePath = testChromium();
  if (executablePath === undefined) throw new Error('There is no Chromium here: use describeWithChromium');
  // Its sandbox does not work for root, as whom containers run; the pages are ours.
  return chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
}

/** Opens a page, watched, in a browser profile of its own. */
export async function openDesk(browser: Browser, options: BrowserContextOptions = {}): Promise<Desk> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(TIMEOUT_MS);
  const wrongs: string[] = [];
  await context.exposeBinding('reportViolation', (_source, says: string) => void wrongs.push(says));
  await context.addInitScript(`document.addEventListener('securitypolicyviolation', (event) => {
    window.reportViolation(event.violatedDirective + ' stopped ' + event.blockedURI);
  })`);
  const page = await context.newPage();
  page.on('pageerror', (error) => wrongs.push(String(error)));
  page.on('console', (message) => {
    // Of pages that answer with 409 and the like, Chromium says that they do.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      wrongs.push(message.text());
  });
  return { page, wrongs };
}

/** Signs in with a key, on the page that asks for it, and resolves on the inbox. */
export async function signIn({ page }: Desk, stack: Pick<Stack, 'url'>, key: string): Promise<void> {
  await page.goto(`${stack.url}/console`);
  await page.getByLabel('Your key').fill(key);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Approvals' }).waitFor();
}

/** A person with a key of their own, signed in. */
export async function arrive(
  browser: Browser,
  stack: Stack,
  name: string,
  options: BrowserContextOptions & { role?: Role; groups?: string[] } = {},
): Promise<Desk> {
  const { role = 'reviewer', groups = [], ...context } = options;
  const key = await createKey(stack.core.store, role, name, { groups });
  const desk = await openDesk(browser, context);
  await signIn(desk, stack, key);
  return desk;
}

/** Goes to the card of an approval. Throws what the page says where there is no card. */
export async function openCard({ page }: Desk, stack: Pick<Stack, 'url'>, approvalId: string | null): Promise<void> {
  const answer = await page.goto(`${stack.url}/console/approvals/${approvalId ?? ''}`);
  if (answer?.ok() !== true) throw new Error(`There is no card: ${await page.locator('main').innerText()}`);
}
