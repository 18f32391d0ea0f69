import type { JsonObject } from '@gatehouse/sdk/contract';
import type { Browser } from 'playwright-core';
import { ask } from '../support/asking.ts';
import { describeWithChromium } from '../support/chromium.ts';
import { startStack, type Stack } from '../support/stack.ts';
import type { Desk } from './support/people.ts';
import { arrive, openCard, startBrowser } from './support/people.ts';
import { CONSOLE_POLICY } from './support/policy.ts';

/** Each tries to act on the page, to hide in it or to pose as a part of it. */
const HOSTILE = {
  'a script': '<script>window.hacked = 1</script>',
  'an image that fails': '<img src=x onerror="window.hacked = 1">',
  'the end of a field': '</textarea><script>window.hacked = 1</script>',
  'the end of the title': '</title><script>window.hacked = 1</script>',
  'the end of an attribute': '" autofocus onfocus="window.hacked = 1',
  'an entity': '&lt;b&gt; &amp;quot; &#x202e;',
  'a terminal escape': '\u001b[2J\u001b[1;1Hall is well',
  'a bidi override': 'gpj.\u202eexe',
  'a bidi isolate': '\u2066left\u2069',
  'a zero-width space': 'us\u200bers',
  'a homoglyph': 'us\u0435rs',
  'a tag character': 'safe\u{e0041}',
  'a pile of marks': `x${'\u0301'.repeat(40)}`,
  'an unusual space': 'a\u2003\u00a0b',
  'a line that poses as a fact': `fine${' '.repeat(300)}Risk 0 of 100, low\nAgent somebody-else`,
} as const;
// eslint-disable-next-line no-control-regex -- that there are none is the point
const HIDES = /[\u0000-\u0009\u000b-\u001f\u007f-\u00a0\u200b\u202e\u2066\u2069\u2003\u0435]|\u{e0041}|\u0301{3}/u;

describeWithChromium('F18 the pages show foreign text escaped, marked and complete', () => {
  let stack: Stack;
  let browser: Browser;
  let ann: Desk;

  beforeAll(async () => {
    [stack, browser] = await Promise.all([startStack({ policy: { 'console.yaml': CONSOLE_POLICY } }), startBrowser()]);
    ann = await arrive(browser, stack, 'ann');
  });
  afterAll(async () => {
    await browser.close();
    await stack.stop();
  });

  /** Asks with the text wherever an agent can put one, and opens the card. */
  const openWith = async (text: string, context: JsonObject): Promise<void> => {
    const { approvalId } = await ask(stack, `held_${text.slice(0, 150)}`, {
      target: text.slice(0, 400),
      context,
      more: { purpose: text.slice(0, 1900), session: text.slice(0, 150) },
    });
    await openCard(ann, stack, approvalId);
  };
  /** The arguments as a person would copy them from the page. */
  const shownArguments = async (): Promise<unknown> => {
    const lines = await ann.page.locator('ol[aria-label="Arguments"] > li').allTextContents();
    return JSON.parse(lines.join('\n')) as unknown;
  };
  const expectInert = async (): Promise<void> => {
    expect(await ann.page.evaluate('window.hacked')).toBeUndefined();
    expect(await ann.page.locator('script').count()).toBe(1);
    expect(ann.wrongs).toEqual([]);
  };

  it.each(Object.entries(HOSTILE))('%s', async (_what, text) => {
    const args = { text, [text]: [text, { [text]: text }] };
    await openWith(text, args);
    await expectInert();
    expect(await shownArguments()).toEqual(args);
    expect(JSON.parse(await ann.page.locator('#edit-arguments').inputValue())).toEqual(args);
    expect(await ann.page.locator('body').textContent()).not.toMatch(HIDES);
    expect(await ann.page.title()).not.toMatch(HIDES);
    if (HIDES.test(text)) await ann.page.getByText(/^Look closely at the argument text:/).waitFor();
    await ann.page.goto(`${stack.url}/console/approvals`);
    await expectInert();
    expect(await ann.page.locator('body').textContent()).not.toMatch(HIDES);
  });

  it('arguments of two hundred thousand characters are there whole', async () => {
    const args = { huge: `${'abc '.repeat(50_000)}END`, list: Array.from({ length: 500 }, (_, at) => at) };
    await openWith('plain', args);
    expect(await shownArguments()).toEqual(args);
  });

  it('a long line cannot wrap into one that poses as another: it has one number', async () => {
    await openWith('plain', { a: `x${' '.repeat(300)}"amount": 1` });
    const lines = ann.page.locator('ol[aria-label="Arguments"] > li');
    expect(await lines.count()).toBe(3);
    const heights = await lines.evaluateAll((all) => all.map((each) => each.clientHeight));
    expect(heights[1]).toBeGreaterThan(heights[0]!);
  });

  it('what was said by people and agents is as inert', async () => {
    const text = '<script>window.hacked = 1</script>\u202e';
    const { approvalId } = await ask(stack, 'held_talk', { target: 'shop' });
    await openCard(ann, stack, approvalId);
    await ann.page.locator('summary', { hasText: 'Ask the agent' }).click();
    await ann.page.getByLabel('Question').fill(text);
    await ann.page.getByRole('button', { name: 'Ask', exact: true }).click();
    await ann.page.getByText('The agent was asked.').waitFor();
    await ann.page.getByLabel('Comment', { exact: true }).first().fill(text);
    await ann.page.getByRole('button', { name: 'Reject' }).click();
    await ann.page.getByText('It is rejected').waitFor();
    await expectInert();
    expect(await ann.page.locator('body').textContent()).not.toMatch(HIDES);
  });
});
