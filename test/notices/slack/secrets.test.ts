import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { BUTTONS } from '../../../src/notices/slack/message.ts';
import { FORM } from '../../../src/notices/slack/modal.ts';
import { ask, ended, entries, kinds, record } from '../../support/asking.ts';
import { person } from '../../support/people.ts';
import { startStack, type Stack } from '../../support/stack.ts';
import { WORD_POLICY } from '../../support/policies.ts';
import { noticesFile } from '../support/notices-file.ts';
import { startSlack, type SlackStandIn } from '../support/slack-stand-in.ts';

const ANN = 'U0000000ANN';
const [OLD, NEW] = [randomBytes(16).toString('hex'), randomBytes(16).toString('hex')];

let slack: SlackStandIn;
let stack: Stack | undefined;
beforeAll(async () => {
  slack = await startSlack();
});
afterAll(() => slack.close());
afterEach(async () => {
  await stack?.stop();
  stack = undefined;
});

/** A gate whose file names these signing secrets, the new one first. */
async function gateWith(...names: ('new' | 'old')[]): Promise<Stack> {
  const file = noticesFile(
    `
version: 1
channels: { ops: { kind: slack, channel: C0123456789 } }
routes: [{ match: { kinds: [held] }, to: [ops] }]
slack:
  tokenFile: token
  signingSecretFile: [${names.join(', ')}]
  apiUrl: ${slack.apiUrl}
  people: { ${ANN}: ann }
`,
    { token: slack.token, new: NEW, old: OLD },
  );
  stack = await startStack({ policy: { 'policy.yaml': WORD_POLICY }, env: { GATEHOUSE_NOTICES: file } });
  await person(stack, 'ann');
  return stack;
}

/** Asks, and resolves with the form that Slack would hand back to the gate, signed with a secret. */
async function asked(gate: Stack) {
  const { actionId, approvalId, actionDigest, policyDigest } = await ask(gate, 'held_word');
  const about = { approvalId, actionDigest, policyDigest, verdict: 'reject', channel: 'C1' };
  const view = { callback_id: FORM, private_metadata: JSON.stringify(about), state: { values: {} } };
  const url = `${gate.url}/api/v1/slack/interactions`;
  const sendOff = (secret: string) => slack.post(url, { type: 'view_submission', user: { id: ANN }, view }, { secret });
  const press = (secret: string) =>
    slack.post(
      url,
      {
        ...{ type: 'block_actions', trigger_id: 't', user: { id: ANN }, channel: { id: 'C1' } },
        actions: [{ action_id: BUTTONS.approve, value: approvalId }],
      },
      { secret },
    );
  return { actionId, approvalId, sendOff, press };
}

it('F05 of two signing secrets in the file each counts, whichever comes first', async () => {
  const gate = await gateWith('new', 'old');
  for (const secret of [OLD, NEW]) {
    const { actionId, sendOff } = await asked(gate);
    expect(await sendOff(secret)).toMatchObject({ status: 200 });
    expect(await ended(gate, actionId)).toMatchObject({ status: 'rejected' });
  }
});

it('F05 a signing secret that was taken out of the file counts no more: nothing is opened, said or decided by it', async () => {
  const gate = await gateWith('new');
  const { actionId, approvalId, sendOff, press } = await asked(gate);
  expect(await press(OLD)).toMatchObject({ status: 401 });
  expect(await sendOff(OLD)).toMatchObject({ status: 401 });
  expect(await sendOff(NEW)).toMatchObject({ status: 200 });
  const action = await ended(gate, actionId);
  // The one that counted is the only one that was heard.
  expect(entries(action, 'verdict')).toMatchObject([{ actor: 'reviewer:ann' }]);
  expect(kinds(action)).not.toContain('refused_attempt');
  const said = slack.calls.filter(({ args }) => JSON.stringify(args).includes(String(approvalId)));
  expect(said.filter(({ method }) => method === 'views.open')).toEqual([]);
  expect(await record(gate, actionId)).toMatchObject({ status: 'rejected' });
});

it('a signing secret that is not there any more, and still in the file, stops the start', async () => {
  const file = noticesFile(
    `
version: 1
channels: { ops: { kind: slack, channel: C0123456789 } }
routes: [{ to: [ops] }]
slack: { tokenFile: token, signingSecretFile: [new, old], people: {} }
`,
    { token: slack.token, new: NEW, old: OLD },
  );
  rmSync(path.join(path.dirname(file), 'old'));
  const starting = startStack({ policy: {}, worker: false, env: { GATEHOUSE_NOTICES: file } });
  await expect(starting).rejects.toThrow(/signingSecretFile names old, which cannot be read/);
});
