import type { Browser } from 'playwright-core';
import { ask, record } from '../support/asking.ts';
import { describeWithChromium } from '../support/chromium.ts';
import { startStack, type Stack } from '../support/stack.ts';
import type { Desk } from './support/people.ts';
import { arrive, startBrowser } from './support/people.ts';
import { CONSOLE_POLICY } from './support/policy.ts';
import { Visitor } from './support/visitor.ts';

describeWithChromium('the emergency stop in a browser', () => {
  let stack: Stack;
  let browser: Browser;
  let ann: Desk;
  let bea: Desk;

  beforeAll(async () => {
    [stack, browser] = await Promise.all([startStack({ policy: { 'console.yaml': CONSOLE_POLICY } }), startBrowser()]);
    ann = await arrive(browser, stack, 'ann');
    bea = await arrive(browser, stack, 'bea', { role: 'admin' });
  });
  afterAll(async () => {
    await browser.close();
    await stack.stop();
  });
  afterEach(() => {
    expect([...ann.wrongs, ...bea.wrongs]).toEqual([]);
  });

  it('a reviewer stops a target with one tick, and sees what was ended and that nothing is left', async () => {
    const held = await ask(stack, 'held_thing', { target: 'vault' });
    await ann.page.goto(`${stack.url}/console/stops`);
    await ann.page.getByText('Nothing is stopped.').waitFor();
    await ann.page.getByText('Stop something').click();
    await ann.page.getByLabel('one target').check();
    await ann.page.getByLabel('Its name').fill('vault');
    await ann.page.getByLabel('Why').fill('somebody is inside <b>it</b>');
    await ann.page.getByLabel('Stop it now').check();
    await ann.page.getByRole('button', { name: 'Stop', exact: true }).click();
    await ann.page.getByRole('heading', { name: 'The target vault' }).waitFor();
    await ann.page.getByText('Nothing is left that it covers').waitFor();
    await ann.page.getByText(held.actionId).waitFor();
    await ann.page.getByText('was held, is cancelled').waitFor();
    expect(await record(stack, held.actionId)).toMatchObject({ status: 'cancelled' });
  });

  it('every page says what is stopped, by whom and why, until an admin lifts it', async () => {
    for (const path of ['approvals', 'grants', 'stops']) {
      await bea.page.goto(`${stack.url}/console/${path}`);
      const banner = bea.page.getByRole('alert').filter({ hasText: 'Stopped: The target vault' });
      await banner.filter({ hasText: 'by ann: somebody is inside <b>it</b>' }).waitFor();
    }
    await ann.page.goto(`${stack.url}/console/stops`);
    await ann.page.getByRole('heading', { name: 'Emergency stop' }).waitFor();
    expect(await ann.page.getByText('Lift it').count()).toBe(0);
    await bea.page.getByText('Lift it').first().click();
    await bea.page.getByLabel('Why').first().fill('he is out');
    await bea.page.getByRole('button', { name: 'Lift it' }).click();
    await bea.page.getByText('The stop was lifted; what it ended stays ended.').waitFor();
    expect(await bea.page.getByRole('alert').count()).toBe(0);
    await bea.page.goto(`${stack.url}/console/stops?inForce=false`);
    await bea.page.getByText('he is out').waitFor();
  });

  it('a form without the tick, or of nobody who may, stops nothing', async () => {
    const visitor = new Visitor(stack.url);
    await visitor.signIn(stack.keys.reviewer);
    const token = await visitor.formToken();
    const form = { token, scope: 'everything', reason: 'by accident' };
    const unconfirmed = await visitor.post('/console/stops', form, { origin: stack.url });
    expect(unconfirmed.status).toBe(400);
    expect(unconfirmed.text).toContain('tick that it is to be stopped now');
    const forged = await visitor.post(
      '/console/stops',
      { ...form, token: 'x', confirmed: 'yes' },
      { origin: stack.url },
    );
    expect(forged.status).toBe(403);
    const elsewhere = { origin: 'https://elsewhere.example' };
    expect((await visitor.post('/console/stops', { ...form, confirmed: 'yes' }, elsewhere)).status).toBe(403);
    expect(stack.core.store.stops.current().stops).toEqual([]);
  });
});
