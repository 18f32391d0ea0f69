import type { GuardAnswer } from '@gatehouse/sdk/contract';
import type { Role } from '../../../src/access/roles.ts';
import { addKey, createKey } from '../../../src/store/keys.ts';
import { setPrincipal } from '../../../src/store/principals.ts';
import { BUTTONS } from '../../../src/notices/slack/message.ts';
import { FORM } from '../../../src/notices/slack/modal.ts';
import { ask, entries, kinds, recordUntil } from '../../support/asking.ts';
import { person, type Person } from '../../support/people.ts';
import { startStack, type Stack } from '../../support/stack.ts';
import { WORD_POLICY } from '../../support/policies.ts';
import { noticesFile } from '../support/notices-file.ts';
import { startSlack, type SlackStandIn } from '../support/slack-stand-in.ts';

const USERS = {
  boss: 'U000000BOSS',
  planner: 'U000PLANNER',
  root: 'U000000ROOT',
  auditor: 'U000AUDITOR',
  viewer: 'U0000VIEWER',
  stranger: 'U00STRANGER',
} as const;
type Name = keyof typeof USERS;
const CHANNEL = 'C0123456789';

let stack: Stack;
let slack: SlackStandIn;
let url: string;
let boss: Person;

beforeAll(async () => {
  slack = await startSlack();
  const people = Object.entries(USERS)
    .filter(([name]) => name !== 'stranger')
    .map(([name, user]) => `${user}: ${name}`);
  const file = noticesFile(
    `
version: 1
channels: { ops: { kind: slack, channel: ${CHANNEL} } }
routes: [{ to: [ops] }]
slack: { tokenFile: token, signingSecretFile: signing, apiUrl: '${slack.apiUrl}', people: { ${people.join(', ')} } }
`,
    { token: slack.token, signing: slack.signingSecret },
  );
  stack = await startStack({ policy: { 'policy.yaml': WORD_POLICY }, env: { GATEHOUSE_NOTICES: file } });
  url = `${stack.url}/api/v1/slack/interactions`;
  boss = await person(stack, 'boss', { role: 'admin' });
  for (const role of ['auditor', 'viewer'] as const) await person(stack, role, { role });
});
afterAll(async () => {
  await stack.stop();
  await slack.close();
});

/** The form that approves, as the gate makes it and Slack hands it back. */
function formFor({ approvalId, actionDigest, policyDigest }: GuardAnswer, more: object = {}) {
  const about = { approvalId, actionDigest, policyDigest, verdict: 'approve', channel: CHANNEL, ...more };
  return { callback_id: FORM, private_metadata: JSON.stringify(about), blocks: [] };
}

/** What Slack is told in answer to a user about a question. */
async function told(user: string, { approvalId }: GuardAnswer): Promise<string> {
  const { args } = await slack.called(
    'chat.postEphemeral',
    (given) => given['user'] === user && JSON.stringify(given).includes(String(approvalId)),
  );
  return String(args['text']);
}

/** The one refusal on the record of a question that is open still. */
async function refusalOf({ actionId }: GuardAnswer) {
  const action = await recordUntil(stack, actionId, (one) => kinds(one).includes('refused_attempt'));
  expect(action.status).toBe('held');
  expect(kinds(action)).not.toContain('verdict');
  return entries(action, 'refused_attempt');
}

const press = (user: string | object, { approvalId }: GuardAnswer) =>
  slack.post(url, {
    ...{ type: 'block_actions', trigger_id: 't', channel: { id: CHANNEL } },
    user: typeof user === 'string' ? { id: user } : user,
    actions: [{ action_id: BUTTONS.approve, value: approvalId }],
  });

it('F11 whoever asked does not answer from Slack, whatever their role: refused and on record', async () => {
  const body = { action: { type: 'held_by_the_boss', target: 'anything', context: {} } };
  const asked = (await boss.call('POST', '/api/v1/guard', body)).body as unknown as GuardAnswer;
  await slack.submit(url, USERS.boss, { ...formFor(asked) });
  expect(await told(USERS.boss, asked)).toContain('It did not count');
  expect(await refusalOf(asked)).toMatchObject([{ actor: 'reviewer:boss', data: { code: 'self_review' } }]);
});

it('F11 nobody in the chain of the agent answers from Slack, even with a key of a reviewer: refused and on record', async () => {
  const { store } = stack.core;
  await createKey(store, 'agent', 'planner');
  await setPrincipal(store, stack.principals.agent, { parent: 'planner' }, { actor: 'operator:test', at: Date.now() });
  await addKey(store, { token: 'gh_reviewer_planner-in-slack', role: 'reviewer', principal: 'planner' });
  const asked = await ask(stack, 'held_for_the_chain');
  await slack.submit(url, USERS.planner, formFor(asked));
  expect(await told(USERS.planner, asked)).toContain('It did not count');
  expect(await refusalOf(asked)).toMatchObject([{ actor: 'reviewer:planner', data: { code: 'self_review' } }]);
});

it('F11 somebody whose key has a role that nobody knows is nobody in Slack: refused and on record', async () => {
  const { store } = stack.core;
  await createKey(store, 'root' as Role, 'root');
  const asked = await ask(stack, 'held_for_root');
  await press(USERS.root, asked);
  expect(await told(USERS.root, asked)).toContain('no key of a reviewer');
  const refusal = { actor: `unverified:slack:${USERS.root}`, data: { via: 'slack', code: 'not_a_reviewer' } };
  expect(await refusalOf(asked)).toMatchObject([refusal]);
});

it.each(['auditor', 'viewer'] as const)('F11 a form of the role %s is refused and on record', async (name: Name) => {
  const asked = await ask(stack, `held_for_${name}`);
  await slack.submit(url, USERS[name], formFor(asked));
  expect(await told(USERS[name], asked)).toContain('It did not count');
  expect(await refusalOf(asked)).toMatchObject([{ actor: `${name}:${name}`, data: { code: 'forbidden' } }]);
});

it('F11 nobody is whom the body of Slack calls them by name: its id alone says who it is', async () => {
  const asked = await ask(stack, 'held_for_a_name');
  const named = { id: USERS.stranger, name: 'boss', username: 'boss', principal: 'boss', role: 'admin' };
  await press(named, asked);
  expect(await told(USERS.stranger, asked)).toContain('You are not known here');
  expect(await refusalOf(asked)).toMatchObject([
    { actor: `unverified:slack:${USERS.stranger}`, data: { code: 'not_a_reviewer', user: USERS.stranger } },
  ]);
});

it.each([{ reviewer: 'boss' }, { role: 'admin' }, { groups: ['leads'] }])(
  'F11 a form that names %j is no form of the gate, and decides nothing',
  async (more) => {
    const asked = await ask(stack, `held_${Object.keys(more).join()}`);
    expect(await slack.submit(url, USERS.viewer, formFor(asked, more))).toMatchObject({ status: 200 });
    // Nothing was heard of it when the next one, without that, is refused.
    await slack.submit(url, USERS.viewer, formFor(asked));
    await told(USERS.viewer, asked);
    expect(await refusalOf(asked)).toMatchObject([{ actor: 'viewer:viewer', data: { code: 'forbidden' } }]);
  },
);
