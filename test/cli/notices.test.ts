import type { NoticeDelivery } from '@gatehouse/sdk/contract';
import { Webhook } from 'standardwebhooks';
import { EXIT } from '../../src/cli/exit-codes.ts';
import { ask } from '../support/asking.ts';
import { WORD_POLICY } from '../support/policies.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { noticesFile, webhookSecret } from '../notices/support/notices-file.ts';
import { noticesUntil } from '../notices/support/on-record.ts';
import { startReceiver, type Receiver } from '../notices/support/receiver.ts';
import { runCli, type Ran } from './support/run-cli.ts';

describe('gatehouse notices', () => {
  const secret = webhookSecret();
  let stack: Stack;
  let receiver: Receiver;
  let file: string;

  beforeAll(async () => {
    receiver = await startReceiver();
    file = noticesFile(
      `
version: 1
channels:
  hook: { kind: webhook, url: '${receiver.url}', secretFile: secret }
  gone: { kind: webhook, url: '${receiver.url}/gone', secretFile: secret }
routes: [{ match: { kinds: [held] }, to: [hook, gone] }]
`,
      { secret },
    );
    stack = await startStack({ policy: { 'policy.yaml': WORD_POLICY }, env: { GATEHOUSE_NOTICES: file } });
  });
  beforeEach(() => {
    receiver.behave({ status: 200 });
  });
  afterAll(async () => {
    await stack.stop();
    await receiver.close();
  });

  const list = (args: string[] = [], key = stack.keys.reviewer): Promise<Ran> =>
    runCli(['notices', 'list', ...args], { env: { GATEHOUSE_URL: stack.url, GATEHOUSE_API_KEY: key } });
  const test = (args: string[], env: Record<string, string> = { GATEHOUSE_NOTICES: file }): Promise<Ran> =>
    runCli(['notices', 'test', ...args], { env });

  describe('list', () => {
    it('says that nobody was told of anything, where that is so', async () => {
      expect(await list(['--action', 'act_none'])).toMatchObject({ code: 0, out: 'Nobody was told of anything.\n' });
    });

    it('shows who was told of an action, how often it was tried, and what the problem was', async () => {
      receiver.behave({ status: 404 }, { status: 200 });
      const { actionId } = await ask(stack, 'held_here');
      await noticesUntil(stack, actionId, (all) => all.length === 2 && all.every(({ state }) => isOver(state)));
      const { code, out } = await list(['--action', actionId]);
      expect(code).toBe(0);
      const [head, ...rows] = out.trimEnd().split('\n');
      expect(head).toMatch(/^AT +NOTICE +CHANNEL +TO +STATE +TRIES +ABOUT +PROBLEM/);
      expect(rows).toHaveLength(2);
      expect(out).toMatch(new RegExp(`held +(hook|gone) +- +given_up +1 +${actionId} +It answers HTTP 404`));
      expect(out).toMatch(new RegExp(`held +(hook|gone) +- +sent +1 +${actionId}`));
    });

    it('narrows by channel and by state, goes on at a cursor, and gives the very object as JSON', async () => {
      const { actionId } = await ask(stack, 'held_there');
      await noticesUntil(stack, actionId, (all) => all.length === 2 && all.every(({ state }) => isOver(state)));
      const json = async (...args: string[]) => {
        const { out } = await list([...args, '--json']);
        return JSON.parse(out) as { notices: NoticeDelivery[]; nextCursor: string | null };
      };
      const sent = await json('--action', actionId, '--channel', 'hook', '--state', 'sent');
      expect(sent).toMatchObject({ notices: [{ channel: 'hook', state: 'sent', actionId }], nextCursor: null });
      const first = await json('--action', actionId, '--limit', '1');
      const second = await json('--action', actionId, '--limit', '1', '--cursor', String(first.nextCursor));
      const channels = [...first.notices, ...second.notices].map(({ channel }) => channel);
      expect(channels.sort()).toEqual(['gone', 'hook']);
    });

    it('is for people alone, and names a state that there is not', async () => {
      expect(await list([], stack.keys.agent)).toMatchObject({
        code: EXIT.other,
        err: expect.stringContaining('forbidden'),
      });
      expect((await list(['--state', 'lost'])).err).toContain('gathered, waiting, failed');
    });
  });

  describe('test', () => {
    it('sends a signed message that says nothing but that it arrives', async () => {
      const before = receiver.received.length;
      expect(await test(['hook'])).toMatchObject({ code: 0, out: 'hook: sent.\n' });
      const { headers, text } = (await receiver.count(before + 1)).at(-1) ?? { headers: {}, text: '' };
      const verified = new Webhook(secret).verify(text, headers as Record<string, string>);
      expect(verified).toMatchObject({ type: 'notice.test', data: { channel: 'hook' } });
      expect(JSON.parse((await test(['hook', '--json'])).out)).toEqual({ channel: 'hook', sent: true });
    });

    it('says what the other side said, and that it was not sent', async () => {
      receiver.behave({ status: 503 });
      const { code, err } = await test(['hook']);
      expect([code, err]).toEqual([EXIT.unavailable, 'gatehouse: not_sent: hook: It answers HTTP 503.\n']);
    });

    it('names the channels that there are, and the setting where there is no file', async () => {
      expect(await test(['nowhere'])).toMatchObject({ code: 2, err: expect.stringContaining('there are hook, gone') });
      expect(await test(['hook'], {})).toMatchObject({
        code: 2,
        err: expect.stringContaining('GATEHOUSE_NOTICES is not set'),
      });
    });

    it('lists what is wrong in the file, with its line and its fix', async () => {
      const broken = noticesFile('version: 1\nchannels: {}\nroutes:\n  - to: [nobody]\n');
      const { code, err } = await test(['nobody'], { GATEHOUSE_NOTICES: broken });
      expect(code).not.toBe(0);
      expect(err).toMatch(/:4:\d+: routes\[0\]\.to names nobody, which is no channel/);
    });
  });
});

function isOver(state: string): boolean {
  return state === 'sent' || state === 'given_up';
}
