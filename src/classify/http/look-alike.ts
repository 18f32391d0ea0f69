import { parse } from 'tldts';
import type { Host } from './host.ts';
import { toUnicodeHost } from './punycode.ts';
import { asSeen, WELL_KNOWN, WELL_KNOWN_ENDINGS } from './well-known.ts';

const SCRIPTS: readonly (readonly [string, RegExp])[] = [
  ['Latin', /\p{Script=Latin}/u],
  ['Cyrillic', /\p{Script=Cyrillic}/u],
  ['Greek', /\p{Script=Greek}/u],
  ['Armenian', /\p{Script=Armenian}/u],
  ['Cherokee', /\p{Script=Cherokee}/u],
  ['Hebrew', /\p{Script=Hebrew}/u],
];

/** Why a host may be taken for another one, in words; empty when nothing speaks for it. `userinfo` is before the @. */
export function disguisesOf(host: Host, userinfo: string): string[] {
  if (host.isAddress) return [];
  const found: string[] = [];
  if (parse(userinfo.split(':', 1)[0] ?? '').isIcann)
    found.push('what stands before the @ looks like the host, and is not');
  const shown = toUnicodeHost(host.name);
  if (shown !== host.name) found.push('the host is written in letters outside ASCII');
  for (const label of shown.split('.')) {
    const scripts = SCRIPTS.filter(([, script]) => script.test(label)).map(([name]) => name);
    if (scripts.length > 1) found.push(`a part of the host mixes ${scripts.join(' and ')} letters`);
  }
  const registered = host.registrable === null ? '' : (toUnicodeHost(host.registrable).split('.', 1)[0] ?? '');
  const seen = asSeen(registered);
  if (seen !== registered && WELL_KNOWN.has(seen) && !WELL_KNOWN.has(registered)) {
    found.push(`the host reads like "${seen}", and is not`);
  }
  const before = host.registrable === null ? [] : host.name.slice(0, -host.registrable.length).split('.');
  const borrowed = before.find((label, i) => WELL_KNOWN.has(label) && WELL_KNOWN_ENDINGS.has(before[i + 1] ?? ''));
  if (borrowed !== undefined) found.push(`the host begins like "${borrowed}" and belongs to ${host.registrable ?? ''}`);
  return found;
}
