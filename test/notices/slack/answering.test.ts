import { z } from 'zod';
import { defineExecutor } from '../../../src/activities/executors/index.ts';
import { entries, ask, ended, record, recordUntil } from '../../support/asking.ts';
import { person } from '../../support/people.ts';
import { startStack, type Stack } from '../../support/stack.ts';
import { WORD_POLICY } from '../../support/policies.ts';
import { noticesFile } from '../support/notices-file.ts';
import { noticesUntil } from '../support/on-record.ts';
import { startSlack, type Message, type Modal, type SlackStandIn } from '../support/slack-stand-in.ts';

const ANN = 'U0000000ANN';
const STRANGER = 'U00STRANGER';
const AGENTS_OWN = 'U000000BOT1';

let stack: Stack;
let slack: SlackStandIn;
let url: string;
let effects: unknown[] = [];

beforeAll(async () => {
  slack = await startSlack();
  const file = noticesFile(
    `
version: 1
channels: { ops: { kind: slack, channel: C0123456789 } }
routes: [{ to: [ops] }]
slack:
  tokenFile: token
  signingSecretFile: signing
  apiUrl: ${slack.apiUrl}
  people: { ${ANN}: ann, ${AGENTS_OWN}: dev-agent }
`,
    { token: slack.token, signing: slack.signingSecret },
  );
  const executors = [
    defineExecutor({
      name: 'slack-test',
      actions: 'held_run',
      input: z.looseObject({}),
      timeoutSeconds: 10,
      run: (given) => {
        effects.push(given);
        return Promise.resolve({ done: true });
      },
    }),
  ];
  const env = { GATEHOUSE_NOTICES: file };
  stack = await startStack({ policy: { 'policy.yaml': WORD_POLICY }, executors, env });
  url = `${stack.url}/api/v1/slack/interactions`;
  await person(stack, 'ann');
});
afterAll(async () => {
  await stack.stop();
  await slack.close();
});
beforeEach(() => {
  effects = [];
});

/** The message that asks about an action. */
async function messageAbout(actionId: string): Promise<Message> {
  const [delivery] = await noticesUntil(stack, actionId, ([first]) => first?.state === 'sent');
  const approvalId = delivery?.approvalId;
  const message = [...slack.messages.values()].find(({ blocks }) =>
    JSON.stringify(blocks).includes(String(approvalId)),
  );
  if (message === undefined) throw new Error(`No message about ${actionId}`);
  return message;
}

const about = (approvalId: string | null) => (args: Record<string, unknown>) =>
  JSON.stringify(args).includes(String(approvalId));

async function openForm(user: string, message: Message, button: string, approvalId: string | null): Promise<Modal> {
  expect(await slack.press(url, user, message, button)).toMatchObject({ status: 200, inTime: true });
  const { args } = await slack.called('views.open', about(approvalId));
  return args['view'] as Modal;
}

const wordsOf = (blocks: Message['blocks']): string =>
  blocks.map((block) => (block['text'] as { text?: string } | undefined)?.text ?? '').join('\n');

it('leads from the button over the form with all arguments to an action that ran', async () => {
  const context = { amount: 12, note: 'a <!channel> *note*', list: ['x', 'y'] };
  const held = await ask(stack, 'held_run', { context, more: { mode: 'executor' } });
  const message = await messageAbout(held.actionId);
  const form = await openForm(ANN, message, 'gatehouse_approve', held.approvalId);
  const words = wordsOf(form.blocks);
  for (const shown of ['"amount": 12', 'a <!channel> *note*', '"x"', '"y"', held.actionDigest]) {
    expect(words).toContain(shown);
  }
  expect(form.blocks.every((block) => (block['text'] as { type: string } | undefined)?.type !== 'mrkdwn')).toBe(true);
  expect(await record(stack, held.actionId)).toMatchObject({ status: 'held' });

  expect(await slack.submit(url, ANN, form, 'Fine by me')).toMatchObject({ status: 200, inTime: true });
  const action = await ended(stack, held.actionId);
  expect(action.status).toBe('succeeded');
  expect(effects).toEqual([context]);
  expect(entries(action, 'verdict')).toMatchObject([
    { actor: 'reviewer:ann', data: { comment: 'Fine by me', unsigned: false } },
  ]);
  await slack.called('chat.postEphemeral', about(held.approvalId));
  const { args } = await slack.called('chat.update', about(held.approvalId));
  expect(args).toMatchObject({ ts: message.ts });
  expect(JSON.stringify(args)).not.toContain('gatehouse_approve');
});

it('lets a person reject with a comment that the agent reads', async () => {
  const held = await ask(stack, 'held_reject');
  const form = await openForm(ANN, await messageAbout(held.actionId), 'gatehouse_reject', held.approvalId);
  await slack.submit(url, ANN, form, 'Not today');
  expect(await ended(stack, held.actionId)).toMatchObject({
    status: 'rejected',
    settlement: { reason: 'Not today' },
  });
});

it.each([
  { who: 'somebody whom nobody has named', user: STRANGER },
  { who: 'somebody who stands for an agent', user: AGENTS_OWN },
])('refuses $who, tells them alone, and puts it on record', async ({ user }) => {
  const held = await ask(stack, `held_by_${user.toLowerCase()}`);
  const message = await messageAbout(held.actionId);
  expect(await slack.press(url, user, message, 'gatehouse_approve')).toMatchObject({ status: 200 });
  const { args } = await slack.called('chat.postEphemeral', about(held.approvalId));
  expect(args).toMatchObject({ user });
  const action = await recordUntil(stack, held.actionId, (one) => entries(one, 'refused_attempt').length > 0);
  expect(entries(action, 'refused_attempt')).toMatchObject([
    { actor: `unverified:slack:${user}`, data: { via: 'slack', code: 'not_a_reviewer' } },
  ]);
  expect(action.status).toBe('held');
  expect(slack.calls.some(({ method, args: given }) => method === 'views.open' && about(held.approvalId)(given))).toBe(
    false,
  );
});

it('binds the form to what it showed: for another digest it does not count', async () => {
  const held = await ask(stack, 'held_other');
  const form = await openForm(ANN, await messageAbout(held.actionId), 'gatehouse_approve', held.approvalId);
  const metadata = JSON.parse(form.private_metadata) as Record<string, string>;
  const changed = {
    ...form,
    private_metadata: JSON.stringify({ ...metadata, actionDigest: `sha256:${'0'.repeat(64)}` }),
  };
  await slack.submit(url, ANN, changed);
  const { args } = await slack.called('chat.postEphemeral', about(held.approvalId));
  expect(args['text']).toContain('It did not count');
  expect(await record(stack, held.actionId)).toMatchObject({ status: 'held' });
});

it('has no way to approve what does not fit into a form', async () => {
  const held = await ask(stack, 'held_long', { context: { text: 'x'.repeat(150_000) } });
  const form = await openForm(ANN, await messageAbout(held.actionId), 'gatehouse_approve', held.approvalId);
  expect(form.submit).toBeUndefined();
  expect(wordsOf(form.blocks)).toContain(`/console/approvals/${held.approvalId ?? ''}`);
});

describe('a request that poses as Slack', () => {
  const payload = () => ({ type: 'block_actions', trigger_id: 't', user: { id: ANN }, actions: [{ action_id: 'x' }] });

  it('is refused with a signature of another secret', async () => {
    expect(await slack.post(url, payload(), { secret: 'another' })).toMatchObject({ status: 401 });
  });

  it.each([-301_000, 302_000])('is refused with a time that is %d ms away', async (away) => {
    expect(await slack.post(url, payload(), { at: Date.now() + away })).toMatchObject({ status: 401 });
  });

  it('is refused the second time', async () => {
    const { status, body, headers } = await slack.post(url, payload());
    expect(status).toBe(200);
    const again = await fetch(url, { method: 'POST', body, headers });
    expect(again.status).toBe(401);
  });

  it('is refused with another body under the same signature', async () => {
    const { headers } = await slack.post(url, payload(), { secret: 'another' });
    const body = 'payload=%7B%7D';
    expect((await fetch(url, { method: 'POST', body, headers })).status).toBe(401);
  });

  it('is refused without a signature at all', async () => {
    expect((await fetch(url, { method: 'POST', body: 'payload=%7B%7D' })).status).toBe(401);
  });
});
