import { domainToASCII, domainToUnicode } from 'node:url';
import fc from 'fast-check';
import { toUnicodeHost } from '../../../src/classify/http/punycode.ts';

test('decodes host names like the platform does', () => {
  for (const name of ['bücher.example', '例え.jp', 'ёлка.рф', 'münchen-ost.de', '日本語.com', 'plain.com']) {
    const encoded = domainToASCII(name);
    expect(toUnicodeHost(encoded)).toBe(domainToUnicode(encoded));
  }
});

test('takes any label, and leaves what is not punycode', () => {
  fc.assert(fc.property(fc.string(), (text) => typeof toUnicodeHost(`xn--${text}`) === 'string'));
  expect(toUnicodeHost('xn--99999999')).toBe('xn--99999999');
});
