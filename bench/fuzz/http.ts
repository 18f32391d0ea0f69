import { chanceOf, megabyteOf } from './chance.ts';
import type { Input, Kind } from './kind.ts';
import { HEAVY } from './kind.ts';

const SCHEMES =
  'https:// http:// //  HTTP:\\\\ file:/// gopher:// data: javascript: jar: ftp:// ws:// xn-- http: https:/'.split(' ');
const HOSTS = `example.com 127.1 0x7f.1 2130706433 0177.0.0.1 [::1] [::ffff:169.254.169.254] metadata.google.internal
  169.254.169.254 localhost db xn--ypal-43d9g.com раypal.com paypal.com.evil.example a..b -a.b .. [::] 256.1.1.1
  1.2.3.4.nip.io xn--a xn--99999999 [fe80::1%25eth0] 100.100.100.200. %6c%6fcalhost`.split(/\s+/);
const USERS = ['', '', 'user:pass@', 'paypal.com@', '@@', ':@', '%00@'];
const PATHS = [
  '',
  '/',
  '/a/../..',
  '?_method=DELETE',
  '/x#y',
  '/%2e%2e/%00',
  '/graphql',
  '/delete',
  '?a=b&&&=%',
  '\\..\\',
];
const METHODS = ['GET', 'POST', 'delete', ' PUT ', 'BREW', '', 'GET\r\nX: y', 'CONNECT', 'get', 'HEAD', '__proto__'];
const KEYS = ['url', 'uri', 'endpoint', 'href', 'URL', 'callback_url', 'path'];
const LARGE = ['[', 'http://', '://', 'https://a@', '.', '%', '/', '@', 'xn--', 'a.'];

/** Requests with broken and misleading addresses, methods and headers. */
export const http: Kind = {
  name: 'http',
  warm: [{ type: 'http_request', target: 'api', context: { method: 'GET', url: 'https://example.com/' } }],
  *inputs(seed, runs): Iterable<Input> {
    const chance = chanceOf(seed);
    for (let i = 0; i < runs; i += 1) {
      const heavy = i % HEAVY === 0;
      const odd = chance.once(5) ? chance.noise(12) : '';
      const url = heavy
        ? chance.pick(['https://', '', 'http://h/']) + megabyteOf(chance.pick(LARGE))
        : chance.pick(SCHEMES) + chance.pick(USERS) + chance.pick(HOSTS) + odd + chance.some(PATHS, 3);
      const key = chance.pick(KEYS);
      const method = chance.pick(METHODS);
      const context = chance.once(8)
        ? {
            requests: [{ method, [key]: url }, { [key]: url }],
            headers: ['X-HTTP-Method-Override: ' + method, ':', odd],
          }
        : { ...(chance.once(3) ? {} : { method }), [key]: url, headers: { 'x-http-method': odd }, body: odd };
      const request = { type: chance.pick(['http_request', 'fetch', 'get_page']), target: 'api', context };
      // Without a scheme or a slash it may be a host, a path or a name: only a whole address can be wrong.
      const whole = /^https?:\/\//i.test(url) && key !== 'path';
      yield { action: request, unreadable: whole && !URL.canParse(url) };
    }
  },
};
