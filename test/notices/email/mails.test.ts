import { ask, giveVerdict, record } from '../../support/asking.ts';
import { WORD_POLICY } from '../../support/policies.ts';
import { startStack, type Stack } from '../../support/stack.ts';
import { startMailServer, type MailServer } from '../support/mail-server.ts';
import { noticesFile } from '../support/notices-file.ts';
import { noticesUntil } from '../support/on-record.ts';

let stack: Stack;
let server: MailServer;

beforeAll(async () => {
  server = await startMailServer();
  const file = noticesFile(`
version: 1
channels:
  leads: { kind: email, to: [leads@example.com, nobody@example.com] }
routes: [{ to: [leads] }]
smtp: { host: 127.0.0.1, port: ${String(server.port)}, from: gatehouse@example.com }
`);
  stack = await startStack({
    policy: { 'policy.yaml': WORD_POLICY },
    env: { GATEHOUSE_NOTICES: file, GATEHOUSE_PUBLIC_URL: 'https://gate.example.com' },
  });
});
afterAll(async () => {
  await stack.stop();
  await server.close();
});

const ofAction = (actionId: string) => server.mails.filter(({ headers }) => headers['references']?.includes(actionId));

it('all mails about one action are one thread, from the question to its end', async () => {
  const held = await ask(stack, 'held_thread');
  await noticesUntil(stack, held.actionId, (all) => all.some(({ state }) => state === 'sent'));
  await giveVerdict(stack, held, 'reject', { comment: 'Not <b>now</b>' });
  await noticesUntil(stack, held.actionId, (all) => all.filter(({ state }) => state === 'sent').length === 2);
  const [question, end] = ofAction(held.actionId);
  expect(question?.headers['subject']).toBe('[Gatehouse] held_thread on anything (high)');
  expect(end?.headers['subject']).toBe(`Re: ${question?.headers['subject'] ?? ''}`);
  expect(question?.headers['references']).toBe(`<${held.actionId}@example.com>`);
  expect(end?.headers['references']).toBe(question?.headers['references']);
  expect(question?.headers['message-id']).not.toBe(end?.headers['message-id']);
  expect(question?.body).toContain('Approval needed: held_thread on anything');
  expect(end?.body).toContain('Rejected: held_thread on anything');
  expect(end?.body).toContain('Not &lt;b&gt;now&lt;/b&gt;');
});

it('the link of a mail leads to a page that asks who is there, and decides nothing', async () => {
  const held = await ask(stack, 'held_link');
  await noticesUntil(stack, held.actionId, (all) => all.some(({ state }) => state === 'sent'));
  const [mail] = ofAction(held.actionId);
  const link = /https:\/\/gate\.example\.com\/console\/approvals\/[\w-]+/.exec(mail?.body ?? '')?.[0] ?? '';
  expect(link).toBe(`https://gate.example.com/console/approvals/${held.approvalId ?? ''}`);
  for (const method of ['GET', 'HEAD', 'POST']) {
    const answer = await fetch(link.replace('https://gate.example.com', stack.url), { method, redirect: 'manual' });
    expect({ method, allowed: answer.ok }).toEqual({ method, allowed: false });
  }
  expect(await record(stack, held.actionId)).toMatchObject({ status: 'held' });
});

it('what an agent writes becomes neither markup nor a header of the mail', async () => {
  const target = 'x\r\nBcc: evil@example.com\r\n\r\n<script>alert(1)</script>';
  const held = await ask(stack, 'held_hostile', { target });
  await noticesUntil(stack, held.actionId, (all) => all.some(({ state }) => state === 'sent'));
  const [mail] = ofAction(held.actionId);
  expect(mail?.headers['bcc']).toBeUndefined();
  expect(mail?.to).toEqual(['leads@example.com']);
  expect(mail?.body).toContain('\\r\\nBcc: evil@example.com');
  expect(mail?.body).toContain('&lt;script&gt;');
});

it('an address that the server does not know is given up, and the others get theirs', async () => {
  const held = await ask(stack, 'held_bounce');
  const over = await noticesUntil(stack, held.actionId, (all) =>
    all.every(({ state }) => state === 'sent' || state === 'given_up'),
  );
  expect(over.map(({ recipient, state }) => [recipient, state]).sort()).toEqual([
    ['leads@example.com', 'sent'],
    ['nobody@example.com', 'given_up'],
  ]);
  const lost = over.find(({ state }) => state === 'given_up');
  expect(lost).toMatchObject({ attempts: 1, lastError: 'The mail server did not take it (EENVELOPE, reply 550)' });
});
