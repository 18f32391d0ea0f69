import type { GuardAnswer } from '@gatehouse/sdk/contract';
import type { Browser } from 'playwright-core';
import { approvalOf, ask, ended, entries, kinds, record } from '../support/asking.ts';
import { describeWithChromium } from '../support/chromium.ts';
import { startStack, type Stack } from '../support/stack.ts';
import type { Desk } from './support/people.ts';
import { arrive, openCard, startBrowser } from './support/people.ts';
import { CONSOLE_POLICY } from './support/policy.ts';

describeWithChromium('the card of an approval in a browser', () => {
  let stack: Stack;
  let browser: Browser;
  let ann: Desk;
  let ben: Desk;
  const desks: Desk[] = [];

  beforeAll(async () => {
    [stack, browser] = await Promise.all([startStack({ policy: { 'console.yaml': CONSOLE_POLICY } }), startBrowser()]);
    ann = await arrive(browser, stack, 'ann');
    ben = await arrive(browser, stack, 'ben');
    desks.push(ann, ben);
  });
  afterAll(async () => {
    await browser.close();
    await stack.stop();
  });
  afterEach(() => {
    expect(desks.flatMap(({ wrongs }) => wrongs)).toEqual([]);
  });

  const held = async (more: { context?: GuardAnswer['arguments']; type?: string } = {}): Promise<GuardAnswer> => {
    const { type = 'held_refund', context = { amount: 12, to: 'eve' } } = more;
    const answer = await ask(stack, type, { target: 'shop', context });
    if (answer.approvalId === null && !isAllowed(answer)) throw new Error(`Nobody is asked: ${answer.reason}`);
    return answer;
  };
  const isAllowed = ({ decision }: GuardAnswer): boolean => decision === 'ALLOW';
  const press = ({ page }: Desk, name: string): Promise<void> =>
    page.getByRole('button', { name, exact: true }).click();
  const unfold = ({ page }: Desk, title: string): Promise<void> => page.locator('summary', { hasText: title }).click();
  const says = ({ page }: Desk, text: string): Promise<void> => page.getByText(text).first().waitFor();

  it('approves what it shows, with the comment', async () => {
    const question = await held();
    await openCard(ann, stack, question.approvalId);
    await ann.page.getByLabel('Comment', { exact: true }).first().fill('fine by me');
    await press(ann, 'Approve');
    await says(ann, 'Your approval counts.');
    expect(await approvalOf(stack, question.approvalId)).toMatchObject({
      status: 'approved',
      resolvedBy: 'ann',
      comment: 'fine by me',
      unsigned: false,
    });
  });

  it('rejects, and the agent is told why', async () => {
    const question = await held();
    await openCard(ann, stack, question.approvalId);
    await ann.page.getByLabel('Comment', { exact: true }).first().fill('not this one\nask again tomorrow');
    await press(ann, 'Reject');
    await says(ann, 'It is rejected');
    const action = await ended(stack, question.actionId);
    expect(action.status).toBe('rejected');
    expect(action.settlement?.reason).toContain('not this one\nask again tomorrow');
  });

  it('a reload of the page after a verdict sends nothing again', async () => {
    const question = await held();
    await openCard(ann, stack, question.approvalId);
    await press(ann, 'Reject');
    await says(ann, 'It is rejected');
    await ann.page.reload();
    await says(ann, 'What became of it');
    const action = await ended(stack, question.actionId);
    expect(kinds(action).filter((kind) => kind === 'refused_attempt')).toEqual([]);
  });

  it('F07 edits the arguments, which are judged anew: what may run then is what was edited', async () => {
    const question = await held({ context: { amount: 50, to: 'eve' } });
    await openCard(ann, stack, question.approvalId);
    await unfold(ann, 'Edit the arguments');
    await ann.page.getByLabel('Arguments', { exact: true }).last().fill('{ "amount": 20, "to": "eve" }');
    await press(ann, 'Approve as edited');
    await says(ann, 'The edited arguments were approved');
    const action = await record(stack, question.actionId);
    expect([action.status, action.arguments]).toEqual(['permitted', { amount: 20, to: 'eve' }]);
    await says(ann, 'As edited');
    const row = ann.page.getByRole('row', { name: /amount/ });
    expect(await row.getByRole('cell').allTextContents()).toEqual(['50', '20']);
  });

  it('F07 an edit into what is blocked runs nothing', async () => {
    const question = await held({ context: { amount: 50 } });
    await openCard(ann, stack, question.approvalId);
    await unfold(ann, 'Edit the arguments');
    await ann.page.getByLabel('Arguments', { exact: true }).last().fill('{ "amount": 5000 }');
    await press(ann, 'Approve as edited');
    await says(ann, 'Nobody may do so much.');
    expect((await ended(stack, question.actionId)).status).toBe('blocked');
  });

  it('an edit that is no JSON is refused with its place, and what was typed stays', async () => {
    const question = await held();
    await openCard(ann, stack, question.approvalId);
    await unfold(ann, 'Edit the arguments');
    const field = ann.page.getByLabel('Arguments', { exact: true }).last();
    await field.fill('{ "amount": 20, "amount": 21 }');
    await press(ann, 'Approve as edited');
    await says(ann, 'The arguments:');
    expect(await field.inputValue()).toBe('{ "amount": 20, "amount": 21 }');
    expect(await approvalOf(stack, question.approvalId, 0)).toMatchObject({ status: 'pending' });
  });

  it('asks the agent, and shows the answer when it comes, without a reload', async () => {
    const question = await held();
    await openCard(ann, stack, question.approvalId);
    await unfold(ann, 'Ask the agent');
    await ann.page.getByLabel('Question').fill('Is there a backup?');
    await press(ann, 'Ask');
    await says(ann, 'The agent has not answered yet.');
    const { progress } = await approvalOf(stack, question.approvalId, 0);
    const path = `/api/v1/approvals/${question.approvalId ?? ''}/answers`;
    await stack.call('agent', 'POST', path, { questionId: progress.questions[0]!.id, answer: 'Yes, of 04:00.' });
    await says(ann, 'Yes, of 04:00.');
  });

  it('takes an approval back while the question is open', async () => {
    const question = await held({ type: 'deleted_rows', context: {} });
    await openCard(ann, stack, question.approvalId);
    await press(ann, 'Approve');
    await says(ann, 'You have approved this part.');
    await press(ann, 'Take it back');
    await says(ann, 'You have taken it back.');
    const { status, progress } = await approvalOf(stack, question.approvalId, 0);
    expect([status, progress.approvals]).toEqual(['pending', 0]);
  });

  it('shows one reviewer what another does, without a reload', async () => {
    const question = await held({ type: 'deleted_rows', context: {} });
    await openCard(ann, stack, question.approvalId);
    await openCard(ben, stack, question.approvalId);
    await press(ann, 'Approve');
    await says(ann, 'You have approved this part.');
    await says(ben, 'ann approves');
    await press(ben, 'Approve');
    await says(ben, 'Your approval counts.');
    await says(ann, 'What became of it');
    expect(await approvalOf(stack, question.approvalId)).toMatchObject({ status: 'approved', resolvedBy: 'ben' });
  });

  it('F02 of two reviewers at once one wins, and the other is told who and keeps what was typed', async () => {
    const question = await held();
    await openCard(ann, stack, question.approvalId);
    await openCard(ben, stack, question.approvalId);
    await ben.page.getByLabel('Comment', { exact: true }).first().fill('rather not');
    await press(ann, 'Approve');
    await says(ann, 'Your approval counts.');
    await ben.page.getByText('This has changed meanwhile.').waitFor();
    await press(ben, 'Reject');
    await says(ben, 'The approval is approved, by ann');
    expect(await approvalOf(stack, question.approvalId)).toMatchObject({ status: 'approved', resolvedBy: 'ann' });
  });

  it('delegates to somebody else', async () => {
    const cara = await arrive(browser, stack, 'cara', { groups: ['leads'] });
    desks.push(cara);
    const question = await held({ type: 'lead_change', context: {} });
    await openCard(cara, stack, question.approvalId);
    await unfold(cara, 'Delegate');
    await cara.page.getByLabel('Who answers in your place').fill('ben');
    await press(cara, 'Delegate');
    await says(cara, 'You have delegated this.');
    await openCard(ben, stack, question.approvalId);
    await says(ben, 'answers in place of');
    await ben.page.getByLabel('Comment, required').fill('as agreed in OPS-12');
    await press(ben, 'Approve');
    await says(ben, 'Your approval counts.');
  });

  it('tells who has no say, and what a comment lacks', async () => {
    const question = await held({ type: 'lead_change', context: {} });
    await openCard(ann, stack, question.approvalId);
    await ann.page.getByLabel('Comment, required').fill('fine');
    await press(ann, 'Approve');
    await says(ann, 'This approval is not yours to give.');
    expect(await approvalOf(stack, question.approvalId, 0)).toMatchObject({ status: 'pending' });
  });

  it('lets the agent do the same again, where the policy permits that', async () => {
    const question = await held({ context: { amount: 7 } });
    await openCard(ann, stack, question.approvalId);
    await unfold(ann, 'Approve, and do not ask again');
    await ann.page.getByLabel('How often, beside this time').fill('2');
    await press(ann, 'Approve, and permit this');
    await says(ann, 'Your approval counts.');
    expect(await held({ context: { amount: 7 } })).toMatchObject({ decision: 'ALLOW', grant: { givenBy: 'ann' } });
    expect(await held({ context: { amount: 8 } })).toMatchObject({ decision: 'REQUIRE_APPROVAL' });
  });

  it('takes such a permission back', async () => {
    const question = await held({ context: { amount: 9 } });
    await openCard(ann, stack, question.approvalId);
    await unfold(ann, 'Approve, and do not ask again');
    await ann.page.getByLabel('What it is called').fill('nines');
    await press(ann, 'Approve, and permit this');
    await says(ann, 'Your approval counts.');
    await ben.page.goto(`${stack.url}/console/grants`);
    const row = ben.page.getByRole('listitem').filter({ hasText: 'nines' });
    await row.locator('summary').click();
    await row.getByLabel('Why').fill('that is over');
    await row.getByRole('button', { name: 'Take it back' }).click();
    await says(ben, 'The permission was taken back');
    expect(await row.count()).toBe(0);
    expect(await held({ context: { amount: 9 } })).toMatchObject({ decision: 'REQUIRE_APPROVAL' });
    await ben.page.getByRole('link', { name: 'over' }).click();
    await row.getByText('taken back by ben').waitFor();
  });

  it('lets an admin break the glass, and somebody else look at it afterwards', async () => {
    const zoe = await arrive(browser, stack, 'zoe', { role: 'admin' });
    desks.push(zoe);
    const question = await held({ type: 'deleted_rows', context: {} });
    await openCard(zoe, stack, question.approvalId);
    await unfold(zoe, 'Break glass');
    await zoe.page.getByLabel('Why the terms cannot be kept').fill('the shop is down');
    await press(zoe, 'Override and approve');
    await says(zoe, 'It waits for a second look by somebody else.');
    expect(entries(await record(stack, question.actionId), 'overridden')).toHaveLength(1);
    await ann.page.goto(`${stack.url}/console/approvals?view=second+look`);
    await ann.page.getByRole('link', { name: 'deleted_rows on shop' }).click();
    await press(ann, 'I have looked at it');
    await says(ann, 'ann had a second look.');
  });

  it('offers nobody but an admin to break the glass', async () => {
    const question = await held();
    await openCard(ann, stack, question.approvalId);
    expect(await ann.page.locator('summary', { hasText: 'Break glass' }).count()).toBe(0);
  });

  it('F22 says what rules in shadow would have done, and that nothing comes of it', async () => {
    const question = await held({ type: 'shadowed_thing', context: {} });
    await openCard(ann, stack, question.approvalId);
    await says(ann, 'In shadow, not enforced');
    await says(ann, 'Were it enforced, the decision would have been BLOCK.');
  });

  it('F03 a card that was rendered for another question decides nothing', async () => {
    const question = await held();
    await openCard(ann, stack, question.approvalId);
    await ann.page
      .locator('input[name=actionDigest]')
      .first()
      .evaluate((field) => field.setAttribute('value', 'sha256:0'));
    await press(ann, 'Approve');
    await says(ann, 'The verdict is for something else than what is asked.');
    expect(await approvalOf(stack, question.approvalId, 0)).toMatchObject({ status: 'pending' });
  });
});
