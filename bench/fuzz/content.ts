import { chanceOf, megabyteOf } from './chance.ts';
import type { Input, Kind } from './kind.ts';
import { HEAVY } from './kind.ts';

// Put together here, so that nothing in this file is a secret to whoever looks for them.
const SECRETS = [
  'ghp_' + 'aB3d'.repeat(9),
  'glpat-' + 'x1Y2'.repeat(5),
  'AKIA' + 'ABCD2345'.repeat(2),
  '4111111111111111',
];
const PIECES =
  `ghp_|sk-|-----BEGIN RSA PRIVATE KEY-----|eyJ|.|@|a@b.cc|+49 151 1234567|DE89370400440532013000|GB82 WEST|219-09-9998
|4111 1111|:AA|key-|AccountKey=|xoxb-1-|//|:|pass@|https://u:p@h|-----END |secret_access_key=`.split('|');
const KEYS = ['body', 'text', 'message', 'to', 'data'];
const LARGE = [
  'ghp_aa',
  '-----BEGIN RSA PRIVATE KEY-----\n',
  '-eyJ',
  'a@',
  '1',
  '1 ',
  '+1 ',
  '[',
  '://',
  'key-',
  '12345678:AA',
  'DE12',
];

/** Messages full of the beginnings of secrets, and some with a whole one, which must be found and never shown. */
export const content: Kind = {
  name: 'content',
  warm: [{ type: 'send_email', target: 'mail', context: { to: 'a@example.com', body: 'a text of some length' } }],
  *inputs(seed, runs): Iterable<Input> {
    const chance = chanceOf(seed);
    for (let i = 0; i < runs; i += 1) {
      const secret = chance.pick(SECRETS);
      const planted = chance.once(3);
      const around = chance.some([...PIECES, ' ', '\n'], 20) + (chance.once(4) ? chance.noise(20) : '');
      const text = i % HEAVY === 0 ? megabyteOf(chance.pick(LARGE)) : `${around} ${planted ? secret : ''} ${around}`;
      yield {
        action: { type: 'send_email', target: 'mail', context: { to: 'a@example.com', [chance.pick(KEYS)]: text } },
        unreadable: false,
        hidden: planted && i % HEAVY !== 0 ? [secret] : [],
      };
    }
  },
};
