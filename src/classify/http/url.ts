import type { Host } from './host.ts';
import { readHost } from './host.ts';

/** A URL as a program that follows it would take it. */
export type UrlReading =
  | { state: 'network'; url: URL; host: Host; credentials: boolean; userinfo: string; obscured: boolean }
  | { state: 'relative'; path: string }
  | { state: 'other'; scheme: string; credentials: boolean; host: Host | null }
  | { state: 'unreadable' };

const NETWORK = new Set(['http:', 'https:', 'ws:', 'wss:']);
const MAX_URL = 8192;
const SCHEME = /^[a-z][a-z0-9+.-]*:/i;
const BARE_HOST = /^[^\s/?#@:]+\.[^\s/?#@:]{2,}(:\d{1,5})?([/?#]|$)/;
/** The authority as written: what stands between the slashes and the path. */
const AUTHORITY = /^[a-z+.-]+:[\\/]*([^\\/?#]*)/i;

/** Reads a text as a URL by the WHATWG standard. `example.com/x` is taken as https; `/x` has no host. Never throws. */
export function readUrl(text: string): UrlReading {
  const trimmed = text.trim();
  if (trimmed.length > MAX_URL) return { state: 'unreadable' };
  if (/^[/?#.](?![/\\])/.test(trimmed)) return { state: 'relative', path: trimmed };
  const bare = !/^[a-z][a-z0-9+.-]*:[\\/]{2}/i.test(trimmed) && BARE_HOST.test(trimmed);
  if (!bare && !SCHEME.test(trimmed) && !trimmed.startsWith('//')) {
    return /^[\w./%~-]+([?#]\S*)?$/.test(trimmed) ? { state: 'relative', path: trimmed } : { state: 'unreadable' };
  }
  const whole = bare ? `https://${trimmed}` : trimmed.startsWith('//') ? `https:${trimmed}` : trimmed;
  return URL.canParse(whole) ? readParsed(new URL(whole), whole) : { state: 'unreadable' };
}

function readParsed(url: URL, written: string): UrlReading {
  const userinfo = decode(url.password === '' ? url.username : `${url.username}:${url.password}`);
  const credentials = userinfo !== '';
  if (!NETWORK.has(url.protocol)) {
    const host = url.hostname === '' ? null : readHost(url.hostname);
    return { state: 'other', scheme: url.protocol.slice(0, -1), credentials: url.password !== '', host };
  }
  const host = readHost(url.hostname);
  const authority = (AUTHORITY.exec(written)?.[1] ?? '').toLowerCase();
  const asWritten = authority
    .slice(authority.lastIndexOf('@') + 1)
    .replace(/:\d*$/, '')
    .replace(/^\[|\]$|\.$/g, '');
  const obscured =
    host.isAddress &&
    !host.name.includes(':') &&
    asWritten !== host.name &&
    asWritten !== url.hostname.replace(/^\[|\]$/g, '');
  return { state: 'network', url, host, credentials, userinfo, obscured };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
