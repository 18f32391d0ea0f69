import { Webhook } from 'standardwebhooks';
import { loadNotices } from '../../src/notices/load.ts';
import type { WebhookChannel } from '../../src/notices/config.ts';
import { retryAfter } from '../../src/notices/post.ts';
import { postSigned } from '../../src/notices/webhook.ts';
import { SendError } from '../../src/notices/send-error.ts';
import { failureOf } from '../support/asking.ts';
import { noticesFile, webhookSecret } from './support/notices-file.ts';
import { startReceiver, type Received, type Receiver } from './support/receiver.ts';
import { selfSigned } from './support/self-signed.ts';

const BODY = '{"version":1,"type":"notice.test"}';

function channelTo(url: string, secrets: Readonly<Record<string, string>>): WebhookChannel {
  const names = Object.keys(secrets).join(', ');
  const file = noticesFile(
    `
version: 1
channels: { hook: { kind: webhook, url: '${url}', secretFile: [${names}] } }
routes: [{ to: [hook] }]
`,
    secrets,
  );
  return loadNotices(file).channels.get('hook') as WebhookChannel;
}

describe('a webhook', () => {
  let receiver: Receiver;

  beforeEach(async () => {
    receiver = await startReceiver();
  });
  afterEach(() => receiver.close());

  const sendTo = (url: string) => postSigned(channelTo(url, { secret: webhookSecret() }), 'msg_1', BODY, new Date());
  const refusal = async (url: string): Promise<SendError> => {
    const error = await failureOf(sendTo(url));
    if (!(error instanceof SendError)) throw error;
    return error;
  };

  it('is signed so that the verifier of the standard takes it, and takes it of nobody else', async () => {
    const secret = webhookSecret();
    await postSigned(channelTo(receiver.url, { secret }), 'msg_1', BODY, new Date());
    const [{ headers, text } = { headers: {}, text: '' }] = receiver.received;
    expect(new Webhook(secret).verify(text, headers as Record<string, string>)).toEqual(JSON.parse(BODY));
    const forged = () => new Webhook(webhookSecret()).verify(text, headers as Record<string, string>);
    expect(forged).toThrow('No matching signature');
    const changed = () => new Webhook(secret).verify(text.replace('1', '2'), headers as Record<string, string>);
    expect(changed).toThrow('No matching signature');
  });

  it('is signed with the new secret and the old one while a secret changes', async () => {
    const secrets = { new: webhookSecret(), old: webhookSecret() };
    await postSigned(channelTo(receiver.url, secrets), 'msg_1', BODY, new Date());
    const [{ headers, text } = { headers: {}, text: '' }] = receiver.received;
    for (const secret of Object.values(secrets)) {
      expect(new Webhook(secret).verify(text, headers as Record<string, string>)).toEqual(JSON.parse(BODY));
    }
  });

  it('F05 is not signed with a secret that was taken out: who still has that takes nothing of it', async () => {
    const secrets = { new: webhookSecret(), old: webhookSecret() };
    await postSigned(channelTo(receiver.url, secrets), 'msg_1', BODY, new Date());
    await postSigned(channelTo(receiver.url, { new: secrets.new }), 'msg_2', BODY, new Date());
    const [during, after] = receiver.received;
    const taken = (secret: string, { headers, text }: Received) =>
      new Webhook(secret).verify(text, headers as Record<string, string>);
    expect(taken(secrets.old, during!)).toEqual(JSON.parse(BODY));
    expect(() => taken(secrets.old, after!)).toThrow('No matching signature');
    expect(taken(secrets.new, after!)).toEqual(JSON.parse(BODY));
  });

  it('that is replayed later is refused by the verifier', async () => {
    const secret = webhookSecret();
    const tenMinutesAgo = new Date(Date.now() - 600_000);
    await postSigned(channelTo(receiver.url, { secret }), 'msg_1', BODY, tenMinutesAgo);
    const [{ headers, text } = { headers: {}, text: '' }] = receiver.received;
    expect(() => new Webhook(secret).verify(text, headers as Record<string, string>)).toThrow('too old');
  });

  it.each([
    { status: 500, isFinal: false },
    { status: 503, isFinal: false },
    { status: 429, isFinal: false },
    { status: 408, isFinal: false },
    { status: 400, isFinal: true },
    { status: 404, isFinal: true },
    { status: 410, isFinal: true },
  ])('that is answered with $status is final: $isFinal', async ({ status, isFinal }) => {
    receiver.behave({ status, body: 'a text of theirs' });
    expect(await refusal(receiver.url)).toMatchObject({ message: `It answers HTTP ${String(status)}`, isFinal });
  });

  it('waits as long as the receiver asks it to, and at most an hour', async () => {
    receiver.behave({ status: 503, headers: { 'retry-after': '7' } });
    expect(await refusal(receiver.url)).toMatchObject({ retryAfterMs: 7000 });
    const now = Date.UTC(2026, 0, 1);
    expect(retryAfter('Thu, 01 Jan 2026 00:00:30 GMT', now)).toBe(30_000);
    expect(retryAfter('86400', now)).toBe(3_600_000);
    expect(retryAfter('soon', now)).toBeNull();
  });

  it('follows no redirect', async () => {
    const elsewhere = await startReceiver();
    receiver.behave({ status: 307, headers: { location: elsewhere.url } });
    expect(await refusal(receiver.url)).toMatchObject({ isFinal: true, message: expect.stringContaining('redirects') });
    expect(elsewhere.received).toEqual([]);
    await elsewhere.close();
  });

  it('gives a receiver up that takes it and never answers', async () => {
    receiver.behave('hang');
    expect(await refusal(receiver.url)).toMatchObject({
      isFinal: false,
      message: 'It did not answer within 10 seconds',
    });
  });

  it('reads no more of an answer without an end than it needs', async () => {
    receiver.behave('babble');
    await sendTo(receiver.url);
    expect(receiver.received).toHaveLength(1);
  });

  it('is not handed to somebody whose certificate proves nothing', async () => {
    const liar = await startReceiver({ tls: selfSigned() });
    const error = await refusal(liar.url);
    expect(error.message).toMatch(/^Its certificate is not valid \(\w*SELF_SIGNED\w*\)$/);
    expect(error.isFinal).toBe(false);
    expect(liar.received).toEqual([]);
    await liar.close();
  });
});
