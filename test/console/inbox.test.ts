import type { GuardAnswer } from '@gatehouse/sdk/contract';
import type { Browser } from 'playwright-core';
import { approvalOf, ask, giveVerdict } from '../support/asking.ts';
import { describeWithChromium } from '../support/chromium.ts';
import { startStack, type Stack } from '../support/stack.ts';
import type { Desk } from './support/people.ts';
import { arrive, startBrowser } from './support/people.ts';
import { CONSOLE_POLICY } from './support/policy.ts';

describeWithChromium('the inbox in a browser', () => {
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
  afterEach(() => {
    expect(ann.wrongs).toEqual([]);
  });

  const held = (target: string, context: GuardAnswer['arguments'] = {}, type = 'held_thing'): Promise<GuardAnswer> =>
    ask(stack, type, { target, context });
  const openInbox = (view = 'for you') => ann.page.goto(`${stack.url}/console/approvals?view=${view}`);
  const row = (target: string) => ann.page.getByRole('listitem').filter({ hasText: target });
  const tick = (target: string): Promise<void> => row(target).getByRole('checkbox').check();
  const statusOf = async ({ approvalId }: GuardAnswer): Promise<string> =>
    (await approvalOf(stack, approvalId, 0)).status;

  it('F24 approves exactly what is ticked', async () => {
    const [one, two, three] = [await held('bulk-one'), await held('bulk-two'), await held('bulk-three')];
    await openInbox();
    await tick('bulk-one');
    await tick('bulk-three');
    await ann.page.getByLabel('Comment').fill('both are fine');
    await ann.page.getByRole('button', { name: 'Approve ticked' }).click();
    await ann.page.getByText('All that were ticked were answered.').waitFor();
    expect(await Promise.all([one, two, three].map(statusOf))).toEqual(['approved', 'pending', 'approved']);
    expect(await approvalOf(stack, three.approvalId, 0)).toMatchObject({ comment: 'both are fine', resolvedBy: 'ann' });
  });

  it('F24 rejects what is ticked and still open, and tells what became of the rest', async () => {
    const [lost, open] = [await held('race-lost'), await held('race-open')];
    await openInbox();
    await tick('race-lost');
    await tick('race-open');
    await giveVerdict(stack, lost, 'approve', { role: 'admin' });
    await ann.page.getByText('This has changed meanwhile.').waitFor();
    await ann.page.getByRole('button', { name: 'Reject ticked' }).click();
    await ann.page.getByText('1 of 2 counted.').waitFor();
    await ann.page.getByText('The approval is approved, by dev-admin').waitFor();
    expect([await statusOf(lost), await statusOf(open)]).toEqual(['approved', 'denied']);
  });

  it('F24 a tick at another digest than the question has decides nothing', async () => {
    const question = await held('bulk-moved');
    await openInbox();
    const box = row('bulk-moved').getByRole('checkbox');
    await box.evaluate(
      (field, id) => field.setAttribute('value', `${String(id)} sha256:0 sha256:0`),
      question.approvalId,
    );
    await box.check();
    await ann.page.getByRole('button', { name: 'Approve ticked' }).click();
    await ann.page.getByText('0 of 1 counted.').waitFor();
    expect(await statusOf(question)).toBe('pending');
  });

  it('says so where nothing is ticked', async () => {
    await held('nothing-ticked');
    await openInbox();
    await ann.page.getByRole('button', { name: 'Approve ticked' }).click();
    await ann.page.getByText('Nothing is ticked').waitFor();
  });

  it('has nothing to tick where what is asked is not all in the row, or hides', async () => {
    await held('long-arguments', { text: 'x'.repeat(1000) });
    await held('hidden-arguments', { text: 'safe\u202etxt.exe' });
    await held('plain-arguments', { text: 'safe' });
    await openInbox();
    const ticks = ['long-arguments', 'hidden-arguments', 'plain-arguments'].map((target) =>
      row(target).getByRole('checkbox').count(),
    );
    expect(await Promise.all(ticks)).toEqual([0, 0, 1]);
  });

  it('shows what is new without a reload', async () => {
    await openInbox('pending');
    await held('just-arrived');
    await row('just-arrived').waitFor();
  });

  it('lists for a person what that person may answer', async () => {
    await held('for-leads', {}, 'lead_change');
    await openInbox();
    expect(await row('for-leads').count()).toBe(0);
    await openInbox('pending');
    await row('for-leads').waitFor();
  });

  it('lists what became of others', async () => {
    const question = await held('was-denied');
    await giveVerdict(stack, question, 'reject');
    await openInbox('denied');
    await row('was-denied').getByText('by dev-reviewer').waitFor();
    expect(await row('was-denied').getByRole('checkbox').count()).toBe(0);
  });
});
