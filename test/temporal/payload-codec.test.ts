import { randomBytes } from 'node:crypto';
import { defaultPayloadConverter, type Payload, type SerializationContext } from '@temporalio/common';
import { parsePayloadKeys, type PayloadSettings } from '../../src/settings/payload-keys.ts';
import { createPayloadCodec } from '../../src/temporal/payload-codec.ts';
import { PayloadRefusedError, UnknownPayloadKeyError } from '../../src/temporal/payload-errors.ts';

const NAMESPACE = 'gate';

function key(id: string): { id: string; secret: Buffer } {
  return { id, secret: randomBytes(32) };
}

function codec(keys: PayloadSettings['keys'], more: { plain?: 'accept'; refused?: 'mark' } = {}) {
  return createPayloadCodec({ namespace: NAMESPACE, plain: 'refuse', refused: 'throw', ...more, keys });
}

function of(workflowId: string, namespace = NAMESPACE): SerializationContext {
  return { type: 'workflow', namespace, workflowId };
}

const plain = (value: unknown): Payload => defaultPayloadConverter.toPayload(value);
const valueOf = (payload: Payload | undefined): unknown => defaultPayloadConverter.fromPayload(payload!);

async function seal(keys: PayloadSettings['keys'], value: unknown, context?: SerializationContext): Promise<Payload> {
  const [sealed] = await codec(keys).encode([plain(value)], context);
  return sealed!;
}

const ONE = key('one');

describe('the payload codec', () => {
  it('gives back what it encrypted, and shows nothing of it but key and workflow', async () => {
    const sealed = await seal([ONE], { card: '4242' }, of('act_1'));
    expect(valueOf((await codec([ONE]).decode([sealed], of('act_1')))[0])).toEqual({ card: '4242' });
    expect(Buffer.from(sealed.data ?? []).toString('latin1')).not.toContain('4242');
    const shown = Object.entries(sealed.metadata ?? {}).map(([name, value]) => [name, Buffer.from(value).toString()]);
    expect(Object.fromEntries(shown)).toEqual({
      encoding: 'binary/encrypted',
      'encryption-cipher': 'AES-256-GCM',
      'encryption-key-id': 'one',
      'gatehouse-workflow-id': 'act_1',
    });
  });

  it('never encrypts the same thing to the same bytes', async () => {
    const sealed = await Promise.all(Array.from({ length: 50 }, () => seal([ONE], 'same', of('act_1'))));
    expect(new Set(sealed.map(({ data }) => Buffer.from(data ?? []).toString('base64'))).size).toBe(50);
  });

  it('encrypts with the first key and decrypts with all, so that keys can be exchanged', async () => {
    const two = key('two');
    const old = await seal([ONE], 'before', of('act_1'));
    const [fresh] = await codec([two, ONE]).encode([plain('after')], of('act_1'));
    expect(Buffer.from(fresh?.metadata?.['encryption-key-id'] ?? []).toString()).toBe('two');
    const opened = await codec([two, ONE]).decode([old, fresh!], of('act_1'));
    expect(opened.map(valueOf)).toEqual(['before', 'after']);
  });

  it('names the key that is missing, whether it refuses or marks: it may come with a restart', async () => {
    const sealed = await seal([ONE], 1, of('act_1'));
    const other = key('two');
    for (const without of [codec([other]), codec([other], { refused: 'mark' })]) {
      await expect(without.decode([sealed], of('act_1'))).rejects.toThrow(UnknownPayloadKeyError);
    }
  });

  it.each<[string, (sealed: Payload) => Payload, SerializationContext]>([
    ['of another workflow', (sealed) => sealed, of('act_2')],
    ['of another namespace', (sealed) => sealed, of('act_1', 'elsewhere')],
    [
      'whose workflow id was exchanged',
      (sealed) => ({ ...sealed, metadata: { ...sealed.metadata, 'gatehouse-workflow-id': Buffer.from('act_2') } }),
      of('act_2'),
    ],
    [
      'with one bit turned',
      ({ metadata, data }) => {
        const turned = Buffer.from(data ?? []);
        turned[20] = (turned[20] ?? 0) ^ 1;
        return { metadata: metadata ?? null, data: turned };
      },
      of('act_1'),
    ],
    ['that is cut short', ({ metadata }) => ({ metadata: metadata ?? null, data: Buffer.alloc(12) }), of('act_1')],
    ['in plain text', () => plain({ verdict: 'approve' }), of('act_1')],
    ['with no value', () => plain(undefined), of('act_1')],
  ])('refuses one %s', async (_what, change, context) => {
    const sealed = change(await seal([ONE], 'secret', of('act_1')));
    await expect(codec([ONE]).decode([sealed], context)).rejects.toThrow(PayloadRefusedError);
    const [marked] = await codec([ONE], { refused: 'mark' }).decode([sealed], context);
    expect(valueOf(marked)).toEqual({ gatehouseRefused: expect.any(String) });
  });

  it('accepts plain text where it is told to, and still nothing that was changed', async () => {
    const lenient = codec([ONE], { plain: 'accept' });
    expect(valueOf((await lenient.decode([plain('old')], of('act_1')))[0])).toBe('old');
    const sealed = await seal([ONE], 'secret', of('act_1'));
    await expect(lenient.decode([sealed], of('act_2'))).rejects.toThrow(PayloadRefusedError);
  });

  it('decrypts for whoever knows no workflow, as the codec endpoint does, and holds what the payload says to be its own', async () => {
    const sealed = await seal([ONE], 'shown', of('act_1'));
    expect(valueOf((await codec([ONE]).decode([sealed]))[0])).toBe('shown');
    const moved = { ...sealed, metadata: { ...sealed.metadata, 'gatehouse-workflow-id': Buffer.from('act_2') } };
    await expect(codec([ONE]).decode([moved])).rejects.toThrow(PayloadRefusedError);
  });
});

describe('a file of payload keys', () => {
  const secret = randomBytes(32).toString('base64url');

  it('has one key a line, the first of which encrypts', () => {
    const read = parsePayloadKeys(`# ours\n\none ${secret}\r\ntwo\t${randomBytes(32).toString('base64url')}\n`);
    expect(read).toMatchObject([{ id: 'one', secret: Buffer.from(secret, 'base64url') }, { id: 'two' }]);
  });

  it.each([
    ['', 'the file holds no key'],
    [`one ${secret.slice(1)}`, 'line 1 is not an id and 32 bytes as base64url'],
    [`one ${secret}\none ${secret}`, 'line 2 has the id one of a line before it'],
    [secret, 'line 1 is not an id and 32 bytes as base64url'],
  ])('says what is wrong, and never the key', (text, problem) => {
    expect(parsePayloadKeys(text)).toBe(problem);
    expect(problem).not.toContain(secret);
  });
});
