import { BUTTONS } from '../../../src/notices/slack/message.ts';
import { FORM } from '../../../src/notices/slack/modal.ts';
import { disablePrincipal } from '../../../src/store/principals.ts';
import { freePort } from '../../../src/temporal/ports.ts';
import { Wanderer } from '../../console/support/wanderer.ts';
import { ask, ended, entries, record, recordUntil } from '../../support/asking.ts';
import { startProvider, type TestProvider } from '../../support/oidc.ts';
import { startStack, type Stack } from '../../support/stack.ts';
import { noticesFile } from '../support/notices-file.ts';
import { noticesUntil } from '../support/on-record.ts';
import { startSlack, type Message, type Modal, type SlackStandIn } from '../support/slack-stand-in.ts';

const POLICY = `
version: 1
name: signed-in
defaults: { unmatched: block }
rules:
  - id: somebody-looks
    reason: A person must look at this.
    match: { action: ['held_*'] }
    effect: require_approval
  - id: leads-look
    reason: A lead must look at this.
    match: { action: ['lead_*'] }
    effect: require_approval
    approval: { reviewers: { groups: [leads] } }
`;
const CRITICAL = { target: 'production_database', context: { table: 'users', count: 50_000 } };
const NINE_HOURS_MS = 9 * 3_600_000;

const USERS = { ann: 'U0000000ANN', ben: 'U0000000BEN', vic: 'U0000000VIC', eve: 'U0000000EVE', bot: 'U0000000BOT' };
const ACCOUNTS = {
  ann: { preferred_username: 'ann', groups: ['oncall', 'leads'] },
  ben: { preferred_username: 'ben', groups: ['oncall'] },
  vic: { preferred_username: 'vic', groups: ['readers'] },
  bot: { preferred_username: 'dev-agent', groups: ['oncall'] },
};

let stack: Stack;
let provider: TestProvider;
let slack: SlackStandIn;
let url: string;

beforeAll(async () => {
  slack = await startSlack();
  const port = await freePort(0);
  provider = await startProvider({ publicUrl: `http://127.0.0.1:${String(port)}`, accounts: ACCOUNTS });
  const file = noticesFile(
    `
version: 1
channels: { ops: { kind: slack, channel: C0123456789 } }
routes: [{ match: { kinds: [held] }, to: [ops] }]
slack:
  tokenFile: token
  signingSecretFile: signing
  apiUrl: ${slack.apiUrl}
  people: { ${USERS.ann}: ann, ${USERS.ben}: ben, ${USERS.vic}: vic, ${USERS.eve}: eve, ${USERS.bot}: dev-agent }
`,
    { token: slack.token, signing: slack.signingSecret },
  );
  stack = await startStack({
    policy: { 'policy.yaml': POLICY },
    env: { ...provider.env, GATEHOUSE_PORT: String(port), GATEHOUSE_NOTICES: file },
  });
  url = `${stack.url}/api/v1/slack/interactions`;
});
afterAll(async () => {
  await stack.stop();
  await provider.stop();
  await slack.close();
});

async function signIn(account: string): Promise<void> {
  const who = new Wanderer();
  await who.signInAt(await who.go(`${stack.url}/console/sign-in/start?next=/console/approvals`), account);
}

/** Lets everybody's last sign-in be so long ago. */
async function letTimePass(ms: number): Promise<void> {
  await stack.core.store.db
    .updateTable('people')
    .set(({ eb }) => ({ groups_at: eb('groups_at', '-', ms) }))
    .execute();
}

const about = (approvalId: string | null) => (args: Record<string, unknown>) =>
  JSON.stringify(args).includes(String(approvalId));

async function messageAbout(actionId: string): Promise<Message> {
  const [delivery] = await noticesUntil(stack, actionId, ([first]) => first?.state === 'sent');
  const found = [...slack.messages.values()].find((message) => about(delivery?.approvalId ?? null)({ ...message }));
  if (found === undefined) throw new Error(`No message about ${actionId}`);
  return found;
}

/** Presses Approve and sends the form off. */
async function approve(user: string, question: { actionId: string; approvalId: string | null }): Promise<void> {
  await slack.press(url, user, await messageAbout(question.actionId), BUTTONS.approve);
  const { args } = await slack.called('views.open', about(question.approvalId));
  await slack.submit(url, user, args['view'] as Modal);
}

/** Presses Approve and gets words in place of the form. */
async function turnedAway(user: string, question: { actionId: string; approvalId: string | null }): Promise<string> {
  await slack.press(url, user, await messageAbout(question.actionId), BUTTONS.approve);
  const { args } = await slack.called('chat.postEphemeral', about(question.approvalId));
  expect(args['user']).toBe(user);
  expect(
    slack.calls.filter(({ method, args: given }) => method === 'views.open' && about(question.approvalId)(given)),
  ).toEqual([]);
  return String(args['text']);
}

const refusals = async (actionId: string) =>
  entries(await recordUntil(stack, actionId, (one) => entries(one, 'refused_attempt').length > 0), 'refused_attempt');

describe('a person who signs in by the provider alone', () => {
  it('answers from Slack with the groups that they signed in with, and under the name that they have there', async () => {
    await signIn('ann');
    const question = await ask(stack, 'lead_this');
    await approve(USERS.ann, question);
    const action = await recordUntil(stack, question.actionId, (one) => entries(one, 'verdict').length > 0);
    expect(entries(action, 'verdict')).toMatchObject([{ actor: 'reviewer:ann', data: { unsigned: false } }]);
  });

  it('has no more to say from Slack than on the page', async () => {
    await signIn('ben');
    await signIn('vic');
    const forLeads = await ask(stack, 'lead_only');
    await approve(USERS.ben, forLeads);
    const { args } = await slack.called('chat.postEphemeral', about(forLeads.approvalId));
    expect(args['text']).toContain('It did not count');
    const forReviewers = await ask(stack, 'held_not_for_viewers');
    await approve(USERS.vic, forReviewers);
    await slack.called('chat.postEphemeral', about(forReviewers.approvalId));
    for (const { actionId } of [forLeads, forReviewers]) {
      expect(await record(stack, actionId)).toMatchObject({ status: 'held' });
    }
  });

  it('is nobody before the first sign-in', async () => {
    const question = await ask(stack, 'held_by_nobody');
    expect(await turnedAway(USERS.eve, question)).toContain('has not signed in as one');
    expect(await refusals(question.actionId)).toMatchObject([
      { actor: `unverified:slack:${USERS.eve}`, data: { code: 'not_a_reviewer', via: 'slack' } },
    ]);
  });

  it('does not become an agent, whoever signs in by its name', async () => {
    await signIn('bot');
    const question = await ask(stack, 'held_by_bot');
    expect(await turnedAway(USERS.bot, question)).toContain('Answer on the card');
  });

  it('must have signed in within the time of a session, and can answer again after doing so', async () => {
    await letTimePass(NINE_HOURS_MS);
    const question = await ask(stack, 'lead_later');
    expect(await turnedAway(USERS.ann, question)).toContain('Sign in, then answer here');
    expect(await refusals(question.actionId)).toMatchObject([{ data: { code: 'stale_sign_in' } }]);
    await signIn('ann');
    const again = await ask(stack, 'lead_again');
    await approve(USERS.ann, again);
    await recordUntil(stack, again.actionId, (one) => entries(one, 'verdict').length > 0);
  });

  it('approves nothing critical from Slack, however recent the sign-in, and is led to the card', async () => {
    await signIn('ann');
    const question = await ask(stack, 'held_critical', CRITICAL);
    const message = await messageAbout(question.actionId);
    const card = `/console/approvals/${question.approvalId ?? ''}`;
    expect(JSON.stringify(message)).not.toContain(BUTTONS.approve);
    // A button that the message never had, under the signature of Slack.
    const forged = { type: 'button', action_id: BUTTONS.approve, value: question.approvalId };
    const withButton = { ...message, blocks: [...message.blocks, { type: 'actions', elements: [forged] }] };
    await slack.press(url, USERS.ann, withButton, BUTTONS.approve);
    const first = await slack.called('chat.postEphemeral', about(question.approvalId));
    expect(first.args['text']).toMatch(/critical: approve it on the card/);
    expect(first.args['text']).toContain(card);
    // And the form that it would have led to.
    const { approvalId, actionDigest } = question;
    const { body } = await stack.call('reviewer', 'GET', `/api/v1/approvals/${approvalId ?? ''}`);
    const metadata = {
      approvalId,
      actionDigest,
      policyDigest: body['policyDigest'],
      verdict: 'approve',
      channel: 'C1',
    };
    await slack.submit(url, USERS.ann, { callback_id: FORM, private_metadata: JSON.stringify(metadata), blocks: [] });
    const second = await slack.called(
      'chat.postEphemeral',
      (args) => about(approvalId)(args) && args['channel'] === 'C1',
    );
    expect(second.args['text']).toContain('Sign in again');
    expect(second.args['text']).toContain(card);
    expect(await record(stack, question.actionId)).toMatchObject({ status: 'held' });
  });

  it('rejects what is critical from Slack: stopping is never held up', async () => {
    const question = await ask(stack, 'held_critical_stopped', CRITICAL);
    await slack.press(url, USERS.ann, await messageAbout(question.actionId), BUTTONS.reject);
    const { args } = await slack.called('views.open', about(question.approvalId));
    await slack.submit(url, USERS.ann, args['view'] as Modal, 'No');
    expect(await ended(stack, question.actionId)).toMatchObject({ status: 'rejected' });
  });

  it('is nobody once they are disabled', async () => {
    await disablePrincipal(stack.core.store, 'ann', true, { actor: 'admin:dev-admin', at: Date.now() });
    const question = await ask(stack, 'lead_too_late');
    expect(await turnedAway(USERS.ann, question)).toContain('Answer on the card');
  });
});
