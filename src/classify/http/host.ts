import ipaddr from 'ipaddr.js';
import { getDomain } from 'tldts';
import type { Place } from './places.ts';
import { ADDRESS_DOMAINS, INTERNAL_ENDINGS, LOOPBACK_DOMAINS, METADATA_HOSTS } from './places.ts';

/** A host as `URL` gives it, in the one form that can be compared. */
export interface Host {
  /** Lower case, punycode, without brackets and without the dot at the end. */
  name: string;
  place: Place;
  isAddress: boolean;
  /** The part that somebody registered, e.g. `example.co.uk`; null for addresses and single names. */
  registrable: string | null;
}

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** Reads the `hostname` of a parsed `URL`, which has turned decimal, octal, hex and short addresses into the usual form. */
export function readHost(hostname: string): Host {
  const name = hostname
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();
  if (ipaddr.isValid(name)) {
    const address = innermost(ipaddr.parse(name));
    return { name: address.toString(), place: placeOfAddress(address), isAddress: true, registrable: null };
  }
  const registrable = getDomain(name, { allowPrivateDomains: false });
  return { name, place: placeOfName(name, registrable), isAddress: false, registrable };
}

/** The IPv4 address that an IPv6 one carries (mapped, NAT64, 6to4, or the old compatible form), else the address. */
function innermost(address: Address): Address {
  if (!(address instanceof ipaddr.IPv6)) return address;
  if (address.isIPv4MappedAddress()) return address.toIPv4Address();
  const bytes = address.toByteArray();
  const range = address.range();
  if (range === 'rfc6052' || (range === 'unicast' && bytes.slice(0, 12).every((byte) => byte === 0))) {
    return new ipaddr.IPv4(bytes.slice(12));
  }
  return range === '6to4' ? new ipaddr.IPv4(bytes.slice(2, 6)) : address;
}

function placeOfAddress(address: Address): Place {
  if (METADATA_HOSTS.has(address.toString())) return 'metadata';
  const range = address.range();
  if (range === 'unicast') return 'public';
  if (range === 'loopback' || range === 'unspecified') return 'loopback';
  if (range === 'linkLocal') return 'link-local';
  return range === 'private' || range === 'uniqueLocal' || range === 'carrierGradeNat' ? 'private' : 'reserved';
}

function placeOfName(name: string, registrable: string | null): Place {
  if (METADATA_HOSTS.has(name)) return 'metadata';
  if (name === 'localhost' || name.endsWith('.localhost') || name === 'ip6-localhost') return 'loopback';
  if (registrable !== null && LOOPBACK_DOMAINS.has(registrable)) return 'loopback';
  if (registrable !== null && ADDRESS_DOMAINS.has(registrable)) return placeInName(name, registrable);
  if (INTERNAL_ENDINGS.some((ending) => name.endsWith(`.${ending}`))) return 'internal';
  return name.includes('.') ? 'public' : 'internal';
}

/** `app.10-0-0-1.nip.io` and `10.0.0.1.nip.io` resolve to the address that they name. */
function placeInName(name: string, registrable: string): Place {
  const numbers = name.slice(0, -registrable.length - 1).split(/[.-]/);
  const text = numbers.slice(-4).join('.');
  return ipaddr.IPv4.isValidFourPartDecimal(text) ? placeOfAddress(ipaddr.IPv4.parse(text)) : 'reserved';
}
